/**
 * Calls the REST API with the key of the tab.
 * @module
 */
import {apiKey, askForKey} from './session.js';
import {redraw} from './render.js';

/** An answer that is not a success; members as in RFC 9457. */
export class ApiProblem extends Error {
  /**
   * @param {number} status 0 if there was no answer
   * @param {any} problem
   * @param {number} retryAfter seconds; 0 if a repetition is pointless
   */
  constructor(status, problem, retryAfter = 0) {
    super(problem.detail ?? problem.title ?? `The service answered ${status}.`);
    this.status = status;
    this.title = problem.title ?? `Status ${status}`;
    this.errors = problem.errors ?? [];
    this.scope = problem.scope ?? '';
    this.traceId = problem.traceId ?? '';
    this.retryAfter = retryAfter;
  }
}

const UNREACHABLE_RETRY_SECONDS = 5;

/** Requests for single figures that run at once; the list and the histogram do not wait here. */
const MAX_BACKGROUND = 3;
let running = 0;
/** @type {(() => void)[]} */
const waiting = [];

/**
 * Sends a request and returns the answer once its head is there.
 * @param {string} path relative to the page
 * @param {RequestInit} options
 * @throws {ApiProblem}
 */
export async function request(path, options = {}) {
  const key = apiKey();
  const headers = {...options.headers, ...(key && {Authorization: `Bearer ${key}`})};
  let answer;
  try {
    answer = await fetch(path, {...options, headers, cache: 'no-store'});
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    const detail = 'The service cannot be reached. Is it running, and is this machine connected?';
    throw new ApiProblem(0, {title: 'No connection', detail}, UNREACHABLE_RETRY_SECONDS);
  }
  if (answer.ok) return answer;
  throw await problemOf(answer, key);
}

async function problemOf(answer, key) {
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 401) {
    askForKey(key ? 'The service does not accept this key.' : '');
    redraw();
  }
  const after = Number(answer.headers.get('Retry-After') ?? 0);
  return new ApiProblem(answer.status, problem, after);
}

/**
 * Reads JSON by parameters in a body, so that no value stands in a URL.
 * @param {string} path
 * @param {Object<string, string | string[]>} parameters
 * @param {AbortSignal} signal
 */
export async function ask(path, parameters, signal) {
  const answer = await request(path, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', Accept: 'application/json'},
    body: JSON.stringify(parameters),
    signal,
  });
  return answer.json();
}

/** A page of events. */
export const search = (parameters, signal) => ask('api/v1/logs/search', parameters, signal);

/** Statistics. */
export const stats = (parameters, signal) => ask('api/v1/logs/stats', parameters, signal);

/** Statistics that wait while others are running. */
export async function backgroundStats(parameters, signal) {
  if (running >= MAX_BACKGROUND) {
    await new Promise((resolve) => waiting.push(resolve));
  }
  running++;
  try {
    signal?.throwIfAborted();
    return await stats(parameters, signal);
  } finally {
    running--;
    waiting.shift()?.();
  }
}
