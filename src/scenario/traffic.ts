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

/** What arrives over time. */
export interface Traffic {
  readonly phases: readonly TrafficPhase[];
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
  return traffic.phases.reduce((seconds, phase) => seconds + phase.durationSeconds, 0);
}

/** What arrives at a second of the scenario; the last value holds after the end. */
export function arrivalAt(traffic: Traffic, atSeconds: number): Arrival {
  let startSeconds = 0;
  for (const phase of traffic.phases) {
    if (atSeconds < startSeconds + phase.durationSeconds) return within(phase, atSeconds - startSeconds);
    startSeconds += phase.durationSeconds;
  }
  const last = traffic.phases.at(-1)!;
  return within(last, last.durationSeconds);
}

function within(phase: TrafficPhase, seconds: number): Arrival {
  const value = phase.from + (phase.to - phase.from) * (seconds / phase.durationSeconds);
  // a user is there or is not; a rate may have a fraction.
  return { kind: phase.kind, value: phase.kind === 'users' ? Math.round(value) : value, thinkSeconds: phase.thinkSeconds };
}

/** How long a user whose request failed waits before the next one, so that an outage is not answered with a flood. */
export const REFUSED_PAUSE_SECONDS = 0.1;

/** Writes traffic as it is parsed. */
export function trafficInWords(traffic: Traffic): string {
  const limit = traffic.clientLimitRequestsPerSecond;
  return [...traffic.phases.map(phaseInWords), ...(limit === undefined ? [] : [`at most ${limit} rps`])].join(', ');
}

function phaseInWords(phase: TrafficPhase): string {
  const value = phase.from === phase.to ? String(phase.from) : `${phase.from}..${phase.to}`;
  const think = phase.thinkSeconds === 0 ? '' : ` think ${durationInWords(phase.thinkSeconds)}`;
  return `${phase.kind} ${value}${think} for ${durationInWords(phase.durationSeconds)}`;
}
