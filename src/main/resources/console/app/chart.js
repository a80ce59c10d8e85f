/**
 * Draws stacked bars over time with uPlot, from which a range can be dragged.
 * @module
 */
import {parts} from './time.js';

/** @typedef {{name: string, color: string, counts: number[]}} Series counts by bucket */

const HEIGHT = 146;
const SECONDS_OF_A_DAY = 86_400;

/** Canvas does not understand `light-dark()`; a property that was computed does. */
function color(variable) {
  const probe = document.createElement('span');
  probe.className = 'probe';
  probe.style.color = `var(${variable})`;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
}

/** Adds up, because uPlot does not stack: the sums are drawn from the largest to the smallest. */
export function stacked(series) {
  const sums = [];
  series.forEach(({counts}, index) => {
    sums.push(counts.map((value, bucket) => value + (index ? sums[index - 1][bucket] : 0)));
  });
  return sums.reverse();
}

/**
 * Lets the first bucket, of which only a part may lie in the range, begin as far from the second as
 * the others from each other: uPlot makes all bars as narrow as the shortest distance.
 */
const aligned = (from) => (from.length > 2 ? [2 * from[1] - from[2], ...from.slice(1)] : from);

function tick(seconds, increment, tz, previous) {
  const {date, time} = parts(seconds * 1000, tz);
  if (increment >= SECONDS_OF_A_DAY) return date.slice(increment > SECONDS_OF_A_DAY * 27 ? 0 : 5, 10);
  const clock = increment < 60 ? time : time.slice(0, 5);
  const newDay = previous === undefined || parts(previous * 1000, tz).date !== date;
  return newDay ? `${clock}\n${date.slice(5)}` : clock;
}

export class BarChart {
  /**
   * @param {HTMLElement} element
   * @param {(from: number, to: number) => void} onSelect takes milliseconds
   * @param {(bucket: number | null) => void} onHover takes an index
   */
  constructor(element, onSelect, onHover) {
    this.element = element;
    this.onSelect = onSelect;
    this.onHover = onHover;
    this.plot = null;
    this.shown = null;
    this.resizing = new ResizeObserver(() => this.resize());
    this.resizing.observe(element);
  }

  /**
   * @param {{from: number[], to: number, tz: string, series: Series[], theme: string}} data the
   *     beginnings of the buckets and the end of the last in milliseconds
   */
  show(data) {
    if (data === this.shown) return;
    this.shown = data;
    this.plot?.destroy();
    const seconds = aligned(data.from).map((millis) => millis / 1000);
    this.plot = new window.uPlot(this.options(data), [seconds, ...stacked(data.series)], this.element);
  }

  options(data) {
    const {series, tz, from, to} = data;
    const text = color('--muted');
    const grid = {stroke: color('--line'), width: 1};
    const bars = window.uPlot.paths.bars({align: 1, size: [0.9, 60]});
    return {
      width: Math.max(200, this.element.clientWidth),
      height: HEIGHT,
      tzDate: (seconds) => window.uPlot.tzDate(new Date(seconds * 1000), tz),
      legend: {show: false},
      padding: [8, 8, 0, 0],
      cursor: {y: false, points: {show: false}, drag: {x: true, y: false, setScale: false}},
      scales: {
        x: {time: true, range: () => [aligned(from)[0] / 1000, to / 1000]},
        y: {range: (plot, low, high) => [0, Math.max(1, high ?? 1)]},
      },
      series: [{}, ...[...series].reverse().map(({name, color: fill}) => this.bar(name, fill, bars))],
      axes: [
        {stroke: text, grid: {show: false}, ticks: grid, size: 46, values: (plot, splits, axis, space, increment) =>
          splits.map((split, index) => tick(split, increment, tz, splits[index - 1]))},
        {stroke: text, grid, ticks: {show: false}, size: 52, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 5e7, 1e8],
          values: (plot, splits) => splits.map((split) => split.toLocaleString('en'))},
      ],
      hooks: {setSelect: [() => this.selected()], setCursor: [(plot) => this.onHover(this.bucketAt(plot.cursor.left))]},
    };
  }

  bar(name, variable, paths) {
    const fill = color(variable);
    return {label: name, fill, stroke: fill, width: 0, points: {show: false}, paths};
  }

  /** Returns the index of the bucket at a place; null beside the chart. */
  bucketAt(left) {
    if (!(left >= 0) || !this.plot) return null;
    const millis = this.plot.posToVal(left, 'x') * 1000;
    const bucket = this.shown.from.findLastIndex((from) => from <= millis);
    return bucket < 0 ? null : bucket;
  }

  selected() {
    const {select} = this.plot;
    if (select.width < 3) return;
    const [from, to] = [select.left, select.left + select.width].map((x) => this.plot.posToVal(x, 'x') * 1000);
    this.plot.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
    this.onSelect(Math.floor(from), Math.ceil(to));
  }

  resize() {
    const width = this.element.clientWidth;
    if (this.plot && width && width !== this.plot.width) this.plot.setSize({width, height: HEIGHT});
  }

  destroy() {
    this.resizing.disconnect();
    this.plot?.destroy();
  }
}
