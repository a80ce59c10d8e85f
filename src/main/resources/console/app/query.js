/**
 * Turns the state of the page into parameters of the API.
 * @module
 */
import {fields} from './fields.js';

/** Paths in documents by filter names: where a filter is said in free text. */
const PATHS = new Map(
  fields.filter((field) => field.filter).map((field) => [field.filter, field.path]),
);
PATHS.set('type', 'event.code').set('outcome', 'event.outcome');
PATHS.set('errorGroup', 'error.grouping_key');

/** The types that have a field, by filter names. */
const OWNERS = new Map(
  fields.filter((field) => field.filter).map((field) => [field.filter, field.types]),
);
OWNERS.set('outcome', ['AUTH', 'NOTIFY']);
OWNERS.set('errorGroup', ['ERROR']);

/** Names of filters whose values are personal data. */
export const personal = new Set(
  fields.filter((field) => field.personal && field.filter).map((field) => field.filter),
);

/** @param {string} value @returns {string} a quoted value of Kibana Query Language */
export const quote = (value) => `"${value.replace(/[\\"]/g, '\\$&')}"`;

/**
 * Returns a condition of Kibana Query Language.
 * @param {string} name a filter
 * @param {string} value
 */
export function condition(name, value) {
  if (name === 'outcome') {
    return `event.outcome: ${value === 'FAIL' ? 'failure' : 'success'}`;
  }
  const path = name.startsWith('label.') ? 'labels.' + name.slice(6) : PATHS.get(name);
  return `${path}: ${quote(value)}`;
}

/**
 * Returns what `q` of the API becomes: the reader's text and the exclusions.
 * @param {{q: string, not: [string, string][], filters: Object<string, string[]>}} state
 * @returns {{text: string, offset: number}} what to add to a place in it for the place in `q`
 */
export function freeText({q, not, filters}) {
  const groups = filters.errorGroup ?? [];
  const more = not.map(([name, value]) => `not ${condition(name, value)}`);
  if (groups.length) {
    more.push(`(${groups.map((group) => condition('errorGroup', group)).join(' or ')})`);
  }
  const own = q.trim();
  const blanks = q.length - q.trimStart().length;
  if (!more.length) return {text: own, offset: blanks};
  const text = own ? `(${own}) and ${more.join(' and ')}` : more.join(' and ');
  return {text, offset: blanks - 1};
}

/** @returns {boolean} whether events of the types can have a filter at all */
export function applies(name, wantedTypes) {
  const owners = name.startsWith('label.') ? undefined : OWNERS.get(name);
  return !owners || !wantedTypes.length || owners.some((owner) => wantedTypes.includes(owner));
}

/**
 * Returns the parameters that select the events of a state.
 * @param {import('./state.js').State} state
 * @param {Object<string, string | string[]>} more further parameters; they win
 */
export function parameters(state, more = {}) {
  const wantedTypes = /** @type {string[]} */ (more.type ?? state.filters.type ?? []);
  const selected = {};
  for (const [name, values] of Object.entries(state.filters)) {
    if (name !== 'errorGroup' && (more.type === undefined || applies(name, wantedTypes))) {
      selected[name] = values;
    }
  }
  const {text} = freeText(state);
  const all = {...range(state), ...selected, ...(text && {q: text}), ...more};
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** Returns the parameters of the time range alone. */
export function range({from, to, tz}) {
  return {...(from && {from}), ...(to && {to}), tz};
}

/** Returns parameters as a query string. */
export function queryString(given) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    [value].flat().forEach((one) => query.append(name, one));
  }
  return query.toString();
}

/** The sentence for a filter's value, as in "outcome is FAIL". */
export const labels = {
  type: 'Type',
  outcome: 'Outcome',
  source: 'Source',
  userId: 'User',
  email: 'E-mail',
  ipAddress: 'Address',
  errorCode: 'Error code',
  errorGroup: 'Error group',
  process: 'Process',
  jobId: 'Job',
  notificationType: 'Notification type',
  recipient: 'Recipient',
  traceId: 'Trace',
};

/** @param {string} name a filter @returns {string} what people call it */
export const label = (name) =>
  labels[name] ?? (name.startsWith('label.') ? 'Label ' + name.slice(6) : name);
