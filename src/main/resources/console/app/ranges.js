/**
 * Chooses the time range and the zone.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {list, summary} from './data.js';
import {redraw} from './render.js';
import {go, localZone, state} from './state.js';
import {isZone, moved, presets, rangeName, seconds} from './time.js';
import {iconButton} from './text.js';

let zoneRefused = '';

const dialog = () => /** @type {HTMLDialogElement} */ (document.getElementById('range'));

/** Opens the dialog with all ranges. */
export function chooseRange() {
  zoneRefused = '';
  dialog().showModal();
  redraw();
}

function choose(from, to) {
  dialog().close();
  go({from, to, open: '', around: ''});
}

function submit(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  const tz = String(form.get('tz')).trim() || 'UTC';
  if (!isZone(tz)) {
    zoneRefused = tz;
    redraw();
    return;
  }
  localStorage.setItem('zone', tz);
  dialog().close();
  go({from: String(form.get('from')).trim(), to: String(form.get('to')).trim(), tz, open: '', around: ''});
}

/** Shifts or widens what is shown, by whole lengths of it. */
export function move(before, after) {
  const shown = summary.data;
  if (shown?.from && shown?.to) go({...moved(shown, before, after), live: false, open: '', around: ''});
}

/** Errors of the range that the API has found. */
function refused() {
  const failure = list.problem;
  if (failure?.status !== 400) return nothing;
  const found = failure.errors.filter(({pointer}) => ['/from', '/to', '/tz'].includes(pointer));
  return found.length
    ? html`<div role="alert"><ul class="errors">${found.map(({pointer, message}) => html`<li>${pointer.slice(1)} ${message}</li>`)}</ul></div>`
    : nothing;
}

let zones = [];

function zoneNames() {
  if (!zones.length) zones = [...new Set(['UTC', localZone, ...Intl.supportedValuesOf('timeZone')])];
  return zones;
}

/** The buttons of the bar. */
export function rangeButtons() {
  const now = state();
  return html`<div class="range">
    ${iconButton('‹', 'Earlier', () => move(1, -1))}
    <button type="button" class="wide" id="range-button" aria-haspopup="dialog" @click=${chooseRange}>
      <strong>${rangeName(now)}</strong> <span class="muted">${now.tz}</span></button>
    ${iconButton('›', 'Later', () => move(-1, 1))}
    ${iconButton('⊖', 'Zoom out', () => move(0.5, 0.5))}
  </div>`;
}

/** The dialog, and errors of what was chosen in it. */
export function rangeDialog() {
  const {from, to, tz} = state();
  return html`<dialog id="range" aria-label="Time range" @close=${redraw}>
    <form @submit=${submit}>
      <h2>Time range</h2>
      <div class="presets">
        ${presets.map(([start, name]) => html`<button type="button" aria-pressed=${String(start === from && (to === 'now' || !start))}
          @click=${() => choose(start, start ? 'now' : '')}>${start ? 'Last ' : ''}${name}</button>`)}
        <button type="button" @click=${() => choose('now/d', 'now')}>Today</button>
        <button type="button" @click=${() => choose('now-1d/d', 'now-1d/d')}>Yesterday</button>
      </div>
      <label>From <input name="from" .value=${from} placeholder="unbounded" autocomplete="off"></label>
      <label>To, inclusive <input name="to" .value=${to} placeholder="unbounded" autocomplete="off"></label>
      <label>Zone <input name="tz" .value=${tz} list="zones" autocomplete="off" aria-invalid=${String(Boolean(zoneRefused))}></label>
      <datalist id="zones">${zoneNames().map((name) => html`<option value=${name}></option>`)}</datalist>
      ${zoneRefused ? html`<p class="errors" role="alert">There is no zone ${zoneRefused}.</p>` : nothing}
      <p class="muted">For example 2024-08-12, 2024-08-12 23:59:59, 2024-08-12T21:59:59Z, now-2h, now-1d/d.
        Times without offset are times of the zone. The last unit is included as a whole.</p>
      <div class="bar end">
        <button type="button" @click=${() => dialog().close()}>Cancel</button>
        <button type="submit" class="primary">Show</button>
      </div>
    </form>
  </dialog>`;
}

/** What the range is in instants, and what is wrong with it. */
export function rangeLine() {
  const shown = summary.data;
  const {tz} = state();
  if (list.problem) return refused();
  return shown?.from && shown?.to && !summary.loading
    ? html`<span class="muted">${seconds(shown.from, tz)} – ${seconds(shown.to, tz)}</span>`
    : nothing;
}
