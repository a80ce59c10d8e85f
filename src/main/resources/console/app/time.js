/**
 * Shows times in the zone that the reader chose.
 * @module
 */

/** Ranges that are one click away, with what the API takes. */
export const presets = [
  ['now-15m', '15 minutes'],
  ['now-1h', '1 hour'],
  ['now-6h', '6 hours'],
  ['now-24h', '24 hours'],
  ['now-7d', '7 days'],
  ['now-30d', '30 days'],
  ['', 'All time'],
];

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

function formatOf(tz) {
  let format = formats.get(tz);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: tz,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
    formats.set(tz, format);
  }
  return format;
}

/** @param {string} tz @returns {boolean} whether this browser knows the zone */
export function isZone(tz) {
  try {
    formatOf(tz);
    return true;
  } catch {
    return false;
  }
}

/**
 * Splits an instant for display.
 * @param {string | number} instant ISO 8601 with Z, or milliseconds since 1970
 * @param {string} tz an unknown one counts as UTC
 * @returns {{date: string, time: string, fraction: string, offset: string}}
 */
export function parts(instant, tz) {
  const zone = isZone(tz) ? tz : 'UTC';
  const found = {};
  for (const {type, value} of formatOf(zone).formatToParts(new Date(instant))) found[type] = value;
  const fraction = typeof instant === 'string' ? (/\.(\d+)Z?$/.exec(instant)?.[1] ?? '') : '';
  return {
    date: `${found.year}-${found.month}-${found.day}`,
    time: `${found.hour}:${found.minute}:${found.second}`,
    fraction,
    offset: found.timeZoneName.replace('GMT', '').replace(/^$/, 'Z'),
  };
}

/** @returns {string} the whole instant, with nanoseconds if it has any */
export function full(instant, tz) {
  const {date, time, fraction, offset} = parts(instant, tz);
  return `${date} ${time}${fraction && '.' + fraction} ${offset}`;
}

/** @returns {string} without fraction */
export function seconds(instant, tz) {
  const {date, time, offset} = parts(instant, tz);
  return `${date} ${time} ${offset}`;
}

const UNITS = [
  [86_400_000, 'day'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** @param {number} millis @returns {string} such as "3 h" or "2 days" */
export function duration(millis) {
  const [size, unit] = UNITS.find(([length]) => millis >= length * 1.5) ?? UNITS.at(-1);
  const value = Math.round(millis / size);
  return `${value} ${unit}${unit === 'day' && value !== 1 ? 's' : ''}`;
}

/** @returns {string} how long ago an instant was */
export function ago(instant, now = Date.now()) {
  const millis = now - Date.parse(instant);
  return millis < 0 ? `in ${duration(-millis)}` : `${duration(millis)} ago`;
}

/** @returns {string} what a range is called */
export function rangeName({from, to}) {
  if (!from && !to) return 'All time';
  const preset = presets.find(([start]) => start === from);
  if (preset && to === 'now') return `Last ${preset[1]}`;
  const short = (bound) => bound.replace('T', ' ').replace(/(:\d\d)(\.0+)?Z$/, '$1 Z');
  if (!from) return `until ${short(to)}`;
  return `${short(from)} – ${to ? short(to) : 'any time'}`;
}

/**
 * Returns a range of the same length beside one, or around it.
 * @param {{from: string, to: string}} shown instants
 * @param {number} before how many lengths earlier it begins
 * @param {number} after how many lengths later it ends
 */
export function moved({from, to}, before, after) {
  const start = Date.parse(from);
  const end = Date.parse(to);
  const length = Math.max(1000, end - start);
  return {
    from: new Date(start - before * length).toISOString(),
    to: new Date(end + after * length).toISOString(),
  };
}
