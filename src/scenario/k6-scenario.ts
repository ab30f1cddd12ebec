import type { Strand } from './added-up';
import { parseDurationSeconds } from './duration';
import type { Iteration } from './iteration';
import type { Reader } from './read-json';
import type { TrafficPhase } from './traffic';

/** What one step of a k6 scenario is, in its own terms: virtual users, or iterations in a time unit. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly durationSeconds: number;
}

/** The executors that say what arrives when; the others end when their iterations are done, or are told from outside. */
const STEPS: Readonly<Record<string, (reader: Reader) => Step[]>> = {
  'ramping-vus': (reader) => stages(reader, reader.amount('startVUs', 1)),
  'constant-vus': (reader) => [constant(reader.amount('vus', 1), seconds(reader, 'duration'))],
  'ramping-arrival-rate': (reader) => stages(reader, reader.amount('startRate', 0)),
  'constant-arrival-rate': (reader) => [constant(reader.amount('rate'), seconds(reader, 'duration'))],
};

/** Their names. */
export const EXECUTORS: readonly string[] = Object.keys(STEPS);

/** The phases of one scenario of k6. */
export function strandOf(name: string, reader: Reader, iteration: Iteration): Strand {
  const executor = String(reader.raw('executor'));
  const steps = Object.hasOwn(STEPS, executor) ? STEPS[executor] : undefined;
  if (steps === undefined) {
    reader.refuse(`${name} must have one of the executors ${EXECUTORS.join(', ')}, whose load is known beforehand, got '${executor}'`);
    return { name, startSeconds: 0, phases: [] };
  }
  const toPhase = executor.endsWith('vus') ? usersPhase(iteration) : ratePhase(iteration, seconds(reader, 'timeUnit', 1));
  return { name, startSeconds: seconds(reader, 'startTime', 0), phases: steps(reader).map(toPhase) };
}

/** A stage of no duration sets where the next one begins. */
function stages(reader: Reader, start: number): Step[] {
  let from = start;
  return reader.objects('stages').flatMap(({ reader: stage }) => {
    const step = { from, to: stage.amount('target'), durationSeconds: seconds(stage, 'duration') };
    from = step.to;
    return step.durationSeconds > 0 ? [step] : [];
  });
}

function constant(value: number, durationSeconds: number): Step {
  return { from: value, to: value, durationSeconds };
}

/** A user who makes several requests in an iteration sleeps a part of the time before each of them. */
function usersPhase({ thinkSeconds, requestsPerIteration }: Iteration): (step: Step) => TrafficPhase {
  return (step) => ({ kind: 'users', ...step, thinkSeconds: thinkSeconds / requestsPerIteration });
}

function ratePhase({ requestsPerIteration }: Iteration, unitSeconds: number): (step: Step) => TrafficPhase {
  const factor = requestsPerIteration / unitSeconds;
  return ({ from, to, durationSeconds }) => ({ kind: 'rps', from: factor * from, to: factor * to, thinkSeconds: 0, durationSeconds });
}

/** k6 takes `1m30s`, or a number of milliseconds. */
function seconds(reader: Reader, name: string, fallback?: number): number {
  const read = (value: unknown): number | undefined =>
    typeof value === 'number' ? value / 1000 : parseDurationSeconds(String(value).replaceAll('µs', 'us'));
  return reader.span(name, read, fallback);
}
