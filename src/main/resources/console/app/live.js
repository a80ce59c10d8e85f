/**
 * Follows new events: rows come in at the top while the reader is there, and are counted while the
 * reader is elsewhere.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {ApiProblem} from './api.js';
import {list, refreshFigures, showEnd} from './data.js';
import {parameters, queryString} from './query.js';
import {problem} from './problem.js';
import {redraw} from './render.js';
import {go, onChange, state} from './state.js';
import {follow} from './sse.js';
import {count, number} from './text.js';

const FLUSH_MILLIS = 250;
const FIGURES_MILLIS = 5_000;
const MAX_PAUSE_MILLIS = 15_000;

/** Three heartbeats of the service. */
const SILENCE_MILLIS = 45_000;

/** @type {{step: 'off' | 'connecting' | 'open' | 'waiting', fresh: number, total: number, note: string, problem: ApiProblem | null}} */
const tail = {step: 'off', fresh: 0, total: 0, note: '', problem: null};

/** @type {AbortController | null} */
let controller = null;
let position = '';
let attempts = 0;
let asked = '';
/** @type {any[]} */
let queue = [];
let flushing = 0;

/** How long the last events took to be shown. */
let lastMillis = 0;

/** Rest for everything else on the page: this many times as long as showing events took. */
const REST = 4;
let figuresTimer = 0;
let isPointerOnRows = false;

const selected = (now) => {
  const {from, to, ...rest} = parameters(now);
  return queryString(rest);
};

/** Follows, or stops, or follows something else, as the state says. */
function apply(now) {
  const wanted = now.live && now.view === 'events' ? selected(now) : null;
  if (wanted === null) {
    stop();
  } else if (tail.step === 'off' || wanted !== asked) {
    stop();
    asked = wanted;
    connect();
  }
}

onChange(apply);

function stop() {
  controller?.abort();
  controller = null;
  clearTimeout(flushing);
  clearTimeout(figuresTimer);
  flushing = figuresTimer = 0;
  queue = [];
  position = '';
  Object.assign(tail, {step: 'off', fresh: 0, total: 0, note: '', problem: null});
}

async function connect() {
  const mine = (controller = new AbortController());
  tail.step = 'connecting';
  redraw();
  const path = `api/v1/logs/tail${asked && '?' + asked}`;
  try {
    await follow(path, position, {onOpen: opened, onMessage: received, signal: mine.signal, silenceMillis: SILENCE_MILLIS});
    reconnect(null, mine);
  } catch (failure) {
    reconnect(failure, mine);
  }
}

function opened() {
  tail.step = 'open';
  tail.problem = null;
  if (attempts && !position) showNew();
  if (attempts) tail.note = position ? 'Connected again; nothing was missed.' : 'Connected again; the list was read again.';
  attempts = 0;
  redraw();
}

const GONE = 410;
const REFUSALS = [400, 401, 403, 404, 405, 406];

function reconnect(failure, mine) {
  if (mine.signal.aborted) return;
  const status = failure instanceof ApiProblem ? failure.status : 0;
  if (status === GONE) position = '';
  if (REFUSALS.includes(status)) {
    tail.step = 'waiting';
    tail.problem = failure;
    redraw();
    return;
  }
  const pause = Math.max((failure?.retryAfter ?? 0) * 1000, Math.min(MAX_PAUSE_MILLIS, 500 * 2 ** attempts));
  attempts++;
  tail.step = 'waiting';
  redraw();
  setTimeout(() => mine === controller && connect(), pause);
}

/** @param {import('./sse.js').Message} message */
function received({event, id, data}) {
  if (id) position = id;
  if (event !== 'log') return;
  queue.push(JSON.parse(data));
  flushing ||= setTimeout(flush, Math.max(FLUSH_MILLIS, REST * lastMillis));
}

function flush() {
  flushing = 0;
  if (list.loading) {
    flushing = setTimeout(flush, FLUSH_MILLIS);
    return;
  }
  const begun = performance.now();
  const events = queue;
  queue = [];
  take(events);
  figuresTimer ||= setTimeout(figures, FIGURES_MILLIS);
  redraw();
  requestAnimationFrame(() => setTimeout(() => (lastMillis = performance.now() - begun), 0));
}

/** Shows events, or counts them as new. */
function take(events) {
  const rows = list.data;
  const inserted = isReading() || tail.fresh > 0 || !rows ? null : rows.insert(events);
  if (inserted === null) {
    const fresh = events.filter((event) => !rows?.has(event)).length;
    tail.fresh += fresh;
    tail.total += fresh;
  } else {
    tail.total += inserted;
  }
}

function figures() {
  figuresTimer = 0;
  refreshFigures(state());
}

/** Whether rows would move under the reader's eyes: below the top, with an opened row or a mark. */
function isReading() {
  const first = document.querySelector('.rows > .row');
  const isBelow = Boolean(first) && first.getBoundingClientRect().top < 0;
  const isMarking = !(document.getSelection()?.isCollapsed ?? true);
  const isOnRow = document.activeElement?.matches('.rows > .row');
  return isBelow || isMarking || isPointerOnRows || isOnRow || state().open !== '';
}

document.addEventListener('pointerover', ({target, pointerType}) => {
  isPointerOnRows = pointerType === 'mouse' && Boolean(/** @type {Element} */ (target).closest?.('.rows'));
});

/** Reads the newest rows and goes there. */
export function showNew() {
  tail.fresh = 0;
  window.scrollTo(0, 0);
  showEnd(false);
  refreshFigures(state());
}

/** Begins to follow, from now on and newest first, or stops. */
export function toggleLive() {
  const {live, from, to} = state();
  const isOpenRange = to === 'now' || to === '';
  go(live ? {live: false} : {live: true, order: 'desc', ...(isOpenRange ? {from, to} : {from: 'now-15m', to: 'now'}), around: ''});
}

/** Begins to follow if the address says so. */
export const startLive = () => apply(state());

/** The switch. */
export const liveButton = () => html`<button type="button" id="live" aria-pressed=${String(state().live)} @click=${toggleLive}>
  <span class="dot ${tail.step}" aria-hidden="true">●</span> Live</button>`;

const STEPS = {
  off: '',
  connecting: 'Connecting …',
  open: 'Following',
  waiting: 'Disconnected. Connecting again …',
};

/** What is known about following, and the way to new rows. */
export function liveBar() {
  if (!state().live) return nothing;
  return html`<div class="live-bar">
    <p role="status" data-step=${tail.step}>${tail.problem ? 'Not following' : STEPS[tail.step]}${tail.total ? `, ${count(tail.total, 'event')} since then` : nothing}. <span class="muted">${tail.note}</span></p>
    ${tail.problem ? problem(tail.problem, 'Following') : nothing}
    ${tail.fresh ? html`<button type="button" class="primary" id="show-new" @click=${showNew}>↑ ${number(tail.fresh)} new</button>` : nothing}
  </div>`;
}
