import { parseDurationSeconds } from '../parse/durations';
import { throwIfAny } from '../parse/input-error';
import { type FieldReader, fieldReaderOf, parseJsonObject } from '../parse/json-fields';
import { sumLoads, type TimedLoad } from './sum-loads';
import type { Traffic, TrafficPhase } from './traffic-phases';
import { trafficErrors } from './traffic-validation';

/**
 * Reads the `options` of a k6 script as JSON: `stages`, `vus` with `duration`, or `scenarios`. The loads of several scenarios are summed.
 *
 * The script of a virtual user is not read: the sleep and the number of requests of an iteration must be given.
 *
 * @throws InputError with an error for each part that cannot be read.
 */
export function parseK6(text: string, iteration: Iteration): Traffic {
  const errors = iterationErrors(iteration);
  const k6Options = parseJsonObject(text, 'the k6 options', '{"stages": [{"duration": "1m", "target": 100}]}');
  const loads = timedLoadsOf(fieldReaderOf(k6Options, 'k6 options', errors), iteration);
  const phases = errors.length === 0 ? sumLoads(loads, errors) : [];
  throwIfAny(errors);
  throwIfAny(trafficErrors({ phases }));
  return { phases };
}

function timedLoadsOf(k6Options: FieldReader, iteration: Iteration): TimedLoad[] {
  if (k6Options.has('scenarios')) {
    return k6Options.objects('scenarios').map(({ name, reader }) => timedLoadOf(`k6 scenario '${name}'`, reader, iteration));
  }
  if (k6Options.has('stages'))
    return [timedLoadOf('k6 options', k6Options.with({ executor: 'ramping-vus', startVUs: k6Options.value('vus') }), iteration)];
  if (k6Options.has('duration')) return [timedLoadOf('k6 options', k6Options.with({ executor: 'constant-vus' }), iteration)];
  k6Options.addError(`k6 options must have scenarios with the executors ${EXECUTORS.join(', ')}, or stages, or vus and duration`);
  return [];
}

/** One step of a k6 scenario, in the units of k6: virtual users, or iterations per time unit. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly durationSeconds: number;
}

/** Reads the steps of each executor whose load is known beforehand. Other executors end with their iterations, or are controlled from outside. */
const STEP_READERS: Readonly<Record<string, (reader: FieldReader) => Step[]>> = {
  'ramping-vus': (reader) => readStages(reader, reader.nonNegativeNumber('startVUs', 1)),
  'constant-vus': (reader) => [constantStep(reader.nonNegativeNumber('vus', 1), readSeconds(reader, 'duration'))],
  'ramping-arrival-rate': (reader) => readStages(reader, reader.nonNegativeNumber('startRate', 0)),
  'constant-arrival-rate': (reader) => [constantStep(reader.nonNegativeNumber('rate'), readSeconds(reader, 'duration'))],
};

/** The names of the executors that can be read. */
export const EXECUTORS: readonly string[] = Object.keys(STEP_READERS);

/** The phases of one scenario of k6. */
export function timedLoadOf(name: string, reader: FieldReader, iteration: Iteration): TimedLoad {
  const executor = String(reader.value('executor'));
  const steps = Object.hasOwn(STEP_READERS, executor) ? STEP_READERS[executor] : undefined;
  if (steps === undefined) {
    reader.addError(`${name} must have one of the executors ${EXECUTORS.join(', ')}, whose load is known beforehand, got '${executor}'`);
    return { name, startSeconds: 0, phases: [] };
  }
  const toPhase = executor.endsWith('vus') ? toUsersPhase(iteration) : toRatePhase(iteration, readSeconds(reader, 'timeUnit', 1));
  return { name, startSeconds: readSeconds(reader, 'startTime', 0), phases: steps(reader).map(toPhase) };
}

/** A stage without a duration sets the value that the next stage starts from. */
function readStages(reader: FieldReader, start: number): Step[] {
  let from = start;
  return reader.objects('stages').flatMap(({ reader: stage }) => {
    const step = { from, to: stage.nonNegativeNumber('target'), durationSeconds: readSeconds(stage, 'duration') };
    from = step.to;
    return step.durationSeconds > 0 ? [step] : [];
  });
}

function constantStep(value: number, durationSeconds: number): Step {
  return { from: value, to: value, durationSeconds };
}

/** A user who makes several requests in an iteration sleeps a part of the time before each of them. */
function toUsersPhase({ thinkSeconds, requestsPerIteration }: Iteration): (step: Step) => TrafficPhase {
  return (step) => ({ kind: 'users', ...step, thinkSeconds: thinkSeconds / requestsPerIteration });
}

function toRatePhase({ requestsPerIteration }: Iteration, unitSeconds: number): (step: Step) => TrafficPhase {
  const factor = requestsPerIteration / unitSeconds;
  return ({ from, to, durationSeconds }) => ({ kind: 'rps', from: factor * from, to: factor * to, thinkSeconds: 0, durationSeconds });
}

/** Reads a duration of k6: `1m30s`, or a number of milliseconds. */
function readSeconds(reader: FieldReader, name: string, fallback?: number): number {
  const read = (value: unknown): number | undefined =>
    typeof value === 'number' ? value / 1000 : parseDurationSeconds(String(value).replaceAll('µs', 'us'));
  return reader.durationSeconds(name, read, fallback);
}

/** An iteration of a virtual user of a load test. It is in the script of the test, which is not read. */
export interface Iteration {
  /** How long a user sleeps in each iteration. */
  readonly thinkSeconds: number;
  /** The requests of an iteration. */
  readonly requestsPerIteration: number;
}

/** Returns an error for each number that is out of range. */
export function iterationErrors({ thinkSeconds, requestsPerIteration }: Iteration): string[] {
  return [
    ...(thinkSeconds >= 0 && Number.isFinite(thinkSeconds) ? [] : [`think time must be at least 0 seconds, got ${thinkSeconds}`]),
    ...(requestsPerIteration > 0 && Number.isFinite(requestsPerIteration)
      ? []
      : [`requests per iteration must be above 0, got ${requestsPerIteration}`]),
  ];
}
