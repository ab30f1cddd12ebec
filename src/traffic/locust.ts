import { parseDurationSeconds } from '../parse/durations';
import { throwIfAny } from '../parse/input-error';
import { type FieldReader, fieldReaderOf, parseJsonObject } from '../parse/json-fields';
import type { Traffic, TrafficPhase } from './traffic-phases';
import { trafficErrors } from './traffic-validation';

const EXAMPLE = '{"users": 50, "spawn_rate": 5, "run_time": "3m"} or {"stages": [{"duration": 60, "users": 10, "spawn_rate": 5}]}';

/**
 * Reads a load test of Locust, as JSON: users, spawn rate and run time, or the stages of a `LoadTestShape`, whose durations
 * count from the start of the test as they do there. Users come, and go, at the spawn rate.
 *
 * @param thinkSeconds the average of `wait_time`, which is in the script of the test.
 * @throws InputError with an error for each part that cannot be read.
 */
export function parseLocust(text: string, thinkSeconds: number): Traffic {
  const errors: string[] = [];
  const json = text.trimStart().startsWith('[') ? `{"stages": ${text}}` : text;
  const test = fieldReaderOf(parseJsonObject(json, 'a Locust test', EXAMPLE), 'the Locust test', errors);
  const stages = test.has('stages') ? test.objects('stages').map(({ reader }) => stageOf(reader, 'duration')) : [stageOf(test, 'run_time')];
  const phases = errors.length === 0 ? phasesOf(stages, thinkSeconds, errors) : [];
  throwIfAny(errors);
  throwIfAny(trafficErrors({ phases }));
  return { phases };
}

interface Stage {
  readonly endSeconds: number;
  readonly users: number;
  readonly spawnRate: number;
}

function stageOf(reader: FieldReader, duration: 'duration' | 'run_time'): Stage {
  const spawnRate = reader.nonNegativeNumber('spawn_rate', 1);
  if (spawnRate === 0) reader.addError('spawn_rate must be above 0, got 0');
  return { endSeconds: reader.durationSeconds(duration, secondsOf), users: reader.nonNegativeNumber('users'), spawnRate };
}

function phasesOf(stages: readonly Stage[], thinkSeconds: number, errors: string[]): TrafficPhase[] {
  const phases: TrafficPhase[] = [];
  let users = 0;
  let startSeconds = 0;
  for (const stage of stages) {
    const seconds = stage.endSeconds - startSeconds;
    if (!(seconds > 0))
      errors.push(`the durations of stages count from the start and must grow, got ${stage.endSeconds} after ${startSeconds}`);
    const rampSeconds = Math.min(seconds, Math.abs(stage.users - users) / stage.spawnRate);
    const usersReached = users + Math.sign(stage.users - users) * rampSeconds * stage.spawnRate;
    phases.push(
      { kind: 'users', from: users, to: usersReached, thinkSeconds, durationSeconds: rampSeconds },
      { kind: 'users', from: usersReached, to: usersReached, thinkSeconds, durationSeconds: seconds - rampSeconds },
    );
    users = usersReached;
    startSeconds = stage.endSeconds;
  }
  return phases.filter((phase) => phase.durationSeconds > 0);
}

/** Reads a duration of Locust: `1h30m`, or a number of seconds. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const text = String(value);
  return /^\d+$/.test(text) ? Number(text) : parseDurationSeconds(text);
}
