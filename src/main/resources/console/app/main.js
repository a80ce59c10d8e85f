/**
 * Draws the page and reads what it shows whenever the state changes.
 * @module
 */
import {html, nothing, render} from '../lit-html/lit-html.js';
import {forget, list, loadEvents, loadSummary} from './data.js';
import {dialogs, open, openLoginIfAsked} from './dialogs.js';
import {errorsView, loadErrors} from './errors.js';
import {eventsView, finishJump} from './events.js';
import {exportDialog} from './export.js';
import {chips} from './filters.js';
import {drawChart} from './histogram.js';
import {jobsView, loadJobs} from './jobs.js';
import {listenForKeys} from './keys.js';
import {startLive} from './live.js';
import {queryBox, submit} from './querybox.js';
import {rangeButtons, rangeDialog, rangeLine} from './ranges.js';
import {drawWith, redraw} from './render.js';
import {followScrolling} from './scrolling.js';
import {apiKey, askForKey, signOut} from './session.js';
import {loadSignIns, signInsView} from './signins.js';
import {format, go, onChange, restore, state, UNFILTERED, views} from './state.js';
import {iconButton} from './text.js';
import {applyTheme, nextTheme, themeChoice} from './theme.js';
import {tabNote} from './tiles.js';

const TITLES = {events: 'Events', errors: 'Errors', signins: 'Sign-ins', jobs: 'Jobs'};

/** @type {Object<string, {view: () => unknown, load: (state: any) => void, types: string[]}>} */
const VIEWS = {
  events: {view: eventsView, load: loadEvents, types: []},
  errors: {view: errorsView, load: loadErrors, types: ['ERROR']},
  signins: {view: signInsView, load: loadSignIns, types: ['AUTH']},
  jobs: {view: jobsView, load: loadJobs, types: ['NOTIFY']},
};

const shown = () => VIEWS[state().view];

function tab(name) {
  const target = {...state(), view: name, open: '', around: ''};
  return html`<a href=${format(target)} aria-current=${state().view === name ? 'page' : nothing} data-view=${name}
    @click=${(event) => { event.preventDefault(); go(target); }}>${TITLES[name]}${tabNote(name)}</a>`;
}

function keyButton() {
  if (!apiKey()) return html`<button type="button" @click=${() => { askForKey(''); redraw(); }}>Sign in</button>`;
  return html`<button type="button" @click=${() => { signOut(); again(); }}>Sign out</button>`;
}

const THEMES = {system: '◐', light: '☀', dark: '☾'};

function header() {
  return html`<header>
    <h1 class="hidden">AstroBookings Logs: ${TITLES[state().view]}</h1>
    <div class="bar top">
      <a class="brand" href=${format({...state(), ...UNFILTERED, view: 'events'})}><span>AstroBookings</span> <b>Logs</b></a>
      <nav aria-label="Views">${views.map(tab)}</nav>
      <div class="tools">
        <button type="button" @click=${() => open('views')}>Saved</button>
        ${iconButton(THEMES[themeChoice()], `Colours: ${themeChoice()}`, nextTheme)}
        ${iconButton('?', 'Keyboard', () => open('help'))}
        ${keyButton()}
      </div>
    </div>
    <div class="bar search" role="search">
      ${rangeButtons()} ${queryBox()}
      <button type="button" class="primary" id="run" @click=${submit}>Run</button>
    </div>
    <div class="bar under">${chips(shown().types)} ${rangeLine()}</div>
  </header>`;
}

function draw() {
  const page = html`${header()}<main>${shown().view()}</main>${rangeDialog()}${exportDialog()}${dialogs()}`;
  render(page, document.getElementById('app'));
  document.title = `${TITLES[state().view]} – AstroBookings Logs`;
  tellHeight();
  drawChart();
  finishJump();
  openLoginIfAsked();
}

let toldHeight = 0;

/** Tells the styles how high the head of the page is: what sticks to it begins below. */
function tellHeight() {
  const height = document.querySelector('header').offsetHeight;
  if (height !== toldHeight) {
    toldHeight = height;
    document.documentElement.style.setProperty('--header', `${height}px`);
  }
}

function load() {
  shown().load(state());
  if (state().view !== 'events') loadSummary(state());
  redraw();
}

/** Reads everything again. */
function again() {
  forget();
  load();
}

/** Returns what a state shows, without what only opens rows in it. */
const shownBy = (one) => format({...one, open: ''});

function changed(now, before) {
  if (shownBy(now) !== shownBy(before)) {
    if (now.view !== before.view || !now.open) window.scrollTo(0, 0);
  }
  load();
}

function start() {
  document.getElementById('app').replaceChildren();
  applyTheme();
  go({}, {replace: true});
  history.replaceState(null, '', format(state()));
  drawWith(draw);
  onChange(changed);
  addEventListener('popstate', restore);
  document.addEventListener('again', again);
  listenForKeys();
  followScrolling(list);
  startLive();
  load();
}

start();
