/**
 * The state of the page, all of it in the fragment of its address, which browsers do not send to
 * servers: filters may be personal data.
 * @module
 */
import {fields, types} from './fields.js';

/**
 * @typedef {Object} State
 * @property {string} view one of {@link views}
 * @property {string} from the first instant, as the API takes it; empty: unbounded
 * @property {string} to the last instant; empty: unbounded
 * @property {string} tz the zone of all times
 * @property {string} q free text in Kibana Query Language
 * @property {Object<string, string[]>} filters values by the names of the API's filters
 * @property {[string, string][]} not excluded values with their filters
 * @property {string} order asc or desc
 * @property {string} by what the histogram distinguishes: type or outcome
 * @property {string} open the opened event as "id~timestamp"
 * @property {string} around the event whose surroundings are shown, as "id~timestamp"
 * @property {boolean} live whether new events are followed
 */

export const views = ['events', 'errors', 'signins', 'jobs'];

/** Names of filters, of which `label.<key>` is a family, and `errorGroup` has no parameter. */
export const filterNames = [
  'type',
  'outcome',
  ...new Set(fields.map((field) => field.filter).filter((name) => name && name !== 'label')),
].filter((name, index, all) => all.indexOf(name) === index);

export {types};

const DEFAULT_RANGE = {from: 'now-1h', to: 'now'};

/** The zone of this browser. */
export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** @type {State} */
let current = parse(location.hash);

/** @type {((now: State, before: State) => void)[]} */
const listeners = [];

/** @returns {State} the present state; not to be changed */
export const state = () => current;

/** @param {(now: State, before: State) => void} listener */
export function onChange(listener) {
  listeners.push(listener);
}

/**
 * Goes to another state.
 * @param {Partial<State>} changes
 * @param {{replace?: boolean}} options whether the state before is not to come back
 */
export function go(changes, {replace = false} = {}) {
  const next = {...current, ...changes};
  const hash = format(next);
  if (hash !== format(current)) {
    if (replace) {
      history.replaceState(null, '', hash);
    } else {
      history.pushState(null, '', hash);
    }
  }
  become(next);
}

/** Reads the state from the address, as after "back". */
export function restore() {
  become(parse(location.hash));
}

function become(next) {
  const before = current;
  current = next;
  listeners.forEach((listener) => listener(next, before));
}

function isFilter(name) {
  return filterNames.includes(name) || name.startsWith('label.') || name === 'errorGroup';
}

/**
 * Returns the state that an address stands for.
 * @param {string} hash
 * @returns {State}
 */
export function parse(hash) {
  const [view, query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
  const given = new URLSearchParams(query);
  const filters = {};
  const not = [];
  for (const [name, value] of given) {
    if (isFilter(name)) {
      (filters[name] ??= []).push(value);
    } else if (name.startsWith('not.') && isFilter(name.slice(4))) {
      not.push([name.slice(4), value]);
    }
  }
  return {
    view: views.includes(view) ? view : 'events',
    from: given.get('from') ?? DEFAULT_RANGE.from,
    to: given.get('to') ?? DEFAULT_RANGE.to,
    tz: given.get('tz') || preferredZone(),
    q: given.get('q') ?? '',
    filters,
    not,
    order: given.get('order') === 'asc' ? 'asc' : 'desc',
    by: given.get('by') === 'outcome' ? 'outcome' : 'type',
    open: given.get('open') ?? '',
    around: given.get('around') ?? '',
    live: given.has('live'),
  };
}

function preferredZone() {
  return localStorage.getItem('zone') || localZone;
}

/**
 * Returns the fragment of the address that stands for a state.
 * @param {State} wanted
 */
export function format(wanted) {
  const query = new URLSearchParams({from: wanted.from, to: wanted.to, tz: wanted.tz});
  if (wanted.q) query.set('q', wanted.q);
  for (const [name, values] of Object.entries(wanted.filters)) {
    values.forEach((value) => query.append(name, value));
  }
  wanted.not.forEach(([name, value]) => query.append('not.' + name, value));
  if (wanted.order === 'asc') query.set('order', 'asc');
  if (wanted.by !== 'type') query.set('by', wanted.by);
  if (wanted.around) query.set('around', wanted.around);
  if (wanted.open) query.set('open', wanted.open);
  if (wanted.live) query.set('live', '');
  return `#${wanted.view}?${query}`;
}

/** What remains of a state when everything that selects events but the range is left out. */
export const UNFILTERED = {q: '', filters: {}, not: [], around: '', open: ''};

/** @returns {boolean} whether anything but the range selects events */
export function isFiltered({q, filters, not}) {
  return q.trim() !== '' || Object.keys(filters).length > 0 || not.length > 0;
}

/** Returns filters in which a name has exactly these values; none remove it. */
export function withFilter(filters, name, values) {
  const next = {...filters};
  delete next[name];
  return values.length ? {...next, [name]: values} : next;
}
