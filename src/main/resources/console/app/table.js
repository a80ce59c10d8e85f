/**
 * The rows of events, of which each opens in place.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {guard} from '../lit-html/directives/guard.js';
import {repeat} from '../lit-html/directives/repeat.js';
import {detail, nameOf} from './detail.js';
import {badge, isBad, line, outcomeMark} from './kinds.js';
import {go, state} from './state.js';
import {inline} from './text.js';
import {parts} from './time.js';

/** The row that the keyboard is on, by its event's id. */
export const cursor = {id: ''};

/** Opens a row, or closes it. */
export function toggle(event) {
  cursor.id = event.id;
  go({open: state().open === nameOf(event) ? '' : nameOf(event)});
}

const FRACTION_DIGITS = 3;

/** A time in two strengths: what differs from row to row stands out. */
export function time(instant, tz) {
  const {date, time: clock, fraction, offset} = parts(instant, tz);
  const millis = '.' + fraction.slice(0, FRACTION_DIGITS).padEnd(FRACTION_DIGITS, '0');
  return html`<span class="muted">${date}</span> ${clock}<span class="muted">${millis} ${offset}</span>`;
}

function row(event, tz, open, marked) {
  const isOpen = open === nameOf(event);
  const shown = guard([event, tz, isOpen, marked, cursor.id === event.id], () => closed(event, tz, isOpen, marked));
  return html`${shown}${isOpen ? html`<div class="opened" role="row" aria-level="2"><div role="gridcell">${detail(event)}</div></div>` : nothing}`;
}

function closed(event, tz, isOpen, marked) {
  return html`
    <div class="row ${isBad(event) ? 'failed' : ''} ${isOpen ? 'opened' : ''} ${marked === event.id ? 'marked' : ''}"
      role="row" data-id=${event.id} tabindex=${cursor.id === event.id ? 0 : -1}
      aria-level="1" aria-expanded=${isOpen} @click=${() => toggle(event)} @focus=${() => (cursor.id = event.id)}>
      <span role="gridcell" class="time">${time(event.timestamp, tz)}</span>
      <span role="gridcell">${badge(event.type)}</span>
      <span role="gridcell">${outcomeMark(event)}</span>
      <span role="gridcell" class="source">${event.source ? inline(event.source) : nothing}</span>
      <span role="gridcell" class="line">${line(event)}</span>
    </div>`;
}

/**
 * Rows in the order given.
 * @param {any[]} events
 * @param {{marked?: string, name: string}} options the id of a row that stands out
 */
export function table(events, {marked = '', name}) {
  const {tz, open} = state();
  if (!events.some((event) => event.id === cursor.id)) cursor.id = events[0]?.id ?? '';
  return html`<div class="table" role="treegrid" aria-readonly="true" aria-label=${name}>
    <div class="head" role="rowgroup">
      <div class="row" role="row">
        <span role="columnheader">Time <span class="muted">${tz}</span></span>
        <span role="columnheader">Type</span>
        <span role="columnheader">Outcome</span>
        <span role="columnheader" class="source">Source</span>
        <span role="columnheader" class="line">Event</span>
      </div>
    </div>
    <div role="rowgroup" class="rows">
      ${repeat(events, nameOf, (event) => row(event, tz, open, marked))}
    </div>
  </div>`;
}

/** Moves the keyboard's row and shows it. */
export function focusRow(id) {
  cursor.id = id;
  const found = [...document.querySelectorAll('.rows > .row')].find((element) => element.dataset.id === id);
  found?.focus({preventScroll: true});
  found?.scrollIntoView({block: 'nearest'});
}
