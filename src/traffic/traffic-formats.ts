import { type Iteration, parseK6 } from './k6';
import { parseLocust } from './locust';
import { parseTrace } from './trace';
import type { Traffic } from './traffic-phases';

/** A file format of another tool that traffic is read from. */
export interface TrafficFormat {
  /** For the help of `--traffic`. */
  readonly name: string;
  /** In `a k6 file`. */
  readonly shortName: string;
  /** The extensions of its files. */
  readonly extensions: readonly string[];
  /** The numbers of an iteration that its text does not have, so that they must be given; the others have no effect. */
  readonly iterationFields: readonly (keyof Iteration)[];
  /** Whether a text is in this format. At most one format recognizes a text. */
  readonly looksLike: (text: string) => boolean;
  /** @throws InputError with an error for each part that cannot be read. */
  readonly parse: (text: string, iteration: Iteration) => Traffic;
}

const TRACE: TrafficFormat = {
  name: 'a trace t,rps',
  shortName: 'trace',
  extensions: ['csv', 'txt'],
  iterationFields: [],
  // two numbers in the first line, or in the second one below a header.
  looksLike: (text) => /^(?:[^\n]*\n)?\s*[\d.eE+-]+\s*,\s*[\d.eE+-]+\s*(?:\n|$)/.test(text),
  parse: parseTrace,
};

/** Every format once. A new format is a row here and a file with its parser: help, errors and the API read it from here. */
export const TRAFFIC_FORMATS: readonly TrafficFormat[] = [
  {
    name: 'k6 options',
    shortName: 'k6',
    extensions: ['json'],
    iterationFields: ['thinkSeconds', 'requestsPerIteration'],
    looksLike: (text) => isJson(text) && !hasLocustFields(text),
    parse: parseK6,
  },
  {
    name: 'a Locust test',
    shortName: 'Locust',
    extensions: ['json'],
    iterationFields: ['thinkSeconds', 'requestsPerIteration'],
    looksLike: (text) => isJson(text) && hasLocustFields(text),
    parse: (text, { thinkSeconds, requestsPerIteration }) => parseLocust(text, thinkSeconds / requestsPerIteration),
  },
  TRACE,
];

/** The format of a text; undefined for the traffic grammar. */
export function trafficFormatOf(text: string): TrafficFormat | undefined {
  return TRAFFIC_FORMATS.find(({ looksLike }) => looksLike(text));
}

/**
 * Reads traffic from the text of a file, whose format shows in the text.
 *
 * @throws InputError with an error for each part that cannot be read; a text in no format gets the errors of a trace.
 */
export function importTraffic(text: string, iteration: Iteration): Traffic {
  return (trafficFormatOf(text) ?? TRACE).parse(text, iteration);
}

function isJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

function hasLocustFields(text: string): boolean {
  return /"(spawn_rate|run_time)"/.test(text);
}
