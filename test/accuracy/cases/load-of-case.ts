import type { Traffic, TrafficPhase } from '../../../src/traffic/traffic-phases';
import type { CaseLoad } from './scaling-case';

/**
 * What a client itself takes between two requests of a user: in the five published Locust runs, users ÷ rate was 1 to 2.5 ms more than
 * the mean latency that the same client reported.
 */
const CLIENT_SECONDS: Readonly<Record<string, number>> = { locust: 0.002 };

/** The traffic of a case, and when it begins and ends. */
export interface LoadOfCase {
  readonly traffic: Traffic;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Reads the load of a case, and appends silence that lasts for some time. */
export function loadOfCase(load: CaseLoad, quietSeconds: number): LoadOfCase {
  const phases = phasesOf(load);
  const endSeconds = phases.reduce((seconds, phase) => seconds + phase.durationSeconds, 0);
  const kind = phases.at(-1)!.kind;
  const quiet: TrafficPhase[] = quietSeconds > 0 ? [{ kind, from: 0, to: 0, thinkSeconds: 0, durationSeconds: quietSeconds }] : [];
  const limit = load.generator_max_rps;
  const traffic = {
    phases: [...phases, ...quiet],
    ...(limit === undefined || limit === Number.POSITIVE_INFINITY ? {} : { clientLimitRequestsPerSecond: limit }),
  };
  return { traffic, startSeconds: 0, endSeconds };
}

/** Some seconds of the load of a case, its last value held. */
export function heldFor(load: CaseLoad, seconds: number): CaseLoad {
  return { ...load, phases: load.phases?.map((phase) => ({ ...phase, duration_s: seconds })) };
}

function phasesOf(load: CaseLoad): TrafficPhase[] {
  const thinkSeconds = (load.think_s ?? 0) + (CLIENT_SECONDS[load.tool?.split(' ')[0] ?? ''] ?? 0);
  const users = (from: number, to: number, durationSeconds: number): TrafficPhase => ({
    kind: 'users',
    from,
    to,
    thinkSeconds,
    durationSeconds,
  });
  const rate = (from: number, to: number, durationSeconds: number): TrafficPhase => ({
    kind: 'rps',
    from,
    to,
    thinkSeconds: 0,
    durationSeconds,
  });
  if (load.equivalent_open_rps !== undefined) return spawned(load, load.equivalent_open_rps, rate);
  if (load.phases)
    return load.phases.map(({ users: count, rps, duration_s }) =>
      count === undefined ? rate(rps!, rps!, duration_s) : users(count, count, duration_s),
    );
  if (load.stages) return staged(load.stages, users);
  if (load.ramp) return load.ramp.slice(1).map((point, index) => ramped(load.ramp![index]!, point, { users, rate }));
  if (load.square) return squared(load, users);
  if (load.users !== undefined) return spawned(load, load.users, users);
  throw new Error(`the load of a case must be phases, stages, a ramp, a square or users, got ${JSON.stringify(load)}`);
}

/** So long the last stage is held: no write-up says how long it was, and one instance is added every few minutes at most. */
const LAST_STAGE_SECONDS = 3600;

function staged(stages: NonNullable<CaseLoad['stages']>, users: Phase): TrafficPhase[] {
  const last = stages.at(-1)!.target;
  return [
    ...stages.map(({ target, duration_s }, index) => users(stages[index - 1]?.target ?? 0, target, duration_s)),
    users(last, last, LAST_STAGE_SECONDS),
  ];
}

type Phase = (from: number, to: number, durationSeconds: number) => TrafficPhase;

function ramped(
  from: { readonly t_s: number; readonly users?: number; readonly rps?: number },
  to: { readonly t_s: number; readonly users?: number; readonly rps?: number },
  { users, rate }: { readonly users: Phase; readonly rate: Phase },
): TrafficPhase {
  const seconds = to.t_s - from.t_s;
  return to.users === undefined ? rate(from.rps!, to.rps!, seconds) : users(from.users!, to.users, seconds);
}

function squared({ square }: CaseLoad, users: Phase): TrafficPhase[] {
  const { low_users, high_users, half_period_s, cycles } = square!;
  return Array.from({ length: cycles }, () => [
    users(low_users, low_users, half_period_s),
    users(high_users, high_users, half_period_s),
  ]).flat();
}

/** Users come at their spawn rate; what they ask for together grows with them. */
function spawned({ users, spawn_rate, duration_s }: CaseLoad, value: number, phase: Phase): TrafficPhase[] {
  const rampSeconds = spawn_rate === undefined ? 0 : users! / spawn_rate;
  const steady = phase(value, value, duration_s! - rampSeconds);
  return rampSeconds > 0 ? [phase(0, value, rampSeconds), steady] : [steady];
}
