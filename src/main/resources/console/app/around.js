/**
 * The events around one, whatever selected that one.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {around, loadEvents, surroundings} from './data.js';
import {problem} from './problem.js';
import {go, isFiltered, state} from './state.js';
import {table} from './table.js';
import {count} from './text.js';

const STEP = 50;
const MAX = 500;

function more(side) {
  surroundings[side] = Math.min(MAX, surroundings[side] + STEP);
  loadEvents(state());
}

function filterBy(filtered) {
  surroundings.filtered = filtered;
  loadEvents(state());
}

const moreButton = (side, words) => html`<p class="more">
  ${surroundings[side] < MAX
    ? html`<button type="button" @click=${() => more(side)}>${STEP} more ${words}</button>`
    : html`<span class="muted">At most ${count(MAX, 'event')} on each side.</span>`}</p>`;

/** The view in place of the list. */
export function aroundView() {
  const {data, problem: failure, loading} = around;
  const [id] = state().around.split('~');
  const events = data?.logs ?? [];
  return html`<section class="list" aria-labelledby="around-title" aria-busy=${String(loading)}>
    <div class="bar list-bar">
      <h2 id="around-title">Around one event</h2>
      ${isFiltered(state())
        ? html`<div class="segmented" role="group" aria-label="Which events">
            <button type="button" aria-pressed=${String(!surroundings.filtered)} @click=${() => filterBy(false)}>all events</button>
            <button type="button" aria-pressed=${String(surroundings.filtered)} @click=${() => filterBy(true)}>with the filters</button>
          </div>`
        : nothing}
      <button type="button" class="primary" @click=${() => go({around: '', open: ''})}>Back to the list</button>
    </div>
    ${failure ? problem(failure, 'The context') : nothing}
    ${data && !failure
      ? html`<div>${moreButton('before', 'before')}${table(events, {marked: id, name: 'Events around one'})}${moreButton('after', 'after')}</div>`
      : nothing}
  </section>`;
}
