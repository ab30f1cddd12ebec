import { formatDuration } from '../parse/durations';
import { type Traffic, type TrafficPhase, trafficSeconds } from './traffic-phases';

/** CloudWatch keeps minutes of a metric for 15 days; a scenario lasts at most twice as long. */
export const MAX_TRAFFIC_SECONDS = 31 * 24 * 3600;

/** More users or requests per second than this are probably a typing error. */
export const MAX_USERS_OR_REQUESTS = 1_000_000;

const MIN_TRAFFIC_SECONDS = 1;

/** The maximum number of errors: a trace can have the same error in each line. */
const MAX_ERRORS = 10;

/** Returns an error for each number of the traffic that is out of range. */
export function trafficErrors(traffic: Traffic): string[] {
  const limit = traffic.clientLimitRequestsPerSecond;
  const errors = [...allPhaseErrors(traffic), ...(limit === undefined ? [] : rangeErrors('the client limit', limit, Number.MIN_VALUE))];
  // the sum needs valid durations.
  return errors.length > 0 ? errors : lengthErrors(trafficSeconds(traffic));
}

/** Whether a number of users or requests per second is in range; NaN is not. */
export function isValidLoad(value: number): boolean {
  return isWithin(value, 0, MAX_USERS_OR_REQUESTS);
}

/** Each error of the phases, once: a trace of a month has millions of phases, which may all have the same error. */
function allPhaseErrors({ phases }: Traffic): string[] {
  const errors = new Set<string>();
  for (const phase of phases) {
    if (isValid(phase)) continue;
    for (const error of phaseErrors(phase)) errors.add(error);
    if (errors.size >= MAX_ERRORS) break;
  }
  return [...errors].slice(0, MAX_ERRORS);
}

function isValid(phase: TrafficPhase): boolean {
  const { from, to, thinkSeconds, pacingSeconds = 0, stepSeconds = 1, requestsPerSecondBeside: beside, durationSeconds } = phase;
  return (
    isValidLoad(from) &&
    isValidLoad(to) &&
    isWithin(thinkSeconds, 0, MAX_TRAFFIC_SECONDS) &&
    isWithin(pacingSeconds, 0, MAX_TRAFFIC_SECONDS) &&
    isWithin(stepSeconds, Number.MIN_VALUE, MAX_TRAFFIC_SECONDS) &&
    (beside === undefined || (isValidLoad(beside.from) && isValidLoad(beside.to))) &&
    isWithin(durationSeconds, 0, Number.MAX_VALUE)
  );
}

function phaseErrors(phase: TrafficPhase): string[] {
  const name = phase.kind === 'users' ? 'users' : 'requests per second';
  const beside = phase.requestsPerSecondBeside;
  return [
    ...rangeErrors(name, phase.from),
    ...rangeErrors(name, phase.to),
    ...(beside === undefined ? [] : [beside.from, beside.to].flatMap((rate) => rangeErrors('requests per second beside users', rate))),
    ...secondsErrors('think time', phase.thinkSeconds),
    ...secondsErrors('pacing', phase.pacingSeconds ?? 0),
    ...(phase.stepSeconds === 0
      ? ['the step of a ramp must be more than 0 seconds, got 0']
      : secondsErrors('the step of a ramp', phase.stepSeconds ?? 0)),
    ...(isWithin(phase.durationSeconds, 0, Number.MAX_VALUE)
      ? []
      : [`duration must be known at synthesis, got ${phase.durationSeconds} seconds`]),
  ];
}

function secondsErrors(name: string, seconds: number): string[] {
  return isWithin(seconds, 0, MAX_TRAFFIC_SECONDS)
    ? []
    : [`${name} must be from 0 to ${formatDuration(MAX_TRAFFIC_SECONDS)}, got ${seconds} seconds`];
}

function lengthErrors(seconds: number): string[] {
  if (seconds < MIN_TRAFFIC_SECONDS)
    return [`traffic must last at least 1 second, got ${seconds === 0 ? 'none' : formatDuration(seconds)}`];
  if (seconds <= MAX_TRAFFIC_SECONDS) return [];
  return [`traffic must last at most ${formatDuration(MAX_TRAFFIC_SECONDS)}, got ${formatDuration(seconds)}`];
}

function rangeErrors(name: string, value: number, min = 0): string[] {
  if (isWithin(value, min, MAX_USERS_OR_REQUESTS)) return [];
  const range = min === 0 ? 'from 0 to' : 'above 0 and at most';
  return [`${name} must be ${range} ${MAX_USERS_OR_REQUESTS}, got ${value}`];
}

function isWithin(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}
