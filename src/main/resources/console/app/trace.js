/**
 * Shows stack traces: the application's own frames stand out, runs of others are folded.
 * @module
 */
import {html} from '../lit-html/lit-html.js';
import {count, visible} from './text.js';

/** Packages of platforms, frameworks and libraries; every other frame is the application's own. */
const FOREIGN =
  /^(?:[\w.-]+(?:@[\w.-]+)?\/)*(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|groovy|org\.(?:springframework|apache|hibernate|eclipse|jboss|junit|aspectj|codehaus|slf4j|postgresql|elasticsearch|reactivestreams)|reactor|io\.(?:netty|micrometer|projectreactor|opentelemetry|grpc|vertx|quarkus)|com\.(?:fasterxml|zaxxer|mysql|google\.common|github\.benmanes)|tools\.jackson|co\.elastic|ch\.qos|net\.bytebuddy|okhttp3|feign)\./;

const FRAME = /^\s*at\s+(.*)$/;

/** Folded frames are shown at once if there are only so many. */
const MIN_FOLDED = 3;

/**
 * Splits a trace into lines of its own and runs of foreign frames.
 * @param {string} trace
 * @returns {{kind: 'text' | 'own' | 'foreign', lines: string[]}[]}
 */
export function sections(trace) {
  const found = [];
  for (const line of trace.split('\n')) {
    const frame = FRAME.exec(line);
    const kind = !frame ? 'text' : FOREIGN.test(frame[1]) ? 'foreign' : 'own';
    if (kind === 'foreign' && found.at(-1)?.kind === 'foreign') {
      found.at(-1).lines.push(line);
    } else {
      found.push({kind, lines: [line]});
    }
  }
  return found;
}

function packages(lines) {
  const names = lines.map((line) => /^\s*at\s+(?:.*\/)?((?:[a-z]\w*\.){1,2})/.exec(line)?.[1]);
  const distinct = [...new Set(names.filter(Boolean).map((name) => name.slice(0, -1)))];
  return distinct.slice(0, 3).join(', ') + (distinct.length > 3 ? ' …' : '');
}

function section({kind, lines}) {
  const text = visible(lines.join('\n'));
  if (kind === 'foreign' && lines.length >= MIN_FOLDED) {
    return html`<details class="frames"><summary>${count(lines.length, 'frame')} of ${visible(packages(lines))}</summary><pre>${text}</pre></details>`;
  }
  return html`<pre class="frame-${kind}">${text}</pre>`;
}

/** @param {string} trace */
export const stackTrace = (trace) =>
  html`<div class="trace" dir="ltr">${sections(trace).map(section)}</div>`;
