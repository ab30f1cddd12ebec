import type { RecordedValue } from './recorded-series';

/** The columns of a recording that its traffic is read from. */
export interface RecordedColumns {
  readonly timeIndex: number;
  readonly valueIndex: number;
  readonly value: RecordedValue;
  /** The seconds of a unit of time; undefined if the values show it. */
  readonly timeUnitSeconds?: number;
  /** A column that must have a text, for a table with rows of several things. */
  readonly filter?: { readonly index: number; readonly text: string };
  readonly remark?: string;
}

/** What a column is, by the words of its name; the first that matches. */
const VALUE_WORDS: readonly (readonly [pattern: RegExp, value: RecordedValue | 'other'])[] = [
  [
    /\b(latency|latencies|response time|duration|elapsed|cpu|memory|mem|bytes?|kb|mb|size|fail\w*|errors?|\d?xx|status|code|p?\d\d|\d+ ?%|percent\w*)\b/,
    'other',
  ],
  [/\b(krps|kqps)\b|\bk (?:req\w* )?per s/, { kind: 'rate', factor: 1000 }],
  [/\b(rpm|rpmin|qpm)\b|\bper min(ute)?s?\b/, { kind: 'rate', factor: 1 / 60 }],
  [/\b(rph|qph)\b|\bper h(ou)?rs?\b|\bhourly\b/, { kind: 'rate', factor: 1 / 3600 }],
  [/\b(rpd|qpd)\b|\bper days?\b|\bdaily\b/, { kind: 'rate', factor: 1 / 86_400 }],
  [/\b(rps|qps|tps|hps|throughput|rate)\b|\bper s(ec(ond)?s?)?\b/, { kind: 'rate', factor: 1 }],
  [/\b(users?|vus|concurrency|concurrent|threads|clients)\b/, { kind: 'users' }],
  [
    /\b(requests?|reqs?|counts?|hits?|views?|pageviews|sum|total|visits?|invocations?|calls?|volume|queries|transactions|sessions|num)\b/,
    { kind: 'count' },
  ],
];

const TIME_WORDS =
  /^(t|ts|x|s|sec|secs|seconds?|ms|millis|milliseconds?|us|ns|min|mins|minutes?|h|hrs?|hours?|days?|when|epoch|unix|period|start|begin|bucket|interval|elapsed)\b|\b(times?|timestamps?|datetime|dates?)\b/;

const TIME_UNITS: readonly (readonly [pattern: RegExp, seconds: number])[] = [
  [/\b(ms|millis|milliseconds?)\b/, 0.001],
  [/\b(us|micros|microseconds?)\b/, 1e-6],
  [/\b(ns|nanos|nanoseconds?)\b/, 1e-9],
  [/\b(min|mins|minutes?)\b/, 60],
  [/\b(h|hrs?|hours?)\b/, 3600],
  [/\bdays?\b/, 86_400],
];

/** A name as words: `requestsPerSecond`, `requests/s` and `requests_per_s` are alike. */
function wordsOf(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\//g, ' per ')
    .replace(/[^a-z0-9%]+/g, ' ')
    .trim();
}

function recordedValueOf(words: string): RecordedValue | 'other' | undefined {
  return VALUE_WORDS.find(([pattern]) => pattern.test(words))?.[1];
}

/** Finds the columns in a header; a text says why there are none. */
export function columnsOf(header: readonly string[]): RecordedColumns | string {
  const words = header.map(wordsOf);
  const timeIndex = words.findIndex((name) => TIME_WORDS.test(name) && recordedValueOf(name) === undefined);
  const locust = locustColumns(words, timeIndex);
  if (locust !== undefined) return locust;
  const candidates = words.map((name, index) => ({ index, value: index === timeIndex ? undefined : recordedValueOf(name) }));
  const best = (['rate', 'count', 'users'] as const)
    .map((kind) => candidates.filter(({ value }) => typeof value === 'object' && value.kind === kind))
    .find((list) => list.length > 0);
  if (best === undefined) return unnamedColumns(header, words, timeIndex);
  if (best.length > 1) return `a recording must have one column of requests, got ${best.length}: keep the one of the service`;
  const [{ index, value }] = best as [{ index: number; value: RecordedValue }];
  const otherIndex = index === 0 ? 1 : 0;
  const time = timeIndex >= 0 ? timeIndex : otherIndex;
  if (header.length < 2) return "a recording must have a column of times beside its values, such as 'time,rps'";
  if (timeIndex < 0 && header.length > 2) return "the header of a recording must name its times, such as 'time,rps'";
  return { timeIndex: time, valueIndex: index, value, timeUnitSeconds: timeUnitOf(words[time]!) };
}

/** Two columns, of which the second has an unknown name. */
function unnamedColumns(header: readonly string[], words: readonly string[], timeIndex: number): RecordedColumns | string {
  const valueIndex = timeIndex === 1 ? 0 : 1;
  if (header.length !== 2 || recordedValueOf(words[valueIndex]!) === 'other' || timeIndex < 0)
    return "the header of a recording must name its columns: a time, and rps, requests (a count for each row) or users, such as 'time,rps'";
  return {
    timeIndex,
    valueIndex,
    value: { kind: 'rate', factor: 1 },
    timeUnitSeconds: timeUnitOf(words[timeIndex]!),
    remark:
      "the header of the recording does not say what its values are: they are taken as requests per second; name the column 'requests' if it counts them for each row",
  };
}

/** The history that Locust writes has a row for each request and one for all. */
function locustColumns(words: readonly string[], timeIndex: number): RecordedColumns | undefined {
  const [nameIndex, valueIndex] = [words.indexOf('name'), words.indexOf('requests per s')];
  if (nameIndex < 0 || valueIndex < 0 || timeIndex < 0 || !words.includes('user count')) return undefined;
  return { timeIndex, valueIndex, value: { kind: 'rate', factor: 1 }, filter: { index: nameIndex, text: 'Aggregated' } };
}

function timeUnitOf(words: string): number | undefined {
  return TIME_UNITS.find(([pattern]) => pattern.test(words))?.[1];
}
