import { InputError } from '../../parse/input-error';
import type { Traffic } from '../traffic-phases';
import { splitCells } from './cells';
import { trafficOfSeries } from './recorded-series';
import { epochUnitSeconds, RecordedTimes } from './recorded-times';

/** Reads tables whose rows must be summed; undefined for any other text. */
export function aggregatedCsv(text: string): Traffic | undefined {
  const end = text.indexOf('\n');
  const header = text.slice(0, end < 0 ? Math.min(text.length, 50_000) : end).trim();
  if (/^"?metric_name"?,"?timestamp"?,"?metric_value"?/.test(header)) return k6Samples(text);
  if (/^"?HashOwner"?,/i.test(header)) return minuteColumns(text, header);
  if (/^"?(timestamp|time|date|datetime|ts|@timestamp)"?$/i.test(header)) return timesOfRequests(text);
  return undefined;
}

/** The samples that `k6 run --out csv` writes: a row for each value of each metric. */
function k6Samples(text: string): Traffic {
  const times = new RecordedTimes();
  const counts = new Map<number, number>();
  forEachLine(text, (line) => {
    if (!line.startsWith('http_reqs,')) return;
    const [, time, value] = line.split(',', 3);
    const second = secondOf(time!, times);
    counts.set(second, (counts.get(second) ?? 0) + Number(value));
  });
  return trafficOfCounts(counts, 1, 'the samples of k6 must have http_reqs, got none');
}

/** A row for each function, and a column for each minute of a day, as Azure publishes invocations. */
function minuteColumns(text: string, header: string): Traffic {
  const names = splitCells(header, ',');
  const minutes = names.flatMap((name, index) => (/^\d+$/.test(name) ? [{ index, minute: Number(name) }] : []));
  const counts = new Map<number, number>(minutes.map(({ minute }) => [minute * 60, 0]));
  let isHeader = true;
  forEachLine(text, (line) => {
    if (isHeader) {
      isHeader = false;
      return;
    }
    const cells = splitCells(line, ',');
    for (const { index, minute } of minutes) counts.set(minute * 60, counts.get(minute * 60)! + Number(cells[index] ?? 0));
  });
  return trafficOfCounts(counts, 60, 'a table of minutes must have columns 1, 2, 3 and so on, got none');
}

/** A row for each request, with its time. */
function timesOfRequests(text: string): Traffic {
  const counts = new Map<number, number>();
  const times = new RecordedTimes();
  let lineNumber = 0;
  forEachLine(text, (line) => {
    lineNumber += 1;
    if (lineNumber === 1) return;
    const second = secondOf(line, times);
    if (Number.isNaN(second))
      throw new InputError([`line ${lineNumber}: a time must be seconds or a date such as 2026-11-28 10:00:00, got text`]);
    counts.set(second, (counts.get(second) ?? 0) + 1);
  });
  return trafficOfCounts(counts, 1, 'a recording must have at least one row, got none');
}

/** The traffic of counts by the second at which each period begins. Where there is none, there were no requests. */
export function trafficOfCounts(counts: ReadonlyMap<number, number>, periodSeconds: number, errorIfEmpty: string): Traffic {
  if (counts.size === 0) throw new InputError([errorIfEmpty]);
  const seconds = [...counts.keys()];
  const [first, last] = seconds.reduce(
    ([low, high], second) => [Math.min(low, second), Math.max(high, second)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const rows = Math.round((last - first) / periodSeconds) + 1;
  if (rows > MAX_ROWS)
    throw new InputError([`a recording must be of at most 31 days, got requests ${Math.round((last - first) / 86_400)} days apart`]);
  const times = Float64Array.from({ length: rows }, (_, row) => first + row * periodSeconds);
  const values = Float64Array.from(times, (time) => counts.get(time) ?? 0);
  return trafficOfSeries({ times, values, value: { kind: 'count' }, periodSeconds });
}

const MAX_ROWS = 31 * 86_400 + 1;

function secondOf(text: string, times: RecordedTimes): number {
  const trimmed = text.trim().replace(/^"|"$/g, '');
  const number = trimmed === '' ? Number.NaN : Number(trimmed);
  return Math.floor(Number.isNaN(number) ? times.secondsOf(trimmed) : number * epochUnitSeconds(number));
}

function forEachLine(text: string, read: (line: string) => void): void {
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf('\n', from);
    const to = next < 0 ? text.length : next;
    const line = text.slice(from, to).trim();
    if (line !== '') read(line);
    from = to + 1;
  }
}
