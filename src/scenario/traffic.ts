import { durationInWords } from './duration';

/**
 * A stretch of traffic. `users` are a closed load: each waits for its answer,
 * thinks, and asks again. `rps` is an open load: requests per second arrive
 * whether or not the ones before were answered.
 */
export interface TrafficPhase {
  readonly kind: 'users' | 'rps';
  readonly from: number;
  /** The value at the end; it moves there in a straight line. */
  readonly to: number;
  readonly thinkSeconds: number;
  readonly durationSeconds: number;
}

/** Phases one after the other: an array, or what takes less memory than an array for a long trace. */
export interface TrafficPhases extends Iterable<TrafficPhase> {
  readonly length: number;
  /** How long they last together, where that is known without adding up. */
  readonly seconds?: number;
  at(index: number): TrafficPhase | undefined;
}

/** What arrives over time. */
export interface Traffic {
  readonly phases: TrafficPhases;
  /** The most requests per second that the client can make, whatever its users want. */
  readonly clientLimitRequestsPerSecond?: number;
}

/** What arrives at one moment. */
export interface Arrival {
  readonly kind: 'users' | 'rps';
  readonly value: number;
  readonly thinkSeconds: number;
}

/** How long the traffic lasts. */
export function trafficSeconds(traffic: Traffic): number {
  if (traffic.phases.seconds !== undefined) return traffic.phases.seconds;
  let seconds = 0;
  for (const phase of traffic.phases) seconds += phase.durationSeconds;
  return seconds;
}

/** What arrives at a second of the scenario; the last value holds after the end. */
export function arrivalAt(traffic: Traffic, atSeconds: number): Arrival {
  return new Arrivals(traffic).at(atSeconds);
}

/** Reads traffic while time goes on: each moment costs the same, however long the traffic. */
export class Arrivals {
  private index = 0;
  private startSeconds = 0;
  private phase: TrafficPhase;
  private arrival: Arrival;
  private readAtSeconds = 0;

  /** @param traffic with at least one phase. */
  public constructor(private readonly traffic: Traffic) {
    this.phase = traffic.phases.at(0)!;
    this.arrival = within(this.phase, 0);
  }

  /**
   * What arrives at a second of the scenario; the last value holds after the end.
   *
   * @returns the very same object for as long as nothing changes, so that what follows from it need not be worked out again.
   */
  public at(atSeconds: number): Arrival {
    if (atSeconds === this.readAtSeconds) return this.arrival;
    this.readAtSeconds = atSeconds;
    if (atSeconds < this.startSeconds) this.enter(0, 0);
    for (let end = this.endSeconds; atSeconds >= end && this.index + 1 < this.traffic.phases.length; end = this.endSeconds) {
      this.enter(this.index + 1, end);
    }
    const arrival = within(this.phase, Math.min(atSeconds - this.startSeconds, this.phase.durationSeconds));
    if (!isSame(arrival, this.arrival)) this.arrival = arrival;
    return this.arrival;
  }

  /** Until when what arrives stays as it is at this second. What changes is looked at in whole seconds. */
  public holdsUntil(atSeconds: number): number {
    const { kind, value } = this.at(atSeconds);
    const { from, to, durationSeconds } = this.phase;
    const isLast = this.index + 1 >= this.traffic.phases.length;
    if (isLast && (from === to || atSeconds >= this.endSeconds)) return Number.POSITIVE_INFINITY;
    if (from === to) return this.endSeconds;
    const soonest = Math.floor(atSeconds) + 1;
    if (kind === 'rps') return Math.min(soonest, this.endSeconds);
    const nextUser = this.startSeconds + ((value + Math.sign(to - from) / 2 - from) / (to - from)) * durationSeconds;
    return Math.min(Math.max(soonest, Math.ceil(nextUser)), this.endSeconds);
  }

  private get endSeconds(): number {
    return this.startSeconds + this.phase.durationSeconds;
  }

  private enter(index: number, startSeconds: number): void {
    this.index = index;
    this.startSeconds = startSeconds;
    this.phase = this.traffic.phases.at(index)!;
  }
}

function isSame(one: Arrival, other: Arrival): boolean {
  return one.value === other.value && one.kind === other.kind && one.thinkSeconds === other.thinkSeconds;
}

function within(phase: TrafficPhase, seconds: number): Arrival {
  const share = phase.durationSeconds > 0 ? seconds / phase.durationSeconds : 1;
  const value = phase.from + (phase.to - phase.from) * share;
  // a user is there or is not; a rate may have a fraction.
  return { kind: phase.kind, value: phase.kind === 'users' ? Math.round(value) : value, thinkSeconds: phase.thinkSeconds };
}

/** How long a user whose request failed waits before the next one, so that an outage is not answered with a flood. */
export const REFUSED_PAUSE_SECONDS = 0.1;

/** Writes traffic as it is parsed. */
export function trafficInWords(traffic: Traffic): string {
  const limit = traffic.clientLimitRequestsPerSecond;
  return [...[...traffic.phases].map(phaseInWords), ...(limit === undefined ? [] : [`at most ${limit} rps`])].join(', ');
}

function phaseInWords(phase: TrafficPhase): string {
  const value = phase.from === phase.to ? String(phase.from) : `${phase.from}..${phase.to}`;
  const think = phase.thinkSeconds === 0 ? '' : ` think ${durationInWords(phase.thinkSeconds)}`;
  return `${phase.kind} ${value}${think} for ${durationInWords(phase.durationSeconds)}`;
}
