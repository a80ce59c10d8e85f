/**
 * The dialogs for the API key, for the keys of the keyboard and for saved views.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {redraw} from './render.js';
import {format, parse, state} from './state.js';
import {apiKey, login, signIn} from './session.js';
import {iconButton} from './text.js';

const element = (id) => /** @type {HTMLDialogElement} */ (document.getElementById(id));

/** Opens a dialog. */
export function open(id) {
  if (!element(id).open) element(id).showModal();
}

const close = (event) => event.target.closest('dialog').close();

function submitKey(event) {
  event.preventDefault();
  const key = String(new FormData(event.target).get('key')).trim();
  if (!key) return;
  event.target.reset();
  signIn(key);
  element('login').close();
  document.dispatchEvent(new CustomEvent('again'));
}

/** Asks for the key when it is needed, after the page has been drawn. */
export function openLoginIfAsked() {
  if (login.asked) open('login');
}

const loginDialog = () => html`<dialog id="login" aria-labelledby="login-title" @close=${() => { login.asked = false; redraw(); }}>
  <form @submit=${submitKey}>
    <h2 id="login-title">API key</h2>
    <p>${login.reason || (apiKey() ? 'Another key replaces the present one.' : 'The service has credentials configured.')}
      The key is kept for this tab only.</p>
    <label>API key <input name="key" type="password" autocomplete="off" required aria-invalid=${String(Boolean(login.reason))}></label>
    <p class="muted">It needs the scope <code>logs:read</code>; <code>logs:pii</code> to see people and addresses, <code>logs:export</code> to export.</p>
    <div class="bar end"><button type="button" @click=${close}>Cancel</button><button type="submit" class="primary">Sign in</button></div>
  </form>
</dialog>`;

/** What each key does, in the order of the help. */
export const HELP = [
  ['/', 'Search: write into the line for free text'],
  ['j, k', 'Next row, previous row'],
  ['Enter, o', 'Open the row, or close it'],
  ['e, E', 'Next and previous event that reports a failure'],
  ['g, G', 'First rows, last rows'],
  ['c', 'Events around the row'],
  ['n', 'Show new events'],
  ['l', 'Follow new events, or stop'],
  ['t', 'Time range'],
  ['[, ]', 'Earlier, later'],
  ['z', 'Zoom out'],
  ['r', 'Run again'],
  ['x', 'Export'],
  ['v', 'Saved views'],
  ['1 – 4', 'Events, Errors, Sign-ins, Jobs'],
  ['?', 'This list'],
  ['Esc', 'Close what is open'],
];

/** @returns {boolean} whether single keys do something */
export const keysAreOn = () => localStorage.getItem('keys') !== 'off';

const switchKeys = ({target}) => localStorage.setItem('keys', target.checked ? 'on' : 'off');

const helpDialog = () => html`<dialog id="help" aria-labelledby="help-title">
  <h2 id="help-title">Keyboard</h2>
  <table class="keys"><tbody>
    ${HELP.map(([keys, words]) => html`<tr><th scope="row">${keys.split(', ').map((key) => html`<kbd>${key}</kbd> `)}</th><td>${words}</td></tr>`)}
  </tbody></table>
  <label class="inline"><input type="checkbox" ?checked=${keysAreOn()} @change=${switchKeys}> Single keys do this outside of text boxes</label>
  <p class="muted">The API that this page uses: <a href="swagger-ui.html">description</a>.</p>
  <div class="bar end"><button type="button" class="primary" @click=${close}>Close</button></div>
</dialog>`;

const VIEWS = 'views';

const savedViews = () => JSON.parse(localStorage.getItem(VIEWS) ?? '{}');

function save(event) {
  event.preventDefault();
  const name = String(new FormData(event.target).get('name')).trim();
  if (!name) return;
  const hash = format({...state(), open: '', around: ''});
  localStorage.setItem(VIEWS, JSON.stringify({...savedViews(), [name]: hash}));
  event.target.reset();
  redraw();
}

function drop(name) {
  const views = savedViews();
  delete views[name];
  localStorage.setItem(VIEWS, JSON.stringify(views));
  redraw();
}

function viewsDialog() {
  const views = Object.entries(savedViews());
  return html`<dialog id="views" aria-labelledby="views-title">
    <h2 id="views-title">Saved views</h2>
    ${views.length
      ? html`<ul class="saved">${views.map(([name, hash]) => html`<li>
          <a href=${format(parse(hash))} @click=${close}><bdi>${name}</bdi></a>${iconButton('×', `Delete ${name}`, () => drop(name))}</li>`)}</ul>`
      : html`<p class="muted">None yet. They are kept in this browser.</p>`}
    <form @submit=${save} class="bar">
      <label>Name <input name="name" maxlength="80" required autocomplete="off"></label>
      <button type="submit">Save the present view</button>
    </form>
    <div class="bar end"><button type="button" class="primary" @click=${close}>Close</button></div>
  </dialog>`;
}

/** All dialogs, closed until they are opened. */
export const dialogs = () => html`${loginDialog()}${helpDialog()}${viewsDialog()}${nothing}`;
