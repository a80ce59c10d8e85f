/**
 * How many events there were when, by type or by outcome.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {guard} from '../lit-html/directives/guard.js';
import {ref} from '../lit-html/directives/ref.js';
import {BarChart} from './chart.js';
import {histogram} from './data.js';
import {problem} from './problem.js';
import {redraw} from './render.js';
import {go, state} from './state.js';
import {count, number} from './text.js';
import {seconds} from './time.js';
import {theme} from './theme.js';

const NAMES = {
  type: ['AUTH', 'RECONCILE', 'NOTIFY', 'ERROR'],
  outcome: ['SUCCESS', 'none', 'FAIL'],
};

const COLORS = {
  AUTH: '--auth',
  RECONCILE: '--reconcile',
  NOTIFY: '--notify',
  ERROR: '--error',
  SUCCESS: '--good',
  none: '--neutral',
  FAIL: '--error',
};

/** @type {BarChart | null} */
let chart = null;
let hovered = null;
let drawn = {source: null};

/** Returns what the chart shows; the same object as long as nothing has changed. */
function figures(data, by, tz) {
  const look = theme();
  if (drawn.source === data && drawn.tz === tz && drawn.theme === look) return drawn;
  const names = NAMES[by];
  const of = (bucket, name) => {
    const values = bucket.by ?? [];
    if (name !== 'none') return values.find(({value}) => value === name)?.count ?? 0;
    return bucket.count - values.reduce((sum, value) => sum + value.count, 0);
  };
  drawn = {
    source: data,
    theme: look,
    tz,
    from: data.buckets.map((bucket) => Date.parse(bucket.from)),
    to: Date.parse(data.buckets.at(-1)?.to ?? 0),
    series: names
      .map((name) => ({name, color: COLORS[name], counts: data.buckets.map((bucket) => of(bucket, name))}))
      .filter(({counts}) => counts.some(Boolean)),
  };
  return drawn;
}

const zoom = (from, to) =>
  go({from: new Date(from).toISOString(), to: new Date(to).toISOString(), live: false, open: ''});

function place(element) {
  chart?.destroy();
  chart = element
    ? new BarChart(element, zoom, (bucket) => {
        if (bucket !== hovered) {
          hovered = bucket;
          redraw();
        }
      })
    : null;
}

/** Draws after the page has been drawn, when the element has its size. */
export function drawChart() {
  const {data} = histogram;
  if (chart && data?.buckets?.length) chart.show(figures(data, shownBy(data), state().tz));
}

const shownBy = (data) =>
  data.buckets.some((bucket) => bucket.by?.some(({value}) => NAMES.outcome.includes(value))) ? 'outcome' : 'type';

const legendName = {none: 'no outcome', FAIL: 'failure', SUCCESS: 'success'};

function legend(data) {
  const {series} = figures(data, shownBy(data), state().tz);
  const bucket = hovered === null ? null : data.buckets[hovered];
  const sum = (counts) => counts.reduce((total, value) => total + value, 0);
  return html`<p class="legend">
    <span class="when">${bucket
      ? `${seconds(bucket.from, state().tz)}: ${count(bucket.count, 'event')}`
      : `${count(data.total, 'event')}, one bar for ${interval(data.interval)}`}</span>
    ${[...series].reverse().map(({name, counts}) => html`<span class="series">
      <svg class="swatch swatch-${name.toLowerCase()}" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2"></rect></svg>
      ${legendName[name] ?? name} ${number(bucket ? counts[hovered] : sum(counts))}</span>`)}
  </p>`;
}

const UNITS = {s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week', M: 'month', q: 'quarter', y: 'year'};

function interval(name) {
  const [, amount, unit] = /^(\d+)([a-zA-Z])$/.exec(name ?? '') ?? [];
  return unit && UNITS[unit] ? count(Number(amount), UNITS[unit]) : (name ?? 'all');
}

function asTable(data) {
  const {series} = figures(data, shownBy(data), state().tz);
  return html`<details class="figures">
    <summary>Figures as a table</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Figures of the histogram">
      <table class="numbers">
        <caption class="hidden">Events over time</caption>
        <thead><tr><th scope="col">From</th><th scope="col">Events</th>${series.map(({name}) => html`<th scope="col">${legendName[name] ?? name}</th>`)}<td></td></tr></thead>
        <tbody>
          ${data.buckets.map((bucket, index) => html`<tr>
            <th scope="row">${seconds(bucket.from, state().tz)}</th>
            <td>${number(bucket.count)}</td>
            ${series.map(({counts}) => html`<td>${number(counts[index])}</td>`)}
            <td><button type="button" class="link" @click=${() => go({from: bucket.from, to: bucket.to, live: false, open: ''})}>Zoom<span class="hidden"> to ${seconds(bucket.from, state().tz)}</span></button></td>
          </tr>`)}
        </tbody>
      </table>
    </div>
  </details>`;
}

const choice = (by, words) => html`<button type="button" aria-pressed=${String(state().by === by)}
  @click=${() => go({by})}>${words}</button>`;

/** The chart with its legend, and its figures as a table. */
export function histogramView() {
  const {data, problem: failure, loading} = histogram;
  // The list says what is wrong with the question, in one place.
  if (failure?.status === 400) return nothing;
  return html`<section class="histogram" aria-label="Events over time" aria-busy=${String(loading)}>
    <div class="bar">
      ${data ? legend(data) : html`<p class="legend"><span class="when">${failure ? '' : 'Counting …'}</span></p>`}
      <div class="segmented" role="group" aria-label="Colours of the bars">${choice('type', 'by type')}${choice('outcome', 'by outcome')}</div>
    </div>
    ${failure ? problem(failure, 'The histogram') : nothing}
    <div class="chart ${data && loading ? 'stale' : ''}" role="img" aria-label="Bars of events over time; drag to zoom. The figures follow as a table." ${ref(place)}></div>
    ${data?.buckets?.length ? guard([data, state().tz, theme()], () => asTable(data)) : nothing}
  </section>`;
}
