/**
 * What went wrong in the range, compared with the range before, in four figures that lead to their
 * events.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {discrepancies, discrepanciesBefore, summary, summaryBefore} from './data.js';
import {format, go, state, UNFILTERED} from './state.js';
import {count, number, share} from './text.js';

/** @typedef {{count: number, failed: number}} Figures */

/** @returns {Figures} of one type, in statistics by type */
function of(data, type) {
  const found = data?.values?.find(({value}) => value === type);
  return {count: found?.count ?? 0, failed: found?.failed ?? 0};
}

/** @returns {{total: number, failed: number, before: number | null}} what a tab or tile says */
export function figures(name) {
  const now = summary.data;
  const past = summaryBefore.data;
  switch (name) {
    case 'errors':
      return {total: of(now, 'ERROR').count, failed: of(now, 'ERROR').count, before: past && of(past, 'ERROR').count};
    case 'signins':
      return {total: of(now, 'AUTH').count, failed: of(now, 'AUTH').failed, before: past && of(past, 'AUTH').failed};
    case 'notifications':
      return {total: of(now, 'NOTIFY').count, failed: of(now, 'NOTIFY').failed, before: past && of(past, 'NOTIFY').failed};
    default:
      return {
        total: of(now, 'RECONCILE').count,
        failed: discrepancies.data ? discrepancies.data.total : null,
        before: discrepanciesBefore.data && discrepanciesBefore.data.total,
      };
  }
}

const TILES = [
  ['errors', 'Errors', {type: ['ERROR']}, ''],
  ['signins', 'Failed sign-ins', {type: ['AUTH'], outcome: ['FAIL']}, ''],
  ['notifications', 'Failed notifications', {type: ['NOTIFY'], outcome: ['FAIL']}, ''],
  ['reconciliations', 'Runs with discrepancies', {type: ['RECONCILE']}, 'reconcile.discrepancies_found > 0'],
];

/** A change of less than this factor is not worth a mark. */
const NOTABLE = 1.5;

function change(failed, before) {
  if (before === null || before === undefined) return nothing;
  if (before === failed) return html`<span class="muted">as before</span>`;
  const up = failed > before;
  const notable = up && failed >= before * NOTABLE;
  return html`<span class=${notable ? 'bad' : 'muted'}>${up ? '▲' : '▼'} ${number(before)} before</span>`;
}

function tile([name, title, filters, q]) {
  const {total, failed, before} = figures(name);
  const compared = failed === null ? nothing : html`${name === 'errors' ? nothing : `${share(failed, total)} of ${number(total)}`}
    ${change(failed, before)}`;
  const target = {...state(), ...UNFILTERED, view: 'events', filters, q};
  const open = (event) => {
    event.preventDefault();
    go(target);
  };
  return html`<li><a class="tile ${failed ? 'failed' : ''}" href=${format(target)} data-tile=${name} @click=${open}>
    <span class="title">${title}</span>
    <span class="figure">${failed === null ? '…' : number(failed)}</span>
    <span class="note">${compared}</span>
  </a></li>`;
}

/** The four tiles. */
export function tiles() {
  if (!summary.data) return nothing;
  return html`<ul class="tiles ${summary.loading ? 'stale' : ''}" aria-label="What went wrong, compared with the same length of time before">${TILES.map(tile)}</ul>`;
}

/** What stands beside a tab's name. */
export function tabNote(view) {
  if (!summary.data) return nothing;
  const note = (value, words) => (value ? html`<span class="note bad" title=${words}>${number(value)}</span>` : nothing);
  if (view === 'errors') return note(figures('errors').failed, count(figures('errors').failed, 'error'));
  if (view === 'signins') {
    const {failed, total} = figures('signins');
    return failed ? html`<span class="note bad">${share(failed, total)}<span class="hidden"> failed</span></span>` : nothing;
  }
  if (view === 'jobs') {
    const bad = figures('notifications').failed + figures('reconciliations').failed;
    return note(bad, `${number(figures('notifications').failed)} failed notifications, ${number(figures('reconciliations').failed)} runs with discrepancies`);
  }
  return nothing;
}
