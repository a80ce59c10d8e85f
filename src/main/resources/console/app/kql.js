/**
 * Reads as much of Kibana Query Language as completion needs.
 * @module
 */
import {fields, types} from './fields.js';

const WORD = /[\w.@-]*$/;
const FIELD_AND_VALUE = /([\w.]+)\s*:\s*(?:\(\s*)?("?)([^"()\s]*)$/;

/** Values that are known without asking. */
const KNOWN_VALUES = new Map([
  ['event.code', types],
  ['event.outcome', ['success', 'failure']],
  ['log.level', ['error', 'warn', 'info']],
]);

const OPERATORS = ['and', 'or', 'not'];
const NUMERIC = ['LONG', 'DOUBLE', 'BYTE', 'DATE_NANOS'];

/**
 * Returns what is being written at a place.
 * @param {string} text
 * @param {number} place
 * @returns {{kind: 'field' | 'value', field?: any, word: string, from: number, quoted: boolean}}
 */
export function context(text, place) {
  const before = text.slice(0, place);
  const pair = FIELD_AND_VALUE.exec(before);
  const field = pair && fields.find(({path}) => path === pair[1]);
  if (field) {
    const from = place - pair[3].length - pair[2].length;
    return {kind: 'value', field, word: pair[3], from, quoted: pair[2] === '"'};
  }
  const word = WORD.exec(before)[0];
  return {kind: 'field', word, from: place - word.length, quoted: false};
}

/** Fields and operators that begin or contain a word, the best first. */
export function fieldSuggestions(word) {
  const wanted = word.toLowerCase();
  const rank = ({path, name = ''}) => {
    if (path.startsWith(wanted)) return 0;
    if (name.toLowerCase().startsWith(wanted)) return 1;
    return path.includes(wanted) || name.toLowerCase().includes(wanted) ? 2 : 3;
  };
  const matching = fields
    .map((field) => ({field, rank: rank(field)}))
    .filter((one) => one.rank < 3)
    .sort((one, other) => one.rank - other.rank)
    .map(({field}) => ({
      insert: field.path + (NUMERIC.includes(field.kind) ? ' >= ' : ': '),
      text: field.path,
      note: [field.name !== field.path && field.name, field.types?.length < 4 && field.types.join(', ')].filter(Boolean).join(' · '),
    }));
  const operators = OPERATORS.filter((operator) => wanted && operator.startsWith(wanted)).map((operator) => ({
    insert: operator + ' ',
    text: operator,
    note: 'operator',
  }));
  return [...operators, ...matching];
}

/** @returns {string[] | undefined} values of a field that need not be asked for */
export const knownValues = (path) => KNOWN_VALUES.get(path);

/** @returns {{insert: string, text: string, note: string}} the suggestion of a value */
export function valueSuggestion(value, note = '') {
  const plain = /^[\w.-]+$/.test(value) && !OPERATORS.includes(value.toLowerCase());
  const insert = plain ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
  return {insert: insert + ' ', text: value, note};
}

/** Where the API found errors in `q`: places from 1, each with what is wrong. */
export function faults(errors) {
  const found = [];
  for (const {pointer, parameter, message} of errors) {
    if (pointer !== '/q' && parameter !== 'q') continue;
    const parts = message.split(/(?=at character \d+: )/).filter(Boolean);
    for (const part of parts) {
      const [, place, text] = /^at character (\d+): (.*?);?\s*$/s.exec(part) ?? [null, null, part];
      found.push({place: place ? Number(place) : null, message: text});
    }
  }
  return found;
}

/** @returns {number} where the word that begins at an index ends */
export function endOfWord(text, from) {
  const match = /^("([^"\\]|\\.)*"?|[^\s()":]+|.)/s.exec(text.slice(from));
  return from + (match ? match[0].length : 1);
}
