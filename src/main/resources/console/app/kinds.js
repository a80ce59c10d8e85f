/**
 * What events of each type are, in one line and in colours.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {inline, number, shorten} from './text.js';

const MAX_LINE = 240;

/** Whether the event reports that something went wrong. */
export const isBad = (event) =>
  event.type === 'ERROR' ||
  event.result === 'FAIL' ||
  event.status === 'FAIL' ||
  event.discrepanciesFound > 0;

/** @returns {'SUCCESS' | 'FAIL' | ''} */
export const outcome = (event) => event.result ?? event.status ?? '';

const value = (text) => inline(shorten(String(text), MAX_LINE));

const account = ({userId, email}) =>
  userId || email ? value(userId ?? email) : html`<span class="muted">account hidden</span>`;

const LINES = {
  AUTH: (event) => html`
    ${account(event)} ${event.ipAddress ? html`from ${value(event.ipAddress)}` : nothing}`,
  ERROR: (event) => html`<b>${value(event.errorCode)}</b> ${value(event.errorMessage)}`,
  RECONCILE: (event) => html`<b>${value(event.process)}</b>
    ${number(event.recordsProcessed)} records in ${number(event.timeTakenSeconds)} s,
    ${event.discrepanciesFound === 0
      ? 'no discrepancies'
      : html`<b class="bad">${number(event.discrepanciesFound)} ${event.discrepanciesFound === 1 ? 'discrepancy' : 'discrepancies'}</b>`}`,
  NOTIFY: (event) => html`<b>${value(event.notificationType)}</b>
    ${event.recipient ? html`to ${value(event.recipient)}` : html`<span class="muted">recipient hidden</span>`},
    job ${value(event.jobId)}`,
};

/** One line that says what happened. */
export const line = (event) => LINES[event.type]?.(event) ?? value(JSON.stringify(event));

/** A type with its colour. */
export const badge = (type) => html`<span class="type type-${type.toLowerCase()}">${type}</span>`;

/** An outcome by sign, word and colour. */
export function outcomeMark(event) {
  const result = outcome(event);
  if (result === 'FAIL') return html`<span class="outcome bad">✕ FAIL</span>`;
  if (result === 'SUCCESS') return html`<span class="outcome good">✓ OK</span>`;
  return nothing;
}

/** Which filter selects events by a member; members without one are not listed. */
export const filterOf = {
  type: 'type',
  result: 'outcome',
  status: 'outcome',
  source: 'source',
  traceId: 'traceId',
  userId: 'userId',
  email: 'email',
  ipAddress: 'ipAddress',
  errorCode: 'errorCode',
  process: 'process',
  jobId: 'jobId',
  notificationType: 'notificationType',
  recipient: 'recipient',
};
