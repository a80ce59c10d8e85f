/**
 * The view of sign-ins: how many fail, which address tries many accounts, which account is tried
 * from many addresses.
 * @module
 */
import {html, nothing} from '../lit-html/lit-html.js';
import {backgroundStats, stats} from './api.js';
import {keyOf} from './data.js';
import {figuresTable, link, panel, text, trend} from './parts.js';
import {parameters} from './query.js';
import {Slot} from './slot.js';
import {count, number, share} from './text.js';
import {seconds} from './time.js';
import {state} from './state.js';

/** The most frequent values that are looked at; a value beyond has fewer attempts than each. */
const SIZE = 100;
const SHOWN = 12;
const SHOWN_INNER = 4;
const MAX_DISTINCT = 1_000;

const totals = new Slot();
const addresses = new Slot();
const accounts = new Slot();

/** Attempts without a user id count by their e-mail address, so that none counts twice. */
const WITHOUT_USER = 'not user.id: *';

/** Reads all figures. */
export function loadSignIns(now) {
  const asked = parameters(now, {type: 'AUTH'});
  const all = {...asked, interval: 'auto', by: 'outcome'};
  totals.load(keyOf(all), (signal) => stats(all, signal));
  addresses.load(keyOf('addresses', asked), (signal) => crossed(asked, (account) => ['ipAddress', account], signal));
  accounts.load(keyOf('accounts', asked), (signal) => crossed(asked, (account) => [account, 'ipAddress'], signal));
}

/** Counts by addresses and accounts: once by user ids, once by e-mail addresses where they lack. */
async function crossed(asked, by, signal) {
  const withText = asked.q ? `(${asked.q}) and ${WITHOUT_USER}` : WITHOUT_USER;
  const [users, guests] = await Promise.all([
    backgroundStats({...asked, by: by('userId'), size: String(SIZE)}, signal),
    backgroundStats({...asked, q: withText, by: by('email'), size: String(SIZE)}, signal),
  ]);
  const rows = by('account')[0] === 'ipAddress' ? merge(users, guests) : beside(users, guests);
  await Promise.all(rows.slice(0, SHOWN).map((row) => refine(row, asked, by, signal)));
  const bound = Math.max(least(users), least(guests));
  return {rows: rows.sort(byDistinct), bound};
}

/** The number of attempts that a value which is not listed may have at most. */
const least = (data) => (data.other ? (data.values.at(-1)?.count ?? 0) : 0);

const toRow = (filter) => ({value, count: attempts, failed = 0, by, other}) => ({
  filter,
  value,
  count: attempts,
  failed,
  inner: by ?? [],
  more: Boolean(other),
  distinct: by?.length ?? 0,
});

/** One row for an address, whatever its accounts are named by. */
function merge(users, guests) {
  const rows = new Map();
  for (const one of [...users.values.map(toRow('ipAddress')), ...guests.values.map(toRow('ipAddress'))]) {
    const before = rows.get(one.value);
    rows.set(one.value, before ? added(before, one) : one);
  }
  return [...rows.values()].sort(byDistinct);
}

const added = (one, other) => ({
  ...one,
  inner: [...one.inner, ...other.inner].sort((first, second) => second.count - first.count),
  more: one.more || other.more,
  distinct: one.distinct + other.distinct,
  count: Math.max(one.count, one.count + other.count),
  failed: one.failed + other.failed,
});

const beside = (users, guests) =>
  [...users.values.map(toRow('userId')), ...guests.values.map(toRow('email'))].sort(byDistinct);

const byDistinct = (one, other) => other.distinct - one.distinct || other.count - one.count;

/** Counts what a row was tried with, if it is more than was listed. */
async function refine(row, asked, by, signal) {
  if (!row.more) return;
  const inner = row.filter === 'ipAddress' ? 'userId' : 'ipAddress';
  const answer = await backgroundStats({...asked, [row.filter]: [row.value], by: inner, size: String(MAX_DISTINCT)}, signal);
  row.distinct = Math.max(row.distinct, answer.values.length);
  row.more = Boolean(answer.other);
}

function overview(data) {
  const failures = {filters: {type: ['AUTH'], outcome: ['FAIL']}};
  const shares = data.buckets.map((bucket) => bucket.failed);
  return html`<div class="overview">
    <p class="large"><b class=${data.failed ? 'bad' : ''}>${share(data.failed, data.total)}</b> failed</p>
    <p>${link(count(data.failed, 'failed attempt'), failures)} of ${link(count(data.total, 'attempt'), {filters: {type: ['AUTH']}})}</p>
    ${trend(shares, 'Failed attempts over time', 'bad large')}
    <details class="figures"><summary>Figures as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Figures of failed attempts"><table class="numbers">
      <caption class="hidden">Failed attempts over time</caption>
      <thead><tr><th scope="col">From</th><th scope="col">Attempts</th><th scope="col">Failed</th><th scope="col">Share</th></tr></thead>
      <tbody>${data.buckets.map((bucket) => html`<tr><th scope="row">${seconds(bucket.from, state().tz)}</th><td>${number(bucket.count)}</td><td>${number(bucket.failed)}</td><td>${share(bucket.failed, bucket.count)}</td></tr>`)}</tbody>
    </table></div></details>
  </div>`;
}

function row(one) {
  const filters = {type: ['AUTH'], [one.filter]: [one.value]};
  return html`<tr data-value=${one.value}>
    <td><strong>${link(text(one.value), {filters})}</strong></td>
    <td class="figure"><b class=${one.distinct > 5 ? 'bad' : ''}>${number(one.distinct)}${one.more ? '+' : ''}</b></td>
    <td class="figure">${link(number(one.count), {filters}, 'Show these attempts')}</td>
    <td class="figure">${one.failed ? link(number(one.failed), {filters: {...filters, outcome: ['FAIL']}}, 'Show the failed ones') : '0'}</td>
    <td class="figure">${share(one.failed, one.count)}</td>
    <td class="muted inner">${one.inner.slice(0, SHOWN_INNER).map(({value, count: attempts}) => html`<span>${text(value)} ${number(attempts)}</span> `)}${one.distinct > SHOWN_INNER ? '…' : nothing}</td>
  </tr>`;
}

const crossedTable = (caption, first, inner) => ({rows, bound}) => {
  if (!rows.length) return html`<p class="empty">No sign-ins in this range.</p>`;
  const shown = rows.slice(0, SHOWN);
  const certain = shown.length && shown[0].distinct >= bound;
  return html`${figuresTable(caption, [[first], [inner, 'figure'], ['Attempts', 'figure'], ['Failed', 'figure'], ['Share', 'figure'], ['Most frequent']], shown.map(row))}
    ${bound ? html`<p class="muted">Found among the ${number(SIZE)} with the most attempts. One beyond them has at most ${count(bound, 'attempt')}${certain ? ', so the first row is the right one' : ''}.</p>` : nothing}`;
};

/** The whole view. */
export const signInsView = () => html`<div class="panels">
  ${panel({title: 'Sign-ins', slot: totals, id: 'signins'}, overview)}
  ${panel({title: 'Addresses that try many accounts', slot: addresses, id: 'addresses'}, crossedTable('Addresses by accounts', 'Address', 'Accounts'))}
  ${panel({title: 'Accounts tried from many addresses', slot: accounts, id: 'accounts'}, crossedTable('Accounts by addresses', 'Account', 'Addresses'))}
</div>`;

