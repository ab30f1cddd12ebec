import { formatDuration } from '../parse/durations';
import { partOfRamp, type Ramp, valueOfRamp } from './ramp';

/**
 * A phase of traffic. `users` are a closed load: each sends a request, waits for the response and the think time, and repeats. `rps` is
 * an open load: requests arrive at this rate however long the responses take. Both at once are users with a rate beside them.
 */
export interface TrafficPhase {
  readonly kind: 'users' | 'rps';
  /** Users or requests per second at the start. */
  readonly from: number;
  /** The same at the end. The phase is a linear ramp between the two. */
  readonly to: number;
  readonly thinkSeconds: number;
  readonly durationSeconds: number;
  /**
   * From a request of a user to its next one at least: a user whose response comes sooner waits for the rest.
   *
   * @default 0
   */
  readonly pacingSeconds?: number;
  /**
   * A ramp that changes only so often, to its value at that time, as Locust starts its users.
   *
   * @default - users are rounded, and a rate changes all the time
   */
  readonly stepSeconds?: number;
  /**
   * Whether a user of a ramp comes when the ramp has reached it, and goes when the ramp is down at the one before, as in k6.
   *
   * @default false, users are rounded
   */
  readonly isOneByOne?: boolean;
  /**
   * Requests per second that arrive beside those of the users, as a linear ramp over the phase.
   *
   * @default - none
   */
  readonly requestsPerSecondBeside?: Ramp;
}

/** Consecutive phases: an array, or a `Trace`, which takes less memory. */
export interface TrafficPhases extends Iterable<TrafficPhase> {
  readonly length: number;
  /** Their total duration, if it is known without summing. */
  readonly seconds?: number;
  at(index: number): TrafficPhase | undefined;
}

/** The load over time. */
export interface Traffic {
  readonly phases: TrafficPhases;
  /** The most requests per second that the load generator sends, whatever the phases ask for. */
  readonly clientLimitRequestsPerSecond?: number;
  /**
   * What the file that it was read from leaves open, and what was assumed.
   *
   * @default - nothing
   */
  readonly remarks?: readonly string[];
}

/** The load at one moment. */
export interface Load {
  readonly kind: 'users' | 'rps';
  /** The number of users, or requests per second. */
  readonly value: number;
  readonly thinkSeconds: number;
  /** From a request of a user to its next one at least; undefined for no minimum. */
  readonly pacingSeconds?: number;
  /** Requests per second that arrive beside those of the users; undefined for none. */
  readonly requestsPerSecondBeside?: number;
}

/** The first seconds of a phase. */
export function startOfPhase(phase: TrafficPhase, durationSeconds: number): TrafficPhase {
  const { durationSeconds: wholeSeconds, requestsPerSecondBeside: beside } = phase;
  const requestsPerSecondBeside = beside && partOfRamp(beside, 0, durationSeconds, wholeSeconds);
  return { ...phase, requestsPerSecondBeside, to: valueOfRamp(phase, durationSeconds, wholeSeconds), durationSeconds };
}

/** The value just before the end of a phase: steps do not reach the end of their ramp. */
export function reachedEnd(phase: TrafficPhase): number {
  return phase.stepSeconds === undefined ? phase.to : valueOfStep(phase, phase.stepSeconds, stepCount(phase, phase.stepSeconds) - 1);
}

/** A phase as constant phases, one for each of its steps. With more steps than the maximum, it is a ramp to the value that they reach. */
export function withoutSteps(phase: TrafficPhase, maxSteps: number): TrafficPhase[] {
  const { stepSeconds, isOneByOne: _, ...ramp } = phase;
  const { requestsPerSecondBeside: beside } = phase;
  if (stepSeconds === undefined) return [phase];
  const steps = stepCount(phase, stepSeconds);
  if (steps > maxSteps) return [{ ...ramp, to: reachedEnd(phase) }];
  return Array.from({ length: steps }, (__, step) => {
    const value = valueOfStep(phase, stepSeconds, step);
    const seconds = step === steps - 1 ? phase.durationSeconds - step * stepSeconds : stepSeconds;
    const startSeconds = step * stepSeconds;
    const requestsPerSecondBeside = beside && partOfRamp(beside, startSeconds, startSeconds + seconds, phase.durationSeconds);
    return { ...ramp, requestsPerSecondBeside, from: value, to: value, durationSeconds: seconds };
  });
}

