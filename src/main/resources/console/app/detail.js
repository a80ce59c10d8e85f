/**
 * Shows everything about one event.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {actions} from './filters.js';
import {filterOf} from './kinds.js';
import {redraw} from './render.js';
import {go, state} from './state.js';
import {copy, count, inline, number, visible} from './text.js';
import {full} from './time.js';
import {stackTrace} from './trace.js';

/** Longer texts are folded. */
const MAX_SHOWN = 2_000;

/** Ids of events of which everything is unfolded, and those of which the JSON is shown. */
const unfolded = new Set();
const raw = new Set();

const TIMES = ['timestamp', 'receivedAt'];

/** @param {any} event @returns {string} how the address of the page names an event */
export const nameOf = (event) => `${event.id}~${event.timestamp}`;

/** A command that reads the event again. */
export function curl(event) {
  const base = new URL('api/v1/logs/', document.baseURI);
  const address = `${base}${encodeURIComponent(event.id)}?timestamp=${encodeURIComponent(event.timestamp)}`;
  return `curl -s '${address.replaceAll("'", '%27')}' -H "Authorization: Bearer $LOGS_API_KEY"`;
}

function toggle(set, id) {
  if (!set.delete(id)) set.add(id);
  redraw();
}

function long(event, text) {
  if (text.length <= MAX_SHOWN || unfolded.has(event.id)) return html`<span class="long">${inline(text)}</span>`;
  return html`<span class="long">${inline(text.slice(0, MAX_SHOWN))}…</span>
    <button type="button" @click=${() => toggle(unfolded, event.id)}>Show all ${number(text.length)} characters</button>`;
}

function member(event, name, value) {
  if (TIMES.includes(name)) {
    return html`<td>${full(value, state().tz)} <span class="muted">${value}</span></td>`;
  }
  const filter = filterOf[name];
  const shown = typeof value === 'number' ? number(value) : long(event, String(value));
  return html`<td>${shown} ${filter ? actions(filter, String(value)) : nothing}</td>`;
}

function members(event) {
  const rows = Object.entries(event).filter(([name]) => name !== 'stackTrace' && name !== 'labels');
  const labels = Object.entries(event.labels ?? {});
  return html`<table class="members">
    <caption class="hidden">Members of the event</caption>
    <tbody>
      ${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th>${member(event, name, value)}</tr>`)}
      ${labels.map(
        ([key, value]) => html`<tr>
          <th scope="row">label ${visible(key)}</th>
          <td>${long(event, value)} ${actions('label.' + key, value)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function trace(event) {
  const text = event.stackTrace;
  const whole = text.length <= MAX_SHOWN * 8 || unfolded.has(event.id);
  return html`<section aria-label="Stack trace">
    <h3>Stack trace <small class="muted">${count(text.split('\n').length, 'line')}</small></h3>
    ${stackTrace(whole ? text : text.slice(0, MAX_SHOWN * 8))}
    ${whole
      ? nothing
      : html`<button type="button" @click=${() => toggle(unfolded, event.id)}>Show all ${number(text.length)} characters</button>`}
  </section>`;
}

/**
 * The event as it was sent and stored.
 * @param {any} event
 */
export function detail(event) {
  const json = JSON.stringify(event, null, 2);
  return html`<div class="detail">
    <div class="bar">
      <button type="button" @click=${() => go({around: nameOf(event), open: ''})}>Events around it</button>
      <button type="button" aria-pressed=${String(raw.has(event.id))} @click=${() => toggle(raw, event.id)}>JSON</button>
      <button type="button" @click=${({target}) => copy(json, target)}>Copy JSON</button>
      <button type="button" @click=${({target}) => copy(curl(event), target)}>Copy as curl</button>
      <button type="button" @click=${({target}) => copy(location.href, target)}>Copy link</button>
    </div>
    ${raw.has(event.id)
      ? html`<pre class="json" dir="ltr" tabindex="0" aria-label="Event as JSON">${visible(json)}</pre>`
      : html`${members(event)} ${event.stackTrace ? trace(event) : nothing}`}
  </div>`;
}
