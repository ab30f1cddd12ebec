import { formatDuration } from '../../parse/durations';
import { throwIfAny } from '../../parse/input-error';
import { Trace } from '../trace';
import type { Traffic } from '../traffic-phases';
import { trafficErrors } from '../traffic-validation';

/** What the values of a recording are. */
export type RecordedValue =
  /** Requests per second, after multiplication by the factor. */
  | { readonly kind: 'rate'; readonly factor: number }
  /** Requests since the row before, or until the next one: divided by the seconds of a row. */
  | { readonly kind: 'count' }
  | { readonly kind: 'users' };

/** A recording: a value at each of some times, in any order. */
export interface RecordedSeries {
  /** The arrays are changed. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly value: RecordedValue;
  /** The seconds that a count is for, if the recording has it. */
  readonly periodSeconds?: number;
}

/** Rows further apart than this many rows usually are have a gap between them. */
const GAP_ROWS = 3;

/**
 * The traffic of a recording. It begins at the first row. A rate lasts until the next row, and the last one as long as the one before it.
 * A count is spread over the time of a row; where rows are missing, there were no requests.
 */
export function trafficOfSeries(series: RecordedSeries): Traffic {
  const { value } = series;
  sortByTime(series.times, series.values);
  const { times, values } = series;
  const duplicate = times.findIndex((time, row) => row > 0 && time === times[row - 1]);
  if (duplicate > 0) throwIfAny([`each time must be in one row, got two rows of the same time after row ${duplicate}: select one series`]);
  const rowSeconds = series.periodSeconds ?? usualRowSeconds(times);
  const gaps = gapsOf(times, rowSeconds);
  const traffic: Traffic = {
    phases: value.kind === 'count' ? countsAsRates(times, values, rowSeconds, gaps) : heldValues(times, values, value, rowSeconds),
    ...(gaps.count === 0 ? {} : { remarks: [gapRemark(gaps, value)] }),
  };
  throwIfAny(trafficErrors(traffic));
  return traffic;
}

function heldValues(times: Float64Array, values: Float64Array, value: RecordedValue, rowSeconds: number): Trace {
  const factor = value.kind === 'rate' ? value.factor : 1;
  if (factor !== 1) for (let row = 0; row < values.length; row++) values[row] = values[row]! * factor;
  return new Trace(endsOf(times, rowSeconds), values, value.kind === 'users' ? 'users' : 'rps');
}

/** Counts, each over the time of its row; a gap has none. */
function countsAsRates(times: Float64Array, values: Float64Array, rowSeconds: number, gaps: Gaps): Trace {
  const [ends, rates] = [new Float64Array(times.length + gaps.count), new Float64Array(times.length + gaps.count)];
  const first = times[0]!;
  let at = 0;
  for (const [row, time] of times.entries()) {
    const next = times[row + 1] ?? time + rowSeconds;
    const isGap = next - time > GAP_ROWS * rowSeconds;
    const end = isGap ? time + rowSeconds : next;
    ends[at] = end - first;
    rates[at++] = values[row]! / (end - time);
    if (isGap) ends[at++] = next - first;
  }
  return new Trace(ends, rates);
}

/** When each row ends: where the next one begins. */
function endsOf(times: Float64Array, rowSeconds: number): Float64Array {
  const first = times[0]!;
  const last = times.length > 1 ? times.at(-1)! - times.at(-2)! : rowSeconds;
  const lastEnd = times.at(-1)! - first + Math.min(last, GAP_ROWS * rowSeconds);
  for (let row = 0; row + 1 < times.length; row++) times[row] = times[row + 1]! - first;
  times[times.length - 1] = lastEnd;
  return times;
}

interface Gaps {
  readonly count: number;
  readonly seconds: number;
}

function gapsOf(times: Float64Array, rowSeconds: number): Gaps {
  let [count, seconds] = [0, 0];
  for (let row = 1; row < times.length; row++) {
    const apart = times[row]! - times[row - 1]!;
    if (apart <= GAP_ROWS * rowSeconds) continue;
    count += 1;
    seconds += apart - rowSeconds;
  }
  return { count, seconds };
}

function gapRemark({ count, seconds }: Gaps, value: RecordedValue): string {
  const gaps = count === 1 ? 'a gap' : `${count} gaps`;
  const assumed = value.kind === 'count' ? 'no requests are assumed there' : 'the value before it is assumed there';
  return `the recording has ${gaps} of ${formatDuration(Math.round(seconds))} in all, where rows are missing: ${assumed}`;
}

/** The median of the time between rows; 1 for a single row. */
function usualRowSeconds(times: Float64Array): number {
  if (times.length < 2) return 1;
  // as precise with a sample of a long recording.
  const step = Math.max(1, Math.floor((times.length - 1) / 10_000));
  const apart: number[] = [];
  for (let row = 1; row < times.length; row += step) apart.push(times[row]! - times[row - 1]!);
  apart.sort((a, b) => a - b);
  return apart[Math.floor(apart.length / 2)]!;
}

function sortByTime(times: Float64Array, values: Float64Array): void {
  if (isSorted(times)) return;
  if (isSorted(times.slice().reverse())) {
    times.reverse();
    values.reverse();
    return;
  }
  const order = Uint32Array.from(times, (_, row) => row).sort((a, b) => times[a]! - times[b]! || a - b);
  const [unsortedTimes, unsortedValues] = [times.slice(), values.slice()];
  for (let row = 0; row < order.length; row++) {
    times[row] = unsortedTimes[order[row]!]!;
    values[row] = unsortedValues[order[row]!]!;
  }
}

function isSorted(times: Float64Array): boolean {
  for (let row = 1; row < times.length; row++) if (times[row]! < times[row - 1]!) return false;
  return true;
}