/** The steps of a phase. One that would begin at its end is not among them. */
function stepCount({ durationSeconds }: TrafficPhase, stepSeconds: number): number {
  return Math.max(1, Math.ceil(durationSeconds / stepSeconds - ROUNDING_ERROR));
}

function valueOfStep({ kind, from, to, durationSeconds }: TrafficPhase, stepSeconds: number, step: number): number {
  const value = step === 0 ? from : from + ((to - from) * step * stepSeconds) / durationSeconds;
  return kind === 'users' ? Math.round(value) : value;
}

/** How long the traffic lasts. */
export function trafficSeconds(traffic: Traffic): number {
  if (traffic.phases.seconds !== undefined) return traffic.phases.seconds;
  let seconds = 0;
  for (const phase of traffic.phases) seconds += phase.durationSeconds;
  return seconds;
}

/** The load at a second of the scenario; the last value continues after the end. */
export function loadAt(traffic: Traffic, atSeconds: number): Load {
  return new LoadOverTime(traffic).at(atSeconds);
}

/** The load of a traffic, read at increasing seconds: each read takes constant time for traffic of any length. */
export class LoadOverTime {
  private index = 0;
  private phaseStartSeconds = 0;
  private phase: TrafficPhase;
  private lastLoad: Load;
  private lastAtSeconds = 0;

  /** @param traffic with at least one phase. */
  public constructor(private readonly traffic: Traffic) {
    this.phase = traffic.phases.at(0)!;
    this.lastLoad = loadWithin(this.phase, 0);
  }

  /**
   * The load at a second of the scenario; the last value continues after the end.
   *
   * @returns the same object while nothing changes, so that callers can cache what they derive from it.
   */
  public at(atSeconds: number): Load {
    if (atSeconds === this.lastAtSeconds) return this.lastLoad;
    this.lastAtSeconds = atSeconds;
    if (atSeconds < this.phaseStartSeconds) this.enterPhase(0, 0);
    for (let end = this.phaseEndSeconds; atSeconds >= end && this.index + 1 < this.traffic.phases.length; end = this.phaseEndSeconds) {
      this.enterPhase(this.index + 1, end);
    }
    const load = loadWithin(this.phase, Math.min(atSeconds - this.phaseStartSeconds, this.phase.durationSeconds));
    if (!isSameLoad(load, this.lastLoad)) this.lastLoad = load;
    return this.lastLoad;
  }

  /** The second until which the load does not change. Ramps change in whole seconds. */
  public constantUntil(atSeconds: number): number {
    const untilSeconds = this.valueConstantUntil(atSeconds);
    const { requestsPerSecondBeside: beside } = this.phase;
    if (beside === undefined || beside.from === beside.to || atSeconds >= this.phaseEndSeconds) return untilSeconds;
    return Math.min(untilSeconds, Math.floor(atSeconds) + 1, this.phaseEndSeconds);
  }

  private valueConstantUntil(atSeconds: number): number {
    const { kind, value } = this.at(atSeconds);
    const { from, to, durationSeconds, stepSeconds, isOneByOne } = this.phase;
    const isLast = this.index + 1 >= this.traffic.phases.length;
    if (isLast && (from === to || atSeconds >= this.phaseEndSeconds)) return Number.POSITIVE_INFINITY;
    if (from === to) return this.phaseEndSeconds;
    if (stepSeconds !== undefined) {
      const nextStep = stepsBefore(atSeconds - this.phaseStartSeconds, stepSeconds) + 1;
      return Math.min(this.phaseStartSeconds + nextStep * stepSeconds, this.phaseEndSeconds);
    }
    const nextSecond = Math.floor(atSeconds) + 1;
    if (kind === 'rps') return Math.min(nextSecond, this.phaseEndSeconds);
    const userShare = isOneByOne === true ? 1 : 1 / 2;
    const nextUserAtSeconds = this.phaseStartSeconds + ((value + Math.sign(to - from) * userShare - from) / (to - from)) * durationSeconds;
    return Math.min(Math.max(nextSecond, Math.ceil(nextUserAtSeconds)), this.phaseEndSeconds);
  }

