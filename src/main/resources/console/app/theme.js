/**
 * Light or dark, as the system says or as the reader chose.
 * @module
 */
import {redraw} from './render.js';

const KEY = 'theme';
const CHOICES = ['system', 'light', 'dark'];
const dark = matchMedia('(prefers-color-scheme: dark)');

dark.addEventListener('change', redraw);

const chosen = () => localStorage.getItem(KEY) ?? 'system';

/** @returns {'light' | 'dark'} what is shown */
export function theme() {
  const choice = chosen();
  return choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
}

/** @returns {string} what the reader chose: system, light or dark */
export const themeChoice = chosen;

/** Lets the document have the chosen theme. */
export function applyTheme() {
  document.documentElement.dataset.theme = chosen();
}

/** Chooses the next theme. */
export function nextTheme() {
  localStorage.setItem(KEY, CHOICES[(CHOICES.indexOf(chosen()) + 1) % CHOICES.length]);
  applyTheme();
  redraw();
}
