/**
 * The rows that are shown: a few pages of a list of any length, read by cursor in both directions.
 * Of the pages that were shown before, only their beginnings are kept.
 * @module
 */
import {search} from './api.js';

/** @typedef {{cursor?: string, bound?: Object, behind?: any}} Start where a page begins */
/** @typedef {{start: Start, offset: number, events: any[] | null, end: Start | null}} Page */

export const PAGE_SIZE = 100;
const MAX_PAGES = 3;
/** Rows of the first page while new events come in. */
const MAX_FIRST_PAGE = 120;

/** @type {WeakMap<object, string>} what events are sorted by: the instant, then the id */
const sortKeys = new WeakMap();

/** Years have four digits, so that instants with equally many digits compare as texts. */
function sortKey(event) {
  let key = sortKeys.get(event);
  if (key === undefined) {
    const [seconds, fraction = ''] = event.timestamp.replace('Z', '').split('.');
    key = `${seconds}.${fraction.padEnd(9, '0')} ${event.id}`;
    sortKeys.set(event, key);
  }
  return key;
}

/** Compares in the total order of the API, ascending. */
export function compare(one, other) {
  const first = sortKey(one);
  const second = sortKey(other);
  return first === second ? 0 : first < second ? -1 : 1;
}

export class Rows {
  /**
   * @param {Object<string, any>} parameters what selects the events
   * @param {'asc' | 'desc'} order how they are shown
   * @param {boolean} fromEnd whether to begin with the last rows
   */
  constructor(parameters, order, fromEnd) {
    this.parameters = parameters;
    this.order = order;
    this.fromEnd = fromEnd;
    /** @type {Page[]} in the order of reading */
    this.pages = [{start: {}, offset: 0, events: null, end: null}];
    this.low = 0;
    this.high = 0;
    this.reading = false;
  }

  get readOrder() {
    if (!this.fromEnd) return this.order;
    return this.order === 'asc' ? 'desc' : 'asc';
  }

  /** Reads the first page. */
  async open(signal) {
    await this.read(this.pages[0], signal);
    return this;
  }

  /** All rows in the order in which they are shown. */
  get events() {
    const all = this.pages.slice(this.low, this.high + 1).flatMap((page) => page.events ?? []);
    return this.fromEnd ? all.reverse() : all;
  }

  get isAtTop() {
    return this.fromEnd ? this.pages[this.high].end === null : this.low === 0;
  }

  get isAtBottom() {
    return this.fromEnd ? this.low === 0 : this.pages[this.high].end === null;
  }

  /** How many rows of the list stand before the first that is shown, in the order of reading. */
  get offset() {
    return this.pages[this.low].offset;
  }

  /** Shows one page more below; the uppermost goes. */
  more(direction, signal) {
    const forward = (direction === 'down') !== this.fromEnd;
    return this.once(() => (forward ? this.forward(signal) : this.backward(signal)));
  }

  async once(action) {
    if (this.reading) return false;
    this.reading = true;
    try {
      return await action();
    } finally {
      this.reading = false;
    }
  }

  async forward(signal) {
    const {end, offset, events} = this.pages[this.high];
    if (end === null) return false;
    const known = this.pages[this.high + 1];
    const next = known ?? {start: end, offset: offset + events.length, events: null, end: null};
    await this.read(next, signal);
    if (!known) this.pages.push(next);
    this.high++;
    this.forget();
    return true;
  }

  forget() {
    while (this.high - this.low >= MAX_PAGES) {
      this.pages[this.low++].events = null;
    }
  }

  async backward(signal) {
    if (this.low === 0) return false;
    const page = this.pages[this.low - 1];
    await this.read(page, signal, this.pages[this.low].events[0]);
    this.low--;
    while (this.high - this.low >= MAX_PAGES) {
      this.pages[this.high--].events = null;
    }
    return true;
  }

  /**
   * Reads a page.
   * @param {Page} page
   * @param {AbortSignal} signal
   * @param {any} until the row that follows it, if that is shown: events that were written into the
   *     page since it was left make it longer
   */
  async read(page, signal, until) {
    const {bound, behind} = page.start;
    const events = [];
    let {cursor} = page.start;
    let stop = -1;
    do {
      const answer = await search(this.request(cursor, bound), signal);
      const isNew = (event) => !behind || this.isBehind(event, behind);
      events.push(...answer.logs.filter(isNew));
      cursor = answer.next;
      stop = until ? events.findIndex((event) => event.id === until.id) : -1;
    } while (cursor && (events.length === 0 || (until && stop < 0)));
    page.events = stop >= 0 ? events.slice(0, stop) : events;
    if (!until) page.end = cursor ? {cursor, bound} : null;
  }

  request(cursor, bound) {
    return {
      ...this.parameters,
      ...bound,
      order: this.readOrder,
      limit: String(PAGE_SIZE),
      total: 'none',
      ...(cursor && {cursor}),
    };
  }

  /** Returns where the page behind an event begins, for which there is no cursor. */
  startBehind(event) {
    const bound = this.readOrder === 'desc' ? {to: event.timestamp} : {from: event.timestamp};
    return {bound, behind: event};
  }

  isBehind(event, other) {
    return this.inOrder(event, other) > 0;
  }

  /**
   * Inserts events that were just written where their places are.
   * @param {any[]} arrived in any order
   * @returns {number | null} how many of them were not there before; null if their places are not
   *     among the rows that are shown
   */
  insert(arrived) {
    if (this.fromEnd || this.low > 0 || !this.pages[0].events) return null;
    const [first] = this.pages;
    const before = first.events.length;
    const all = [...first.events, ...arrived].sort((one, other) => this.inOrder(one, other));
    const distinct = all.filter((event, index) => index === 0 || compare(event, all[index - 1]) !== 0);
    const added = distinct.length - before;
    const last = first.events.at(-1);
    const end = last && first.end !== null ? distinct.indexOf(last) : -1;
    first.events = end >= 0 ? distinct.slice(0, end + 1) : distinct;
    if (added > 0) this.shortenFirstPage();
    return added;
  }

  inOrder(one, other) {
    const sign = compare(one, other);
    return this.readOrder === 'desc' ? -sign : sign;
  }

  /** @returns {boolean} whether an event is among the rows that are shown */
  has(event) {
    return this.events.some((one) => one.id === event.id && one.timestamp === event.timestamp);
  }

  /** Lets the first page end earlier; what follows is read again when it is needed. */
  shortenFirstPage() {
    const [first] = this.pages;
    const surplus = first.events.length - MAX_FIRST_PAGE;
    if (surplus > 0 || this.pages.length > 1) {
      if (surplus > 0) first.events.length = MAX_FIRST_PAGE;
      if (surplus > 0 || this.high > 0) first.end = this.startBehind(first.events.at(-1));
      this.pages.length = 1;
      this.high = 0;
    }
  }
}
