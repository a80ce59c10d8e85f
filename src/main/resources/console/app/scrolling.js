/**
 * Reads more rows as the reader scrolls, and leaves the reader's row where it is.
 * @module
 */
import {ApiProblem} from './api.js';
import {redraw} from './render.js';

/** How far from the end of the rows more are read. */
const AHEAD_PIXELS = 900;

let slot = null;

/** The first row that can be seen, with its place. */
function anchor() {
  const rows = document.querySelectorAll('.rows > .row');
  for (const row of rows) {
    const {bottom, top} = row.getBoundingClientRect();
    if (bottom > 0) return {id: /** @type {HTMLElement} */ (row).dataset.id, top};
  }
  return null;
}

function restore(before) {
  if (!before) return;
  const row = [...document.querySelectorAll('.rows > .row')].find((one) => one.dataset.id === before.id);
  if (row) window.scrollBy(0, row.getBoundingClientRect().top - before.top);
}

/** @returns {'down' | 'up' | null} where rows are missing */
function missing(rows) {
  const element = document.querySelector('.rows');
  if (!element || !rows) return null;
  const {top, bottom} = element.getBoundingClientRect();
  if (bottom < innerHeight + AHEAD_PIXELS && !rows.isAtBottom) return 'down';
  if (top > -AHEAD_PIXELS && !rows.isAtTop) return 'up';
  return null;
}

async function check() {
  const rows = slot.data;
  const direction = missing(rows);
  if (!direction || rows.reading || slot.loading || slot.problem) return;
  try {
    if (!(await rows.more(direction, slot.controller?.signal))) return;
  } catch (failure) {
    if (failure instanceof ApiProblem) {
      slot.fail(failure, () => {
        slot.problem = null;
        check();
      });
      redraw();
    }
    return;
  }
  if (rows !== slot.data) return;
  const before = anchor();
  redraw();
  requestAnimationFrame(() => {
    restore(before);
    check();
  });
}

/** Begins to read on whenever the page is scrolled or has been drawn. */
export function followScrolling(list) {
  slot = list;
  addEventListener('scroll', check, {passive: true});
  addEventListener('resize', check);
}

export {check as checkRows};
