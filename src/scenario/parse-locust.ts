import { refuse } from '../plan/invalid-input';
import { parseDurationSeconds } from './duration';
import { jsonObject, type Reader, readerOf } from './read-json';
import type { Traffic, TrafficPhase } from './traffic';
import { trafficMistakes } from './traffic-mistakes';

const EXAMPLE = '{"users": 50, "spawn_rate": 5, "run_time": "3m"} or {"stages": [{"duration": 60, "users": 10, "spawn_rate": 5}]}';

/**
 * Reads a load test of Locust, as JSON: users, spawn rate and run time, or the stages of a `LoadTestShape`, whose durations
 * count from the start of the test as they do there. Users come, and go, at the spawn rate.
 *
 * @param thinkSeconds what `wait_time` comes to on average; Locust has it in its script.
 * @throws InvalidInput with one sentence for each part that does not read.
 */
export function parseLocust(text: string, thinkSeconds: number): Traffic {
  const mistakes: string[] = [];
  const wrapped = text.trimStart().startsWith('[') ? `{"stages": ${text}}` : text;
  const test = readerOf(jsonObject(wrapped, 'a Locust test', EXAMPLE), 'the Locust test', mistakes);
  const stages = test.has('stages') ? test.objects('stages').map(({ reader }) => stageOf(reader, 'duration')) : [stageOf(test, 'run_time')];
  const phases = mistakes.length === 0 ? phasesOf(stages, thinkSeconds, mistakes) : [];
  refuse(mistakes);
  refuse(trafficMistakes({ phases }));
  return { phases };
}

interface Stage {
  readonly endSeconds: number;
  readonly users: number;
  readonly spawnRate: number;
}

function stageOf(reader: Reader, duration: 'duration' | 'run_time'): Stage {
  const spawnRate = reader.amount('spawn_rate', 1);
  if (spawnRate === 0) reader.refuse('spawn_rate must be above 0, got 0');
  return { endSeconds: reader.span(duration, secondsOf), users: reader.amount('users'), spawnRate };
}

function phasesOf(stages: readonly Stage[], thinkSeconds: number, mistakes: string[]): TrafficPhase[] {
  const phases: TrafficPhase[] = [];
  let users = 0;
  let startSeconds = 0;
  for (const stage of stages) {
    const seconds = stage.endSeconds - startSeconds;
    if (!(seconds > 0))
      mistakes.push(`the durations of stages count from the start and must grow, got ${stage.endSeconds} after ${startSeconds}`);
    const rampSeconds = Math.min(seconds, Math.abs(stage.users - users) / stage.spawnRate);
    const reached = users + Math.sign(stage.users - users) * rampSeconds * stage.spawnRate;
    phases.push(
      { kind: 'users', from: users, to: reached, thinkSeconds, durationSeconds: rampSeconds },
      { kind: 'users', from: reached, to: reached, thinkSeconds, durationSeconds: seconds - rampSeconds },
    );
    users = reached;
    startSeconds = stage.endSeconds;
  }
  return phases.filter((phase) => phase.durationSeconds > 0);
}

/** Locust takes `1h30m`, or a number of seconds. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const text = String(value);
  return /^\d+$/.test(text) ? Number(text) : parseDurationSeconds(text);
}
