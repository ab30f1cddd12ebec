import type { Ramp } from './ramp';
import { startOfPhase, type TrafficPhase, withoutSteps } from './traffic-phases';

/** Consecutive phases that start at a given time and may overlap other loads. */
export interface TimedLoad {
  readonly name: string;
  readonly startSeconds: number;
  readonly phases: readonly TrafficPhase[];
}

/** A phase with its start and its end. */
interface TimedPhase {
  readonly name: string;
  readonly phase: TrafficPhase;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * Sums loads that run at the same time: users with users, and rates with rates; a sum of both has users with a rate beside them. Gaps have
 * no users. Where phases overlap, the sum has a think time with which its users send as many requests as those of all phases.
 */
export function sumLoads(loads: readonly TimedLoad[]): TrafficPhase[] {
  if (loads.length === 1 && loads[0]!.startSeconds === 0) return [...loads[0]!.phases];
  const timed = loads.flatMap(timedPhases);
  const boundaries = [...new Set([0, ...timed.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])])].sort(
    (a, b) => a - b,
  );
  const phases: TrafficPhase[] = [];
  for (const [index, start] of boundaries.slice(0, -1).entries()) {
    const end = boundaries[index + 1]!;
    const active = timed.filter(({ startSeconds, endSeconds }) => startSeconds <= start && endSeconds >= end);
    const ofKind = (kind: TrafficPhase['kind']): TimedPhase[] => active.filter(({ phase }) => phase.kind === kind);
    const users = ofKind('users');
    const rates = ofKind('rps');
    const sum = sumOf(users.length > 0 ? users : active, start, end);
    phases.push(users.length > 0 && rates.length > 0 ? { ...sum, requestsPerSecondBeside: rampOf(rates, start, end) } : sum);
  }
  return phases;
}

/** Loads of which each starts once the one before has ended, at a time of that end and of its own start. */
export function oneAfterTheOther(
  loads: readonly TimedLoad[],
  startAt: (endSeconds: number, ownStartSeconds: number) => number,
): TimedLoad[] {
  let endSeconds = 0;
  return loads.map((load) => {
    const later = { ...load, startSeconds: startAt(endSeconds, load.startSeconds) };
    endSeconds = endOf(later);
    return later;
  });
}

/** When a load ends. */
export function endOf({ startSeconds, phases }: TimedLoad): number {
  return phases.reduce((end, { durationSeconds }) => toMicrosecond(end + durationSeconds), startSeconds);
}

/** With more steps than this, a phase is summed as a linear ramp. */
const MAX_STEPS = 1000;

/** The phases of a load with their times. A phase with steps is one constant phase for each of them. */
function timedPhases({ name, startSeconds, phases }: TimedLoad): TimedPhase[] {
  let start = startSeconds;
  return phases.flatMap((whole) => {
    const wholeStartSeconds = start;
    let passedSeconds = 0;
    return withoutSteps(whole, MAX_STEPS).map((phase) => {
      passedSeconds += phase.durationSeconds;
      const timed = { name, phase, startSeconds: start, endSeconds: toMicrosecond(wholeStartSeconds + passedSeconds) };
      start = timed.endSeconds;
      return timed;
    });
  });
}

/** Rounds to microseconds: sums of decimals have rounding errors, and equal times must stay equal. */
function toMicrosecond(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}

function sumOf(active: readonly TimedPhase[], start: number, end: number): TrafficPhase {
  const first = active[0]?.phase;
  const ramps = active.filter(({ phase }) => phase.from !== phase.to).map(({ phase }) => phase);
  return {
    kind: first?.kind ?? 'users',
    ...rampOf(active, start, end),
    ...meanWaits(active, (start + end) / 2),
    durationSeconds: end - start,
    ...(ramps.some(({ isOneByOne }) => isOneByOne === true) ? { isOneByOne: true } : {}),
  };
}

function rampOf(active: readonly TimedPhase[], start: number, end: number): Ramp {
  const sumAt = (seconds: number): number => active.reduce((sum, each) => sum + valueAt(each, seconds), 0);
  return { from: sumAt(start), to: sumAt(end) };
}

/** About as long as a response takes: users who do not wait send their requests so far apart. */
const RESPONSE_SECONDS = 0.05;

/** The waits with which all users together send as many requests as each of them with its own. */
function meanWaits(active: readonly TimedPhase[], atSeconds: number): Pick<TrafficPhase, 'thinkSeconds' | 'pacingSeconds'> {
  const waits = active.map(({ phase }) => ({ thinkSeconds: phase.thinkSeconds, pacingSeconds: phase.pacingSeconds }));
  const [first = { thinkSeconds: 0 }] = waits;
  if (waits.every(({ thinkSeconds, pacingSeconds }) => thinkSeconds === first.thinkSeconds && pacingSeconds === waits[0]!.pacingSeconds)) {
    return first;
  }
  const users = active.reduce((sum, each) => sum + valueAt(each, atSeconds), 0);
  const perSecond = active.reduce((sum, each) => sum + valueAt(each, atSeconds) / cycleSeconds(each.phase), 0);
  return { thinkSeconds: users === 0 ? first.thinkSeconds : Math.max(0, users / perSecond - RESPONSE_SECONDS) };
}

function cycleSeconds({ thinkSeconds, pacingSeconds = 0 }: TrafficPhase): number {
  return Math.max(thinkSeconds + RESPONSE_SECONDS, pacingSeconds);
}

function valueAt({ phase, startSeconds }: TimedPhase, seconds: number): number {
  // rounding errors can make it negative.
  return Math.max(0, phase.from + ((phase.to - phase.from) * (seconds - startSeconds)) / phase.durationSeconds);
}

/** The phases before a second, at which the last one is cut. */
export function phasesUntil(phases: readonly TrafficPhase[], endSeconds: number): TrafficPhase[] {
  let startSeconds = 0;
  return phases.flatMap((phase) => {
    const seconds = Math.min(phase.durationSeconds, endSeconds - startSeconds);
    startSeconds += phase.durationSeconds;
    if (seconds <= 0) return [];
    return [startOfPhase(phase, seconds)];
  });
}
