/**
 * The line for free text: completes fields and values, and underlines errors at their places.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {live} from '../lit-html/directives/live.js';
import {backgroundStats} from './api.js';
import {histogram, list} from './data.js';
import {context, endOfWord, faults, fieldSuggestions, knownValues, valueSuggestion} from './kql.js';
import {freeText, range} from './query.js';
import {redraw} from './render.js';
import {go, onChange, state} from './state.js';
import {number, visible} from './text.js';

const MAX_SUGGESTIONS = 10;
const TYPING_PAUSE_MILLIS = 150;

let draft = state().q;
let suggestions = [];
let chosen = -1;
let replaced = {from: 0, to: 0};
let timer = 0;
/** @type {AbortController | null} */
let reading = null;

onChange((now, before) => {
  if (now.q !== before.q) draft = now.q;
});

const box = () => /** @type {HTMLInputElement} */ (document.getElementById('q'));

function close() {
  clearTimeout(timer);
  reading?.abort();
  suggestions = [];
  chosen = -1;
  redraw();
}

function show(found) {
  suggestions = found.slice(0, MAX_SUGGESTIONS);
  chosen = -1;
  redraw();
}

async function suggest() {
  const input = box();
  if (document.activeElement !== input) return;
  const {kind, field, word, from, quoted} = context(input.value, input.selectionStart ?? 0);
  const closing = quoted && input.value[input.selectionStart] === '"' ? 1 : 0;
  replaced = {from, to: (input.selectionStart ?? 0) + closing};
  if (kind === 'field') {
    show(word ? fieldSuggestions(word) : []);
    return;
  }
  const known = knownValues(field.path);
  if (known) {
    show(known.filter((value) => value.toLowerCase().startsWith(word.toLowerCase())).map((value) => valueSuggestion(value)));
  } else if (field.filter && field.filter !== 'label') {
    await suggestValues(field.filter, word);
  } else {
    show([]);
  }
}

async function suggestValues(filter, word) {
  reading?.abort();
  reading = new AbortController();
  const {signal} = reading;
  const asked = {...range(state()), interval: 'none', by: filter, size: '200'};
  const answer = await backgroundStats(asked, signal).catch(() => null);
  if (!answer || signal.aborted) return;
  const matching = answer.values.filter(({value}) => value.toLowerCase().includes(word.toLowerCase()));
  show(matching.map(({value, count}) => valueSuggestion(value, number(count))));
}

function typed(event) {
  draft = event.target.value;
  clearTimeout(timer);
  timer = setTimeout(suggest, TYPING_PAUSE_MILLIS);
  redraw();
}

function accept(index) {
  const {insert} = suggestions[index];
  const input = box();
  const value = input.value.slice(0, replaced.from) + insert + input.value.slice(replaced.to).trimStart();
  draft = value;
  input.value = value;
  const place = replaced.from + insert.length;
  input.setSelectionRange(place, place);
  close();
  if (insert.endsWith(': ')) timer = setTimeout(suggest, 0);
}

function pressed(event) {
  const {key} = event;
  if ((key === 'ArrowDown' || key === 'ArrowUp') && suggestions.length) {
    const step = key === 'ArrowDown' ? 1 : -1;
    chosen = (chosen + step + suggestions.length + (chosen < 0 && step < 0 ? 1 : 0)) % suggestions.length;
    redraw();
  } else if (key === 'Enter' && chosen >= 0) {
    accept(chosen);
  } else if (key === 'Tab' && suggestions.length && !event.shiftKey) {
    accept(Math.max(0, chosen));
  } else if (key === 'Escape' && suggestions.length) {
    close();
  } else if (key === 'Escape') {
    box().blur();
  } else if (key === 'Enter') {
    submit();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Asks with what is written. */
export function submit() {
  close();
  if (draft.trim() === state().q) document.dispatchEvent(new CustomEvent('again'));
  else go({q: draft.trim(), open: '', around: ''});
}

/** Errors in the text that was asked with, as places in the box; none while it is being changed. */
function underlined() {
  const failure = list.problem ?? histogram.problem;
  if (failure?.status !== 400 || draft !== state().q) return [];
  const {offset} = freeText(state());
  return faults(failure.errors).map(({place, message}) => {
    const from = place === null ? 0 : Math.min(Math.max(0, place - 1 + offset), draft.length);
    return {from, to: place === null ? draft.length : endOfWord(draft + ' ', from), message};
  });
}

function backdrop(errors) {
  const pieces = [];
  let at = 0;
  for (const {from, to} of [...errors].sort((one, other) => one.from - other.from)) {
    if (from < at) continue;
    pieces.push(draft.slice(at, from), html`<mark>${draft.slice(from, to) || ' '}</mark>`);
    at = to;
  }
  return [...pieces, draft.slice(at)];
}

const followScroll = (event) => {
  event.target.previousElementSibling.scrollLeft = event.target.scrollLeft;
};

/** The box, its suggestions and its errors. */
export function queryBox() {
  const errors = underlined();
  const isOpen = suggestions.length > 0;
  return html`<div class="query">
    <div class="field ${errors.length ? 'invalid' : ''}">
      <div class="backdrop" aria-hidden="true">${errors.length ? backdrop(errors) : nothing}</div>
      <input id="q" type="text" role="combobox" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="2048"
        aria-label="Search in Kibana Query Language" aria-expanded=${String(isOpen)} aria-controls="suggestions" aria-autocomplete="list"
        aria-activedescendant=${chosen >= 0 ? `suggestion-${chosen}` : nothing} aria-invalid=${String(errors.length > 0)}
        aria-describedby=${errors.length ? 'q-errors' : nothing}
        placeholder='Search, e.g. timeout   or   event.outcome: failure and not source.ip: "10.0.0.0/8"'
        .value=${live(draft)} @input=${typed} @keydown=${pressed} @scroll=${followScroll} @blur=${() => setTimeout(close, 200)}>
    </div>
    <ul id="suggestions" role="listbox" aria-label="Suggestions" ?hidden=${!isOpen}>
      ${suggestions.map(({text, note}, index) => html`<li role="option" id="suggestion-${index}" aria-selected=${String(index === chosen)}
        @mousedown=${(event) => { event.preventDefault(); accept(index); }}><bdi>${visible(text)}</bdi><span class="muted">${note}</span></li>`)}
    </ul>
    ${errors.length ? html`<div id="q-errors" role="alert"><ul class="errors">${errors.map(({message}) => html`<li>${visible(message)}</li>`)}</ul></div>` : nothing}
  </div>`;
}