  private get phaseEndSeconds(): number {
    return this.phaseStartSeconds + this.phase.durationSeconds;
  }

  private enterPhase(index: number, startSeconds: number): void {
    this.index = index;
    this.phaseStartSeconds = startSeconds;
    this.phase = this.traffic.phases.at(index)!;
  }
}

function isSameLoad(one: Load, other: Load): boolean {
  return (
    one.value === other.value &&
    one.kind === other.kind &&
    one.thinkSeconds === other.thinkSeconds &&
    one.pacingSeconds === other.pacingSeconds &&
    one.requestsPerSecondBeside === other.requestsPerSecondBeside
  );
}

function loadWithin(phase: TrafficPhase, seconds: number): Load {
  const { kind, from, to, durationSeconds, stepSeconds, thinkSeconds, pacingSeconds, requestsPerSecondBeside: beside } = phase;
  const valueSeconds = stepSeconds === undefined ? seconds : stepsBefore(seconds, stepSeconds) * stepSeconds;
  const share = durationSeconds > 0 ? valueSeconds / durationSeconds : 1;
  const value = from + (to - from) * share;
  // users are whole numbers; a rate can be a fraction.
  return {
    kind,
    value: kind === 'users' ? wholeUsers(value, phase) : value,
    thinkSeconds,
    pacingSeconds,
    requestsPerSecondBeside: beside && valueOfRamp(beside, seconds, durationSeconds),
  };
}

/** More than the rounding error of a time or of a number of users. */
const ROUNDING_ERROR = 1e-9;

/** How many whole steps have passed. */
function stepsBefore(seconds: number, stepSeconds: number): number {
  return Math.floor(seconds / stepSeconds + ROUNDING_ERROR);
}

function wholeUsers(value: number, { from, to, isOneByOne }: TrafficPhase): number {
  if (isOneByOne !== true || from === to) return Math.round(value);
  return to > from ? Math.floor(value + ROUNDING_ERROR) : Math.ceil(value - ROUNDING_ERROR);
}

/** The pause of a user after a failed request, so that an outage does not cause a flood of requests. */
export const PAUSE_AFTER_FAILURE_SECONDS = 0.1;

/** Writes traffic in its grammar. */
export function formatTraffic(traffic: Traffic): string {
  const limit = traffic.clientLimitRequestsPerSecond;
  return [...[...traffic.phases].map(formatPhase), ...(limit === undefined ? [] : [`at most ${limit} rps`])].join(', ');
}

function formatPhase(phase: TrafficPhase): string {
  const { kind, from, to, thinkSeconds, pacingSeconds, stepSeconds, isOneByOne, requestsPerSecondBeside: beside, durationSeconds } = phase;
  const steps = stepSeconds === undefined ? '' : ` every ${formatDuration(stepSeconds)}`;
  const ramp = from === to ? String(from) : `${from}..${to}${isOneByOne === true ? ' one by one' : steps}`;
  const think = thinkSeconds === 0 ? '' : ` think ${formatDuration(thinkSeconds)}`;
  const pacing = pacingSeconds === undefined ? '' : ` pacing ${formatDuration(pacingSeconds)}`;
  const rate = beside === undefined ? '' : ` beside rps ${beside.from === beside.to ? beside.from : `${beside.from}..${beside.to}`}`;
  return `${kind} ${ramp}${think}${pacing}${rate} for ${formatDuration(durationSeconds)}`;
}
