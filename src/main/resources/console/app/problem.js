/**
 * Says what went wrong and what to do.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {count, visible} from './text.js';

/** @param {import('./api.js').ApiProblem} failure @param {string} what the part that is missing */
export function problem(failure, what) {
  if (failure.status === 401) return nothing;
  if (failure.status === 403 && failure.scope) return missing(failure.scope, what);
  return html`<div class="problem" role="alert">
    <p><strong>${what} cannot be shown: ${failure.title}.</strong> ${visible(failure.message)}</p>
    ${failure.errors.length
      ? html`<ul>${failure.errors.map((error) => html`<li>${visible(named(error))}</li>`)}</ul>`
      : nothing}
    ${failure.retryAfter ? html`<p>It is read again in ${count(failure.retryAfter, 'second')}, by itself.</p>` : nothing}
    ${failure.traceId ? html`<p class="muted">Trace id for the log of the service: <code>${failure.traceId}</code></p>` : nothing}
  </div>`;
}

const named = ({pointer, parameter, message}) => `${(pointer ?? parameter ?? '').replace(/^\//, '')}: ${message}`;

/** Says that the key lacks a scope. */
export const missing = (scope, what) => html`<p class="missing">
  ${what} needs the scope <code>${scope}</code>, which this key does not have.</p>`;
