/**
 * The view of errors: which ones are the same, how many there are, and which are new.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {backgroundStats, stats} from './api.js';
import {keyOf} from './data.js';
import {figuresTable, link, panel, text, trend, when} from './parts.js';
import {parameters} from './query.js';
import {redraw} from './render.js';
import {Slot} from './slot.js';
import {count, number, shorten} from './text.js';
import {duration} from './time.js';

const MAX_GROUPS = 100;
const MAX_EARLIER = 1_000;

/** Groups are compared with what was there in this time before the range. */
const MEMORY_MILLIS = 30 * 86_400_000;

const groups = new Slot();
const earlier = new Slot();

const SORTS = {
  count: ['most frequent', (one, other) => other.count - one.count],
  last: ['latest', (one, other) => other.lastSeen.localeCompare(one.lastSeen)],
  new: ['new first', (one, other) => Number(isNew(other)) - Number(isNew(one)) || other.count - one.count],
};

let sort = 'new';

/** Reads the groups of the range, and which groups there were before. */
export function loadErrors(now) {
  const asked = {...parameters(now, {type: 'ERROR'}), interval: 'auto', by: 'errorGroup', size: String(MAX_GROUPS)};
  groups
    .load(keyOf(asked), (signal) => stats(asked, signal))
    .then(() => {
      const from = groups.data?.from;
      if (!from) {
        earlier.clear();
        return;
      }
      const before = {
        type: 'ERROR',
        from: new Date(Date.parse(from) - MEMORY_MILLIS).toISOString(),
        to: new Date(Date.parse(from) - 1).toISOString(),
        by: 'errorGroup',
        size: String(MAX_EARLIER),
      };
      earlier.load(keyOf('earlier', asked), (signal) => backgroundStats(before, signal));
    });
}

const seenBefore = (group) => earlier.data?.values.find(({value}) => value === group.value);

const isNew = (group) => earlier.data !== null && !seenBefore(group);

/** The errors of one group, also after a change of the range. */
const target = (group) => ({filters: {type: ['ERROR'], errorGroup: [group.value]}});

function row(group, buckets) {
  const counts = buckets.map((bucket) => bucket.by.find(({value}) => value === group.value)?.count ?? 0);
  const {sample = {}, exception, sources = []} = group;
  return html`<tr data-group=${group.value}>
    <td class="figure">${link(number(group.count), target(group), 'Show these errors')}</td>
    <td>
      <div class="group">${isNew(group) ? html`<span class="new">NEW</span>` : nothing}
        <strong>${link(text(exception ?? sample.errorCode ?? group.value), target(group))}</strong>
        ${exception && sample.errorCode ? html`<span class="muted">${text(sample.errorCode)}</span>` : nothing}</div>
      <div class="message">${text(shorten(sample.errorMessage ?? '', 160))}</div>
      ${sources.length ? html`<div class="muted small">in ${text(sources.join(', '))}</div>` : nothing}
    </td>
    <td>${trend(counts, `Errors by ${intervalOf(buckets)}`, 'bad')}</td>
    <td>${when(seenBefore(group)?.firstSeen ?? group.firstSeen)}</td>
    <td>${when(group.lastSeen)}</td>
  </tr>`;
}

const intervalOf = (buckets) =>
  buckets.length ? duration(Date.parse(buckets[0].to) - Date.parse(buckets[0].from) + 1) : 'bar';

const sortButton = ([name, [words]]) => html`<button type="button" aria-pressed=${String(sort === name)}
  @click=${() => { sort = name; redraw(); }}>${words}</button>`;

const memory = () => html`NEW: not seen in the ${duration(MEMORY_MILLIS)} before the range. First seen looks back as far.`;

function table(data) {
  if (!data.values.length && !data.total) return html`<p class="empty">No errors in this range.</p>`;
  const sorted = [...data.values].sort(SORTS[sort][1]);
  const others = [data.other && `${count(data.other, 'error')} in further groups`, data.missing && `${count(data.missing, 'error')} without a group, of an older version of the service`];
  return html`
    <div class="bar"><p class="total">${link(count(data.total, 'error'), {filters: {type: ['ERROR']}})} in ${count(data.values.length, 'group')}${earlier.data ? html`, <b class=${data.values.some(isNew) ? 'bad' : ''}>${number(data.values.filter(isNew).length)} new</b>` : nothing}</p>
      <div class="segmented" role="group" aria-label="Order">${Object.entries(SORTS).map(sortButton)}</div></div>
    ${figuresTable('Error groups', [['Count', 'figure'], ['Error'], ['Trend'], ['First seen'], ['Last seen']], sorted.map((group) => row(group, data.buckets)))}
    ${others.filter(Boolean).map((words) => html`<p class="muted">${words}</p>`)}`;
}

/** The whole view. */
export const errorsView = () => panel({title: 'Errors', note: memory(), slot: groups, id: 'errors'}, table);

