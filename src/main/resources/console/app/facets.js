/**
 * The most frequent values of the fields by which events can be selected, with exact counts.
 * @module
 */
import {html, nothing, svg} from '../lit-html/lit-html.js';
import {FACET_SIZE, facetNames, facets} from './data.js';
import {add, exclude, only, remove} from './filters.js';
import {missing, problem} from './problem.js';
import {label} from './query.js';
import {state} from './state.js';
import {iconButton, number, visible} from './text.js';

/** A bar as long as a value's share. */
export const shareBar = (part, whole, kind = '') => html`<svg class="share ${kind}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
  ${svg`<rect width=${whole ? Math.max(0.5, (100 * part) / whole) : 0} height="4"></rect>`}</svg>`;

function value(name, {value: text, count, failed}, largest) {
  const selected = state().filters[name] ?? [];
  const isSelected = selected.includes(text);
  const isExcluded = state().not.some(([other, excluded]) => other === name && excluded === text);
  const shown = visible(text);
  const pick = (event) => {
    if (isSelected) remove(name, text);
    else if (event.ctrlKey || event.metaKey || event.shiftKey) add(name, text);
    else only(name, [text]);
  };
  return html`<li class=${isSelected ? 'selected' : isExcluded ? 'excluded' : ''}>
    <button type="button" class="value" aria-pressed=${String(isSelected)} @click=${pick}
      title=${isSelected ? `Remove ${shown}` : `Only ${shown}; with Ctrl or Shift in addition to others`}>
      <bdi>${shown}</bdi><span class="count">${number(count)}</span>
      ${shareBar(count, largest, failed === count && failed ? 'bad' : '')}
    </button>
    ${isExcluded ? nothing : iconButton('≠', `Without ${label(name)} ${shown}`, () => exclude(name, text))}
  </li>`;
}

function values(name, data) {
  const largest = Math.max(0, ...data.values.map(({count}) => count));
  const gone = (state().filters[name] ?? []).filter((text) => !data.values.some((one) => one.value === text));
  const all = [...gone.map((text) => ({value: text, count: null})), ...data.values];
  if (!all.length) return html`<p class="muted">none</p>`;
  return html`<ul>
      ${gone.map((text) => html`<li class="selected"><button type="button" class="value" aria-pressed="true" @click=${() => remove(name, text)}>
        <bdi>${visible(text)}</bdi><span class="count muted">selected</span></button></li>`)}
      ${data.values.map((one) => value(name, one, largest))}
    </ul>
    ${data.other ? html`<p class="muted other">${number(data.other)} events with other values</p>` : nothing}
    ${data.approximate ? html`<p class="muted">Counts may be off by ${number(data.errorBound ?? 0)}.</p>` : nothing}`;
}

/** Facets are open that tell most; the others open by a click, and by being selected. */
const initiallyOpen = ['type', 'outcome', 'source', 'errorCode', 'ipAddress', 'userId'];

function facet(name) {
  const slot = facets.get(name);
  if (!slot.key || slot.problem?.status === 400) return nothing;
  const {data, problem: failure, loading} = slot;
  const isEmpty = data && !failure && data.values.length === 0 && !state().filters[name];
  if (isEmpty) return nothing;
  return html`<details ?open=${initiallyOpen.includes(name) || Boolean(state().filters[name])} class="facet" data-facet=${name} aria-busy=${String(loading)}>
    <summary>${label(name)}${data && data.values.length >= FACET_SIZE && data.other ? html` <small class="muted">top ${FACET_SIZE}</small>` : nothing}</summary>
    ${failure
      ? failure.status === 403
        ? missing(failure.scope, 'It')
        : problem(failure, label(name))
      : data
        ? values(name, data)
        : html`<p class="muted">Counting …</p>`}
  </details>`;
}

/** All facets that events with the present filters can have. */
export const facetsView = () => html`<aside class="facets" aria-label="Facets">
  <details class="all" ?open=${matchMedia('(min-width: 900px)').matches}>
    <summary>Narrow down</summary>
    ${facetNames.map(facet)}
  </details>
</aside>`;

