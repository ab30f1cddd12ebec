import { InputError } from '../parse/input-error';
import { isJsonObject } from '../parse/json-fields';
import type { Iteration, KnownIteration } from './iteration';
import { parseK6 } from './k6';
import { parseLocust } from './locust';
import { isMetricsJson, readMetricsJson } from './recorded/metrics-json';
import { parseTrace } from './recorded/recorded-csv';
import type { Traffic } from './traffic-phases';

/** A file format of another tool that traffic is read from. */
export interface TrafficFormat {
  /** For the help of `--traffic`. */
  readonly name: string;
  /** In `a k6 file`. */
  readonly shortName: string;
  /** The extensions of its files. */
  readonly extensions: readonly string[];
  /** What it cannot know, so that it must be given or is assumed; empty if it knows all. */
  readonly leavesOpen: string;
  /** The numbers of an iteration that its text does not have, so that they must be given; the others have no effect. */
  readonly iterationFields: readonly (keyof Iteration)[];
  /** Whether a text is in this format. At most one format recognizes a text. */
  readonly looksLike: (text: string) => boolean;
  /** @throws InputError with an error for each part that cannot be read. */
  readonly parse: (text: string, iteration: KnownIteration) => Traffic;
}

/** The numbers of an iteration that are in a script, and not in the settings of a test. */
export const ITERATION_FIELDS: readonly (keyof Iteration)[] = ['thinkSeconds', 'pacingSeconds', 'requestsPerIteration'];

const TRACE: TrafficFormat = {
  name: 'a recording as CSV',
  shortName: 'CSV',
  extensions: ['csv', 'txt', 'tsv'],
  leavesOpen: 'how many users there were, if its values are requests',
  iterationFields: [],
  looksLike: looksLikeTable,
  parse: parseTrace,
};

/** Every format of text once. A new format is a row here and a file with its parser: help, errors and the API read it from here. */
export const TRAFFIC_FORMATS: readonly TrafficFormat[] = [
  {
    name: 'k6 options',
    shortName: 'k6',
    extensions: ['json'],
    leavesOpen: 'how long an iteration sleeps, and how many requests it sends',
    iterationFields: ITERATION_FIELDS,
    looksLike: (text) => hasFields(text, K6_FIELDS),
    parse: parseK6,
  },
  {
    name: 'a Locust test',
    shortName: 'Locust',
    extensions: ['json'],
    leavesOpen: 'how long its users wait, and how many requests a task sends',
    iterationFields: ITERATION_FIELDS,
    looksLike: (text) => hasFields(text, LOCUST_FIELDS),
    parse: parseLocust,
  },
  {
    name: 'a metric of CloudWatch or Prometheus',
    shortName: 'metric',
    extensions: ['json'],
    leavesOpen: 'how many users there were',
    iterationFields: [],
    looksLike: (text) => isMetricsJson(jsonOf(text)),
    parse: (text) => readMetricsJson(jsonOf(text)),
  },
  TRACE,
];

const K6_FIELDS = /^(scenarios|stages|vus|duration|iterations)$/i;
const LOCUST_FIELDS = /^(users|spawn[_-]?rate|hatch[_-]?rate|run[_-]?time)$/i;

/** The format of a text; undefined for the traffic grammar. */
export function trafficFormatOf(text: string): TrafficFormat | undefined {
  const matching = TRAFFIC_FORMATS.filter(({ looksLike }) => looksLike(text));
  // the stages of a Locust test are named like those of k6.
  return matching.find(({ shortName }) => shortName === 'Locust') ?? matching[0];
}

/**
 * Reads traffic from the text of a file, whose format shows in the text.
 *
 * @throws InputError with an error for each part that cannot be read; a text in no format gets the errors of a trace.
 */
export function importTraffic(text: string, iteration: KnownIteration): Traffic {
  const format = trafficFormatOf(text);
  if (format !== undefined) return format.parse(text, iteration);
  if (!isJson(text)) return TRACE.parse(text, iteration);
  const problem = jsonOf(text) === undefined ? 'is no complete JSON' : 'is JSON of another kind';
  throw new InputError([`the text ${problem}: traffic is read from k6 options, a Locust test, or a metric of CloudWatch or Prometheus`]);
}

function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** The value of JSON; undefined for other text. The same text is often looked at several times. */
function jsonOf(text: string): unknown {
  if (!isJson(text)) return undefined;
  if (text !== lastText) {
    lastText = text;
    try {
      lastValue = JSON.parse(text);
    } catch {
      lastValue = undefined;
    }
  }
  return lastValue;
}

let lastText = '';
let lastValue: unknown;

/** Whether JSON has one of some fields: the object, one of its stages, or the objects of a list. */
function hasFields(text: string, names: RegExp): boolean {
  const value = jsonOf(text);
  const stages = isJsonObject(value) && Array.isArray(value['stages']) ? value['stages'] : [];
  const objects = [value, ...(Array.isArray(value) ? value : stages)].filter(isJsonObject);
  return objects.some((object) => Object.keys(object).some((name) => names.test(name)));
}

/** A header, or a time and a number, in the first lines; not the traffic grammar. */
function looksLikeTable(text: string): boolean {
  if (isJson(text)) return false;
  const lines = text
    .slice(0, 4000)
    .split(/\r?\n/, 12)
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.some((line) => /^\s*[\d.eE+-]+\s*[,;\t]\s*[\d.eE+-]+\s*$/.test(line))) return true;
  return lines.length > 1 && lines.slice(0, 8).some((line) => /^"?\d[\d\-/: .TZ+]*"?[,;\t]/.test(line));
}
