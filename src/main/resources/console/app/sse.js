/**
 * Reads server-sent events by fetch, which can send the key in a header, unlike EventSource.
 * @module
 */
import {request} from './api.js';

/** @typedef {{event: string, id: string | null, data: string}} Message */

/**
 * Splits a text that comes piece by piece into messages.
 * @param {(message: Message) => void} onMessage
 * @returns {(piece: string) => void}
 */
export function parser(onMessage) {
  let rest = '';
  let message = {event: 'message', id: null, data: []};
  const line = (text) => {
    if (text === '') {
      if (message.data.length || message.id !== null) {
        onMessage({event: message.event, id: message.id, data: message.data.join('\n')});
      }
      message = {event: 'message', id: null, data: []};
      return;
    }
    const colon = text.indexOf(':');
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') message.data.push(value);
    else if (name === 'id') message.id = value;
    else if (name === 'event') message.event = value;
  };
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(line);
  };
}

/**
 * Reads until the stream ends, the signal says so, or nothing has come for too long.
 * @param {string} path
 * @param {string} position where to go on; empty: from now on
 * @param {{onOpen: () => void, onMessage: (message: Message) => void, signal: AbortSignal, silenceMillis: number}} options
 */
export async function follow(path, position, {onOpen, onMessage, signal, silenceMillis}) {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), silenceMillis);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), silenceMillis);
  };
  try {
    const answer = await request(path, {
      headers: {Accept: 'text/event-stream', ...(position && {'Last-Event-ID': position})},
      signal: AbortSignal.any([signal, silence.signal]),
    });
    onOpen();
    const parse = parser(onMessage);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let {done, value} = await reader.read(); !done; {done, value} = await reader.read()) {
      heard();
      parse(value);
    }
  } finally {
    clearTimeout(timer);
  }
}
