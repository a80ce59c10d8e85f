/**
 * Holds what one part of the page shows, while it is loaded, and why it could not be.
 * @module
 */
import {ApiProblem} from './api.js';
import {redraw} from './render.js';

/** @template T */
export class Slot {
  constructor() {
    /** @type {T | null} the last answer, kept while the next is awaited */
    this.data = null;
    /** @type {ApiProblem | null} */
    this.problem = null;
    this.loading = false;
    /** what the data was asked with */
    this.key = '';
    /** @type {AbortController | null} */
    this.controller = null;
    this.timer = 0;
  }

  /**
   * Loads, unless this key is there already.
   * @param {string} key says what is asked for
   * @param {(signal: AbortSignal) => Promise<T>} read
   * @param {{again?: boolean}} options whether to load even if it is there
   */
  async load(key, read, {again = false} = {}) {
    if (key === this.key && !again && (this.loading || this.data) && !this.problem) return;
    this.cancel();
    const controller = new AbortController();
    this.controller = controller;
    this.key = key;
    this.loading = true;
    redraw();
    try {
      const data = await read(controller.signal);
      if (controller.signal.aborted) return;
      this.data = data;
      this.problem = null;
    } catch (failure) {
      if (controller.signal.aborted) return;
      this.fail(failure, () => this.load(key, read, {again: true}));
    }
    this.loading = false;
    redraw();
  }

  fail(failure, repeat) {
    if (!(failure instanceof ApiProblem)) throw failure;
    this.problem = failure;
    if (failure.status !== 401 && failure.retryAfter) {
      this.timer = setTimeout(repeat, failure.retryAfter * 1000);
    }
  }

  /** Ends what is being loaded and forgets the repetition. */
  cancel() {
    this.controller?.abort();
    clearTimeout(this.timer);
    this.loading = false;
  }

  /** Forgets everything. */
  clear() {
    this.cancel();
    this.data = null;
    this.problem = null;
    this.key = '';
  }
}
