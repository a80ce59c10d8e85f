/**
 * What the parts of the page show, and when it is read again.
 * @module
 */
import {backgroundStats, request, stats} from './api.js';
import {applies, parameters, range} from './query.js';
import {Rows} from './rows.js';
import {Slot} from './slot.js';
import {state, types, withFilter} from './state.js';
import {moved} from './time.js';

/** Facets in the order in which they are shown. */
export const facetNames = [
  'type',
  'outcome',
  'source',
  'errorCode',
  'ipAddress',
  'userId',
  'email',
  'process',
  'notificationType',
];

export const FACET_SIZE = 8;

/** @type {Slot<Rows>} */
export const list = new Slot();
export const histogram = new Slot();
export const newest = new Slot();
export const opened = new Slot();
export const around = new Slot();

/** Figures of all events of the range, whatever else selects events; and of the range before. */
export const summary = new Slot();
export const summaryBefore = new Slot();
export const discrepancies = new Slot();
export const discrepanciesBefore = new Slot();

/** @type {Map<string, Slot>} */
export const facets = new Map(facetNames.map((name) => [name, new Slot()]));

/** How often the reader asked for everything again. */
let runs = 0;
let fromEnd = false;

export const isFromEnd = () => fromEnd;

/** The types that events with all filters can have. */
export function possibleTypes({filters}) {
  const asked = filters.type ?? types;
  return asked.filter((type) =>
    Object.keys(filters).every((name) => name === 'type' || applies(name, [type])),
  );
}

/** Returns a key that changes whenever the reader asks for everything again. */
export const keyOf = (...what) => JSON.stringify([runs, ...what]);

/** Reads everything that the view of events shows. */
export function loadEvents(now) {
  loadList(now);
  loadHistogram(now);
  facetNames.forEach((name) => loadFacet(now, name));
  loadSummary(now);
  loadOpened(now);
  loadAround(now);
}

function loadList(now, again = false) {
  const asked = parameters(now);
  const key = keyOf(asked, now.order, fromEnd);
  list.load(key, (signal) => new Rows(asked, now.order, fromEnd).open(signal), {again});
}

/** Shows the first rows, or the last. */
export function showEnd(end) {
  fromEnd = end;
  loadList(state(), true);
}

/** Counts again while the rows stay. */
export function refreshFigures(now) {
  runs++;
  const {key} = list;
  loadHistogram(now);
  facetNames.forEach((name) => loadFacet(now, name));
  loadSummary(now);
  list.key = key && keyOf(parameters(now), now.order, fromEnd);
}

function loadHistogram(now) {
  const by = now.by === 'outcome' && !applies('outcome', possibleTypes(now)) ? 'type' : now.by;
  const asked = {...parameters(now), interval: 'auto', by, size: '10'};
  histogram.load(keyOf(asked), (signal) => stats(asked, signal));
}

function loadFacet(now, name) {
  const slot = facets.get(name);
  const others = {...now, filters: withFilter(now.filters, name, [])};
  if (!applies(name, possibleTypes(others))) {
    slot.clear();
    return;
  }
  const asked = {...parameters(others), interval: 'none', by: name, size: String(FACET_SIZE)};
  slot.load(keyOf(asked), (signal) => backgroundStats(asked, signal));
}

/** Reads the figures of the tabs and tiles. */
export function loadSummary(now) {
  const asked = {...range(now), interval: 'none', by: 'type', size: '10'};
  const differing = {
    ...range(now),
    type: 'RECONCILE',
    q: 'reconcile.discrepancies_found > 0',
    interval: 'none',
  };
  const before = (signal, more) => {
    const shown = summary.data;
    if (!shown?.from || !shown?.to) return Promise.resolve(null);
    const {from} = moved(shown, 1, 0);
    const to = new Date(Date.parse(shown.from) - 1).toISOString();
    return backgroundStats({...more, from, to}, signal);
  };
  summary
    .load(keyOf(asked), (signal) => stats(asked, signal))
    .then(() => {
      summaryBefore.load(keyOf(asked), (signal) => before(signal, asked));
      discrepanciesBefore.load(keyOf(differing), (signal) => before(signal, differing));
    });
  discrepancies.load(keyOf(differing), (signal) => backgroundStats(differing, signal));
}

/** Reads the opened event unless it is among the rows. */
function loadOpened(now) {
  if (!now.open) {
    opened.clear();
    return;
  }
  const [id, timestamp] = now.open.split('~');
  opened.load(now.open, async (signal) => {
    const there = list.data?.events.find((event) => event.id === id);
    return there ?? readEvent(id, timestamp, signal);
  });
}

async function readEvent(id, timestamp, signal) {
  const query = timestamp ? `?timestamp=${encodeURIComponent(timestamp)}` : '';
  const answer = await request(`api/v1/logs/${encodeURIComponent(id)}${query}`, {signal});
  return answer.json();
}

/** How many events are read on each side of one. */
export const surroundings = {before: 20, after: 20, filtered: false};

function loadAround(now) {
  if (!now.around) {
    around.clear();
    return;
  }
  const [id, timestamp] = now.around.split('~');
  const {before, after, filtered} = surroundings;
  const {from, to, ...selected} = filtered ? parameters(now) : {tz: now.tz};
  const query = new URLSearchParams({timestamp, before: String(before), after: String(after), order: now.order});
  Object.entries(selected).forEach(([name, values]) =>
    [values].flat().forEach((value) => query.append(name, value)),
  );
  around.load(keyOf(String(query), id), async (signal) => {
    const answer = await request(`api/v1/logs/${encodeURIComponent(id)}/context?${query}`, {signal});
    return answer.json();
  });
}

/** Reads the newest event of all, for a range that has none. */
export function loadNewest() {
  newest.load(keyOf(), async (signal) => {
    const {search} = await import('./api.js');
    const answer = await search({order: 'desc', limit: '1', total: 'none'}, signal);
    return {event: answer.logs[0] ?? null};
  });
}

/** Makes the next loading read everything again. */
export function forget() {
  runs++;
}
