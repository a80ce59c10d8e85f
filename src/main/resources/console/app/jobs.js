/**
 * The view of jobs: the last run of each reconciliation, overdue ones first, and the notifications
 * that failed.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {backgroundStats, search, stats} from './api.js';
import {keyOf} from './data.js';
import {shareBar} from './facets.js';
import {figuresTable, link, panel, text, trend, when} from './parts.js';
import {parameters, range} from './query.js';
import {Slot} from './slot.js';
import {count, number, share} from './text.js';
import {duration} from './time.js';

/** A reconciliation that has not run for so long is not listed. */
const MEMORY = 'now-30d';
const MAX_PROCESSES = 50;
const RUNS = 30;

/** A run is overdue when it is later than this many times the usual distance between two. */
const OVERDUE = 1.5;
const MIN_RUNS_FOR_DISTANCE = 3;

const runs = new Slot();
const notifications = new Slot();

/** Reads the last runs, whatever the range is, and the notifications of the range. */
export function loadJobs(now) {
  runs.load(keyOf('runs', range(now)), (signal) => readRuns(now, signal));
  const asked = {...parameters(now, {type: 'NOTIFY'}), interval: 'auto', by: 'notificationType', size: '100'};
  notifications.load(keyOf(asked), (signal) => stats(asked, signal));
}

async function readRuns(now, signal) {
  const all = {type: 'RECONCILE', from: MEMORY, to: 'now', by: 'process', size: String(MAX_PROCESSES)};
  const [known, inRange] = await Promise.all([
    stats(all, signal),
    backgroundStats({...range(now), type: 'RECONCILE', by: 'process', size: String(MAX_PROCESSES)}, signal),
  ]);
  const processes = await Promise.all(
    known.values.map(async ({value}) => {
      const asked = {type: 'RECONCILE', process: [value], from: MEMORY, to: 'now', order: 'desc', limit: String(RUNS), total: 'none'};
      const {logs} = await search(asked, signal);
      const here = inRange.values.find((one) => one.value === value)?.count ?? 0;
      return {process: value, here, ...judge(logs, Date.now())};
    }),
  );
  return {processes: processes.sort(worstFirst), total: inRange.total};
}

/** Returns the usual distance between runs and how much longer ago the last one is. */
export function judge(logs, now) {
  const times = logs.map(({timestamp}) => Date.parse(timestamp));
  const distances = times.slice(1).map((time, index) => times[index] - time).sort((one, other) => one - other);
  const usual = logs.length >= MIN_RUNS_FOR_DISTANCE ? distances[Math.floor(distances.length / 2)] : null;
  const since = now - times[0];
  return {logs, usual, overdue: usual !== null && since > usual * OVERDUE ? since - usual : 0};
}

const worstFirst = (one, other) =>
  Number(other.overdue > 0) - Number(one.overdue > 0) ||
  other.logs[0].discrepanciesFound - one.logs[0].discrepanciesFound ||
  one.process.localeCompare(other.process);

function runRow({process, here, logs, usual, overdue}) {
  const [last] = logs;
  const filters = {type: ['RECONCILE'], process: [process]};
  const differing = logs.map(({discrepanciesFound}) => discrepanciesFound).reverse();
  return html`<tr data-process=${process}>
    <td><strong>${link(text(process), {filters, from: MEMORY, to: 'now'})}</strong>
      ${overdue ? html`<div class="bad">overdue by ${duration(overdue)}</div>` : nothing}</td>
    <td>${when(last.timestamp)}</td>
    <td>${usual === null ? html`<span class="muted">too few runs</span>` : `every ${duration(usual)}`}</td>
    <td class="figure"><b class=${last.discrepanciesFound ? 'bad' : ''}>${link(number(last.discrepanciesFound), {filters, from: last.timestamp, to: last.timestamp}, 'Show the run')}</b></td>
    <td>${trend(differing, `Discrepancies of the last ${differing.length} runs`, 'bad')}</td>
    <td class="figure">${number(last.recordsProcessed)}</td>
    <td class="figure">${number(last.timeTakenSeconds)} s</td>
    <td class="figure">${here ? link(number(here), {filters}, 'Show the runs of the range') : '0'}</td>
  </tr>`;
}

function runsTable({processes}) {
  if (!processes.length) return html`<p class="empty">No reconciliation ran in the last 30 days.</p>`;
  const late = processes.filter(({overdue}) => overdue).length;
  return html`<p class="total">${late ? html`<b class="bad">${count(late, 'reconciliation')} overdue</b>` : html`<span class="good">✓ none overdue</span>`} of ${number(processes.length)}</p>
    ${figuresTable('Last runs of reconciliations', [['Process'], ['Last run'], ['Runs'], ['Discrepancies', 'figure'], [`Last ${RUNS} runs`], ['Records', 'figure'], ['Took', 'figure'], ['In range', 'figure']], processes.map(runRow))}`;
}

function notificationRow({value, count: sent, failed}) {
  const filters = {type: ['NOTIFY'], notificationType: [value]};
  return html`<tr data-value=${value}>
    <td><strong>${link(text(value), {filters})}</strong></td>
    <td class="figure">${failed ? html`<b class="bad">${link(number(failed), {filters: {...filters, outcome: ['FAIL']}}, 'Show the failed ones')}</b>` : '0'}</td>
    <td class="figure">${link(number(sent), {filters}, 'Show all')}</td>
    <td class="figure">${share(failed, sent)}</td>
    <td class="wide">${shareBar(failed, sent, 'bad')}</td>
  </tr>`;
}

function notificationsTable(data) {
  if (!data.total) return html`<p class="empty">No notifications in this range.</p>`;
  const sorted = [...data.values].sort((one, other) => other.failed - one.failed || other.count - one.count);
  return html`<p class="total">${link(count(data.failed, 'failed notification'), {filters: {type: ['NOTIFY'], outcome: ['FAIL']}})}
      of ${link(number(data.total), {filters: {type: ['NOTIFY']}})}, ${share(data.failed, data.total)}</p>
    ${figuresTable('Notifications by type', [['Type'], ['Failed', 'figure'], ['Sent', 'figure'], ['Share', 'figure'], [html`<span class="hidden">Share as a bar</span>`]], sorted.map(notificationRow))}`;
}

/** The whole view. */
export const jobsView = () => html`<div class="panels">
  ${panel({title: 'Reconciliations', note: 'The last runs of 30 days, whatever the range. Overdue: the last run is more than one and a half times as long ago as runs usually are apart.', slot: runs, id: 'runs'}, runsTable)}
  ${panel({title: 'Notifications', slot: notifications, id: 'notifications'}, notificationsTable)}
</div>`;
