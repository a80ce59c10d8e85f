/**
 * Pieces that several views have: figures that are links, small charts, tables.
 * @module
 */
import {html, nothing, svg} from '../lit-html/lit-html.js';
import {problem} from './problem.js';
import {format, go, state, UNFILTERED} from './state.js';
import {visible} from './text.js';
import {ago, seconds} from './time.js';

/**
 * A figure that leads to the events behind it.
 * @param {unknown} words what is shown
 * @param {Partial<import('./state.js').State>} target what selects the events; the range stays
 * @param {string} title
 */
export function link(words, target, title = '') {
  const there = {...state(), ...UNFILTERED, ...target, view: 'events'};
  const follow = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(there);
  };
  return html`<a href=${format(there)} title=${title || nothing} @click=${follow}>${words}</a>`;
}

/** An instant as a distance, with the instant itself beside it. */
export const when = (instant) => instant
  ? html`<time datetime=${instant} title=${seconds(instant, state().tz)}>${ago(instant)}<br><span class="muted small">${seconds(instant, state().tz)}</span></time>`
  : html`<span class="muted">–</span>`;

const WIDTH = 120;
const TREND_HEIGHT = 26;

/**
 * A small bar chart; screen readers are told its figures.
 * @param {number[]} values
 * @param {string} name
 * @param {string} kind a class
 */
export function trend(values, name, kind = '') {
  const largest = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length);
  const bars = values.map((value, index) => {
    const height = value ? Math.max(1.5, (value / largest) * TREND_HEIGHT) : 0;
    return svg`<rect x=${index * step} y=${TREND_HEIGHT - height} width=${Math.max(0.6, step * 0.85)} height=${height}></rect>`;
  });
  const told = `${name}: ${values.join(', ')}`;
  return html`<svg class="trend ${kind}" viewBox="0 0 ${WIDTH} ${TREND_HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${told}>
    <title>${name}, largest ${Math.max(0, ...values)}</title>${bars}</svg>`;
}

/**
 * A part of a view: its heading and, when they are there, its figures.
 * @param {{title: string, note?: unknown, slot: import('./slot.js').Slot<any>, id: string}} what
 * @param {(data: any) => unknown} content
 */
export function panel({title, note = nothing, slot, id}, content) {
  const {data, problem: failure, loading} = slot;
  return html`<section class="panel" id=${id} aria-busy=${String(loading)} aria-label=${title}>
    <h2>${title}</h2>${note === nothing ? nothing : html`<p class="muted">${note}</p>`}
    ${failure ? problem(failure, title) : data ? html`<div class=${loading ? 'stale' : ''}>${content(data)}</div>` : html`<p class="muted">Counting …</p>`}
  </section>`;
}

/** A table whose columns after the first ones are figures. */
export const figuresTable = (caption, heads, rows) => html`<div class="scroll-x" tabindex="0" role="region" aria-label=${caption}><table class="list-table">
  <caption class="hidden">${caption}</caption>
  <thead><tr>${heads.map(([words, kind = '']) => html`<th scope="col" class=${kind}>${words}</th>`)}</tr></thead>
  <tbody>${rows}</tbody>
</table></div>`;

/** A value that was sent, isolated and with hidden characters visible. */
export const text = (value) => html`<bdi>${visible(String(value))}</bdi>`;
