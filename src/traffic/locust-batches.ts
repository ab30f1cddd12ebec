import { type KnownIteration, waitsPerRequest } from './iteration';
import type { TrafficPhase } from './traffic-phases';

/** Users that Locust goes to at a spawn rate, until a second of the test. */
export interface LocustStage {
  readonly endSeconds: number;
  readonly users: number;
  readonly spawnRate: number;
}

/** More than the rounding error of a time. */
const ROUNDING_ERROR_SECONDS = 1e-9;

/**
 * The phases of stages, one after the other. Locust starts and stops users in batches: the first one at once, and the others a second
 * apart, or longer where the spawn rate is below one user per second. A stage that ends before its users are there ends with fewer.
 */
export function phasesOfStages(stages: readonly LocustStage[], iteration: KnownIteration): TrafficPhase[] {
  const waits = waitsPerRequest(iteration);
  const phases: TrafficPhase[] = [];
  let users = 0;
  let startSeconds = 0;
  for (const stage of mergedStages(stages)) {
    const seconds = stage.endSeconds - startSeconds;
    const steps = stepsOf(users, stage, seconds);
    phases.push(...steps.phases.map((phase) => ({ kind: 'users' as const, ...phase, ...waits })));
    users = steps.users;
    startSeconds = stage.endSeconds;
  }
  return phases.filter((phase) => phase.durationSeconds > 0);
}

/** Stages with the same users and spawn rate are one: Locust goes on with what it has begun. */
function mergedStages(stages: readonly LocustStage[]): LocustStage[] {
  const merged: LocustStage[] = [];
  for (const stage of stages) {
    const last = merged.at(-1);
    if (last?.users === stage.users && last.spawnRate === stage.spawnRate) merged.pop();
    merged.push(stage);
  }
  return merged;
}

type Step = Pick<TrafficPhase, 'from' | 'to' | 'durationSeconds' | 'stepSeconds'>;

/** The steps from a number of users, and the users at the end. */
function stepsOf(from: number, { users, spawnRate }: LocustStage, seconds: number): { readonly phases: Step[]; readonly users: number } {
  const batch = Math.max(1, Math.floor(spawnRate));
  const stepSeconds = batch / spawnRate;
  const direction = Math.sign(users - from);
  const batchesNeeded = Math.ceil(Math.abs(users - from) / batch);
  const batchesPossible = Math.floor((seconds - ROUNDING_ERROR_SECONDS) / stepSeconds) + 1;
  const isReached = batchesNeeded <= batchesPossible;
  // the last batch, which may be smaller, begins the rest.
  const ramp = isReached ? Math.max(0, batchesNeeded - 1) : batchesPossible;
  const rampSeconds = isReached ? ramp * stepSeconds : seconds;
  const first = from + direction * batch;
  const end = isReached ? users : from + direction * batch * batchesPossible;
  return {
    phases: [
      rampOf(first, first + (direction * batch * rampSeconds) / stepSeconds, rampSeconds, stepSeconds),
      { from: end, to: end, durationSeconds: isReached ? seconds - rampSeconds : 0 },
    ],
    users: end,
  };
}

function rampOf(from: number, to: number, durationSeconds: number, stepSeconds: number): Step {
  // one step does not change.
  if (durationSeconds <= stepSeconds + ROUNDING_ERROR_SECONDS) return { from, to: from, durationSeconds };
  return { from, to: Math.max(0, to), durationSeconds, stepSeconds };
}
