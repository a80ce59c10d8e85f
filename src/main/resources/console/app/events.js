/**
 * The view of events: figures, histogram, facets and rows.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {aroundView} from './around.js';
import {histogram, isFromEnd, list, loadNewest, newest, opened, showEnd} from './data.js';
import {detail, nameOf} from './detail.js';
import {exportButton} from './export.js';
import {facetsView} from './facets.js';
import {histogramView} from './histogram.js';
import {liveBar, liveButton} from './live.js';
import {problem} from './problem.js';
import {go, isFiltered, state, UNFILTERED} from './state.js';
import {table} from './table.js';
import {count, number} from './text.js';
import {rangeName, seconds} from './time.js';
import {tiles} from './tiles.js';

/** The instants of a range that shows an event of the past. */
function rangeAround(timestamp) {
  const at = Date.parse(timestamp);
  return {from: new Date(at - 1_800_000).toISOString(), to: new Date(at + 1_800_000).toISOString()};
}

function nothingFound() {
  const now = state();
  if (isFiltered(now)) {
    return html`<div class="empty">
      <h2>No event matches</h2>
      <p>${rangeName(now)} has no event with these filters and this text.</p>
      <p><button type="button" @click=${() => go(UNFILTERED)}>Clear the filters</button>
        <button type="button" @click=${() => go({from: '', to: ''})}>Search all time</button></p>
    </div>`;
  }
  if (!newest.data && !newest.loading && !newest.problem) queueMicrotask(loadNewest);
  const last = newest.data?.event;
  return html`<div class="empty">
    <h2>No events: ${rangeName(now).toLowerCase()}</h2>
    ${last
      ? html`<p>The newest event is of ${seconds(last.timestamp, now.tz)}.</p>
          <p><button type="button" class="primary" @click=${() => go(rangeAround(last.timestamp))}>Show it</button></p>`
      : newest.data
        ? html`<p>Nothing is stored yet. Send a first event:</p>
            <pre class="json" dir="ltr" tabindex="0" aria-label="Example">curl -s ${new URL('api/v1/logs', document.baseURI).href} \\
  -H 'Content-Type: application/json' \\
  -d '{"type": "AUTH", "userId": "u-1001", "ipAddress": "192.0.2.7", "result": "FAIL"}'</pre>`
        : nothing}
  </div>`;
}

function position(rows) {
  const total = histogram.data?.total;
  const shown = rows.events.length;
  if (!shown || total === undefined || isFromEnd()) return nothing;
  return html`<span class="muted">rows ${number(rows.offset + 1)}–${number(rows.offset + shown)}</span>`;
}

const orderButton = (order, words) => html`<button type="button" aria-pressed=${String(state().order === order)}
  @click=${() => go({order, open: ''})}>${words}</button>`;

function listBar() {
  const rows = list.data;
  const total = histogram.data?.total;
  return html`<div class="bar list-bar">
    <h2 id="list-title" aria-live="polite">${total === undefined || histogram.problem ? 'Events' : count(total, 'event')}</h2>
    ${rows ? position(rows) : nothing}
    <div class="segmented" role="group" aria-label="Order">${orderButton('desc', 'newest first')}${orderButton('asc', 'oldest first')}</div>
    ${liveButton()} ${exportButton()}
    <button type="button" id="first-rows" @click=${() => jump(false)}>First</button>
    <button type="button" id="last-rows" @click=${() => jump(true)}>Last</button>
  </div>`;
}

/** Shows the first or the last rows. */
export function jump(end) {
  pendingJump = end;
  showEnd(end);
}

/** @type {boolean | null} where to scroll to when the rows are there */
let pendingJump = null;

/** Scrolls to where the reader jumped, after the rows have been drawn. */
export function finishJump() {
  if (pendingJump === null || list.loading || !list.data) return;
  const rows = document.querySelectorAll('.rows > .row');
  const row = pendingJump ? rows[rows.length - 1] : rows[0];
  pendingJump = null;
  row?.scrollIntoView({block: 'center'});
}

function rowsView() {
  const {data: rows, problem: failure, loading} = list;
  if (failure && failure.status !== 400) return problem(failure, 'The list');
  if (failure) return html`<div class="problem" role="alert"><p><strong>The question has errors.</strong></p>
    <ul>${failure.errors.map(({pointer, message}) => html`<li>${(pointer ?? '').slice(1)} ${message}</li>`)}</ul></div>`;
  if (!rows) return html`<p class="empty muted">Reading …</p>`;
  const {events} = rows;
  if (!events.length) return loading ? html`<p class="empty muted">Reading …</p>` : nothingFound();
  return html`<div class=${loading ? 'stale' : ''} aria-busy=${String(loading)}>
    ${rows.isAtTop ? nothing : html`<p class="more muted">Rows above are read as you scroll.</p>`}
    ${table(events, {name: 'Events'})}
    <p class="more muted">${rows.isAtBottom ? 'This is the last row.' : 'Reading more …'}</p>
  </div>`;
}

/** An opened event that is not among the rows, as when a link names it. */
function openedElsewhere() {
  const {open} = state();
  const event = opened.data;
  if (!open) return nothing;
  if (opened.problem) return problem(opened.problem, 'The opened event');
  if (!event || nameOf(event) !== open || list.data?.events.some((one) => nameOf(one) === open)) return nothing;
  return html`<section class="pinned" aria-label="Opened event">
    <div class="bar"><h2>Opened event</h2><button type="button" @click=${() => go({open: ''})}>Close</button></div>
    ${detail(event)}
  </section>`;
}

/** The whole view. */
export function eventsView() {
  if (state().around) return aroundView();
  return html`
    ${tiles()}
    ${histogramView()}
    <div class="columns">
      ${facetsView()}
      <section class="list" aria-labelledby="list-title">
        ${listBar()} ${liveBar()} ${openedElsewhere()} ${rowsView()}
      </section>
    </div>`;
}
