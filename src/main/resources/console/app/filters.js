/**
 * Include, exclude and pivot: what a click on a value does.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {go, isFiltered, state, UNFILTERED, withFilter} from './state.js';
import {applies, label, labels} from './query.js';
import {iconButton, visible} from './text.js';

/** Selects exactly these values of a filter. */
export const only = (name, values) => {
  const {filters, not} = state();
  go({
    filters: withFilter(filters, name, values),
    not: not.filter(([other, value]) => other !== name || !values.includes(value)),
    open: '',
    around: '',
  });
};

/** Adds a value to those of a filter. */
export const add = (name, value) => only(name, [...(state().filters[name] ?? []), value]);

/** Removes a value from those of a filter. */
export const remove = (name, value) =>
  only(name, (state().filters[name] ?? []).filter((other) => other !== value));

/** Leaves out events with a value. */
export function exclude(name, value) {
  const {filters, not} = state();
  const kept = (filters[name] ?? []).filter((other) => other !== value);
  const others = not.filter(([other, excluded]) => other !== name || excluded !== value);
  go({filters: withFilter(filters, name, kept), not: [...others, [name, value]], open: '', around: ''});
}

/** Shows every event with a value, whatever else was selected. */
export const pivot = (name, value) =>
  go({...UNFILTERED, view: 'events', filters: {[name]: [value]}});

const readmit = (name, value) =>
  go({not: state().not.filter(([other, excluded]) => other !== name || excluded !== value)});

/** The three buttons beside a value. */
export const actions = (name, value) => html`<span class="actions">
  ${action('only', `Only ${label(name)} ${visible(value)}`, () => only(name, [value]))}
  ${action('not', `Without ${label(name)} ${visible(value)}`, () => exclude(name, value))}
  ${action('all', `Everything with ${label(name)} ${visible(value)}, of every type`, () => pivot(name, value))}
</span>`;

const action = (word, told, act) =>
  html`<button type="button" title=${told} aria-label=${told} @click=${act}>${word}</button>`;

/** The selected and excluded values as a list; those that the view's types lack are marked. */
export function chips(wantedTypes = []) {
  const {filters, not} = state();
  if (!isFiltered({q: '', filters, not})) return nothing;
  return html`
    <ul class="chips" aria-label="Filters">
      ${Object.entries(filters).map(([name, values]) =>
        values.map((value) => chip(name, value, 'is', () => remove(name, value), wantedTypes)),
      )}
      ${not.map(([name, value]) => chip(name, value, 'is not', () => readmit(name, value), []))}
      <li><button type="button" class="link" @click=${() => go(UNFILTERED)}>Clear all</button></li>
    </ul>`;
}

function chip(name, value, relation, removal, wantedTypes) {
  const unused = !applies(name, wantedTypes) || (name === 'type' && wantedTypes.length);
  return html`<li class="chip ${relation === 'is' ? '' : 'negative'} ${unused ? 'unused' : ''}"
    title=${unused ? 'Events of this view do not have it; it is not applied here.' : ''}>
    <span>${labels[name] ?? label(name)} ${relation} <bdi>${visible(value)}</bdi></span>
    ${iconButton('×', `Remove ${label(name)} ${relation} ${visible(value)}`, removal)}
  </li>`;
}
