/**
 * What single keys do.
 * @module
 */
import {list} from './data.js';
import {nameOf} from './detail.js';
import {keysAreOn, open} from './dialogs.js';
import {jump} from './events.js';
import {isBad} from './kinds.js';
import {chooseRange, move} from './ranges.js';
import {go, state, views} from './state.js';
import {cursor, focusRow, toggle} from './table.js';

const rows = () => list.data?.events ?? [];

const place = () => rows().findIndex((event) => event.id === cursor.id);

function step(by) {
  const isOnRow = document.activeElement?.matches('.rows > .row');
  const next = isOnRow ? place() + by : Math.max(0, place());
  const event = rows()[next];
  if (event) focusRow(event.id);
}

function seek(by) {
  for (let index = place() + by; rows()[index]; index += by) {
    if (isBad(rows()[index])) {
      focusRow(rows()[index].id);
      return;
    }
  }
}

const current = () => rows()[place()];

const click = (id) => document.getElementById(id)?.click();

/** @type {Object<string, () => void>} */
const ACTIONS = {
  '/': () => document.getElementById('q')?.focus(),
  j: () => step(1),
  ArrowDown: () => step(1),
  k: () => step(-1),
  ArrowUp: () => step(-1),
  o: () => current() && toggle(current()),
  Enter: () => current() && toggle(current()),
  ' ': () => current() && toggle(current()),
  e: () => seek(1),
  E: () => seek(-1),
  g: () => jump(false),
  G: () => jump(true),
  c: () => current() && go({around: nameOf(current()), open: ''}),
  n: () => click('show-new'),
  l: () => click('live'),
  t: chooseRange,
  '[': () => move(1, -1),
  ']': () => move(-1, 1),
  z: () => move(0.5, 0.5),
  r: () => click('run'),
  x: () => click('export-button'),
  v: () => open('views'),
  '?': () => open('help'),
  Escape: () => (state().open ? go({open: ''}) : state().around && go({around: ''})),
};

views.forEach((view, index) => {
  ACTIONS[String(index + 1)] = () => go({view, open: '', around: ''});
});

/** Keys that scroll or press buttons unless a row has the focus. */
const ON_ROWS = ['Enter', ' ', 'ArrowDown', 'ArrowUp'];

function pressed(event) {
  const {key, target} = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const isTyping = target.matches('input, select, textarea') || target.closest('dialog');
  const onRow = target.matches('.rows > .row');
  if (isTyping || (ON_ROWS.includes(key) && !onRow)) return;
  if (!ON_ROWS.includes(key) && key !== 'Escape' && !keysAreOn()) return;
  const action = ACTIONS[key];
  if (action) {
    event.preventDefault();
    action();
  }
}

/** Begins to listen. */
export function listenForKeys() {
  document.addEventListener('keydown', pressed);
}
