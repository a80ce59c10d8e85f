/**
 * Shows text of events as text: what could hide or reorder something becomes visible.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';

/** Controls but line feed and tab, marks of direction, invisible characters, lone surrogates. */
const HIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

const CONTROL_PICTURES = 0x2400;

/** @param {string} character @returns {string} how people see it */
function picture(character) {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** @param {string} text @returns {string} the text with everything hidden made visible */
export const visible = (text) => text.replace(HIDDEN, picture);

/** A value in a line: isolated, so that its direction does not reorder what stands beside it. */
export const inline = (value) => html`<bdi>${visible(String(value))}</bdi>`;

/**
 * Shortens a text for one line of the list.
 * @param {string} text
 * @param {number} length
 */
export function shorten(text, length) {
  const line = text.length > length * 4 ? text.slice(0, length * 4) : text;
  const flat = line.replace(/\s+/g, ' ');
  return flat.length > length ? flat.slice(0, length).replace(/[\ud800-\udbff]$/, '') + '…' : flat;
}

const numbers = new Intl.NumberFormat('en', {maximumFractionDigits: 3});
const percents = new Intl.NumberFormat('en', {style: 'percent', maximumFractionDigits: 1});

/** @param {number} value @returns {string} with separators of thousands */
export const number = (value) => numbers.format(value);

/** @returns {string} part of whole in percent; a dash if there is no whole */
export const share = (part, whole) => (whole ? percents.format(part / whole) : '–');

/** @returns {string} "1 event", "2 events" */
export const count = (value, one, many = one + 's') => `${number(value)} ${value === 1 ? one : many}`;

/** A button with an icon that screen readers are told in words. */
export const iconButton = (icon, words, action, more = '') =>
  html`<button type="button" class="icon ${more}" title=${words} aria-label=${words} @click=${action}>${icon}</button>`;

/** Shows a template if there is something. */
export const when = (condition, template) => (condition ? template() : nothing);

/** Copies a text and says so for a moment. */
export async function copy(text, button) {
  await navigator.clipboard.writeText(text);
  const before = button.textContent;
  button.textContent = 'Copied';
  setTimeout(() => (button.textContent = before), 1500);
}
