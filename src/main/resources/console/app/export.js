/**
 * Exports what is selected to a file, and shows how many events it has and its checksum.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {ApiProblem, request} from './api.js';
import {histogram} from './data.js';
import {problem} from './problem.js';
import {parameters} from './query.js';
import {redraw} from './render.js';
import {Sha256} from './sha256.js';
import {state} from './state.js';
import {copy, count, number} from './text.js';
import {rangeName} from './time.js';

const FORMATS = {ndjson: 'application/x-ndjson', csv: 'text/csv'};
const LINE_FEED = 10;
const QUOTE = 34;

/** Bytes in memory before they go to the browser's store of blobs. */
const MAX_PENDING = 8 * 1024 * 1024;

/**
 * @typedef {Object} Transfer
 * @property {'running' | 'done' | 'failed'} step
 * @property {number} events
 * @property {number} total
 * @property {number} bytes
 * @property {string} name
 * @property {string} [sha256]
 * @property {ApiProblem} [problem]
 */

/** @type {Transfer | null} */
let transfer = null;
/** @type {AbortController | null} */
let controller = null;

const dialog = () => /** @type {HTMLDialogElement} */ (document.getElementById('export'));

/** Opens the dialog. */
export function openExport() {
  if (transfer?.step !== 'running') transfer = null;
  dialog().showModal();
  redraw();
}

/** Counts the events in bytes that come piece by piece: lines, in CSV those outside of quotes. */
export function counter(format) {
  let lines = 0;
  let quoted = false;
  return {
    add(bytes) {
      for (const byte of bytes) {
        if (byte === LINE_FEED && !quoted) lines++;
        else if (byte === QUOTE && format === 'csv') quoted = !quoted;
      }
    },
    get events() {
      return format === 'csv' ? Math.max(0, lines - 1) : lines;
    },
  };
}

async function run(format) {
  controller = new AbortController();
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const now = {step: 'running', events: 0, total: 0, bytes: 0, name: `events-${stamp}.${format}`};
  transfer = now;
  redraw();
  try {
    const answer = await request('api/v1/logs/export', {
      method: 'POST',
      headers: {'Content-Type': 'application/json', Accept: FORMATS[format]},
      body: JSON.stringify({...parameters(state()), order: state().order}),
      signal: controller.signal,
    });
    now.total = Number(answer.headers.get('X-Export-Total') ?? 0);
    const blob = await receive(answer, format, now);
    finish(now, blob);
  } catch (failure) {
    fail(now, failure);
  }
  redraw();
}

async function receive(answer, format, now) {
  const digest = new Sha256();
  const events = counter(format);
  let blob = new Blob([], {type: FORMATS[format]});
  let pending = [];
  let size = 0;
  const reader = answer.body.getReader();
  for (let {done, value} = await reader.read(); !done; {done, value} = await reader.read()) {
    digest.update(value);
    events.add(value);
    pending.push(value);
    size += value.length;
    now.bytes += value.length;
    now.events = events.events;
    if (size > MAX_PENDING) {
      blob = new Blob([blob, ...pending], {type: blob.type});
      pending = [];
      size = 0;
    }
    redraw();
  }
  now.sha256 = digest.hex();
  return new Blob([blob, ...pending], {type: blob.type});
}

function finish(now, blob) {
  if (now.total && now.events !== now.total) {
    const detail = `${number(now.events)} of ${number(now.total)} events came. Nothing was saved; export again.`;
    throw new ApiProblem(0, {title: 'The export is not complete', detail});
  }
  now.step = 'done';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = now.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function fail(now, failure) {
  if (controller?.signal.aborted) {
    transfer = null;
    return;
  }
  const detail = 'The transfer broke off. Nothing was saved; export again.';
  now.step = 'failed';
  now.problem = failure instanceof ApiProblem ? failure : new ApiProblem(0, {title: 'The export is not complete', detail});
}

function progress({events, total, bytes}) {
  return html`<p role="status">${number(events)}${total ? ` of ${count(total, 'event')}` : ' events'}, ${number(Math.round(bytes / 1024))} KiB</p>
    <progress max=${total || 1} value=${events} aria-label="Progress"></progress>
    <button type="button" @click=${() => controller?.abort()}>Stop</button>`;
}

const done = ({events, bytes, name, sha256}) => html`<div role="status" id="export-done">
  <p><strong class="good">✓ Complete:</strong> <span id="export-count">${count(events, 'event')}</span>, ${number(bytes)} bytes, in <code>${name}</code></p>
  <p>SHA-256 <code id="export-sha256">${sha256}</code> <button type="button" @click=${({target}) => copy(sha256, target)}>Copy</button></p>
  <p class="muted">Check the file with <code>sha256sum ${name}</code>.</p></div>`;

/** The button of the list. */
export const exportButton = () => html`<button type="button" id="export-button" @click=${openExport}>Export</button>`;

/** The dialog. */
export function exportDialog() {
  const total = histogram.data?.total;
  return html`<dialog id="export" aria-labelledby="export-title">
    <h2 id="export-title">Export</h2>
    <p>${total === undefined ? 'Everything that is selected' : count(total, 'event')}, ${rangeName(state())}, with the present filters and text, ${state().order === 'asc' ? 'oldest' : 'newest'} first.</p>
    ${transfer?.step === 'running' ? progress(transfer) : nothing}
    ${transfer?.step === 'done' ? done(transfer) : nothing}
    ${transfer?.step === 'failed' ? problem(/** @type {ApiProblem} */ (transfer.problem), 'The export') : nothing}
    <div class="bar end">
      <button type="button" @click=${() => dialog().close()}>Close</button>
      <button type="button" class="primary" data-format="ndjson" ?disabled=${transfer?.step === 'running'} @click=${() => run('ndjson')}>NDJSON</button>
      <button type="button" class="primary" data-format="csv" ?disabled=${transfer?.step === 'running'} @click=${() => run('csv')}>CSV</button>
    </div>
  </dialog>`;
}
