import { formatDuration, parseDurationSeconds } from '../parse/durations';
import { throwIfAny } from '../parse/input-error';
import { phaseSyntaxError } from './phase-syntax-error';
import type { Ramp } from './ramp';
import { type Traffic, type TrafficPhase, trafficSeconds } from './traffic-phases';
import { isValidLoad, MAX_TRAFFIC_SECONDS, MAX_USERS_OR_REQUESTS } from './traffic-validation';

/** An example of the traffic grammar, for help and error messages. */
export const TRAFFIC_SYNTAX = "'users 30 for 2m, users 30..120 think 1s for 5m, rps 375 for 3m, at most 3000 rps'";

const PHASE =
  /^(users|rps) (\S+?)(?:\.\.(\S+)(?: (one by one)| every (\S+))?)?(?: think (\S+))?(?: pacing (\S+))?(?: beside rps (\S+?)(?:\.\.(\S+))?)? for (\S+)$/;
const LIMIT = /^at most (\S+) rps$/;

/**
 * Reads traffic in its grammar: phases separated by commas.
 *
 * @throws InputError with an error for each part that cannot be read.
 */
export function parseTraffic(text: string): Traffic {
  const errors: string[] = [];
  const phases: TrafficPhase[] = [];
  let clientLimitRequestsPerSecond: number | undefined;
  for (const part of text.split(',').map((words) => words.trim().replace(/\s+/g, ' '))) {
    const limitMatch = LIMIT.exec(part);
    if (limitMatch !== null && clientLimitRequestsPerSecond !== undefined)
      errors.push(`'at most' must be given once, got '${part}' as well`);
    else if (limitMatch !== null) clientLimitRequestsPerSecond = parseLimit('the client limit', limitMatch[1]!, errors);
    else phases.push(...parsePhase(part, errors));
  }
  const seconds = trafficSeconds({ phases });
  if (seconds > MAX_TRAFFIC_SECONDS)
    errors.push(`traffic must last at most ${formatDuration(MAX_TRAFFIC_SECONDS)}, got ${formatDuration(seconds)}`);
  if (phases.length === 0 && errors.length === 0) errors.push(`traffic must have a phase such as ${TRAFFIC_SYNTAX}, got '${text}'`);
  throwIfAny(errors);
  return clientLimitRequestsPerSecond === undefined ? { phases } : { phases, clientLimitRequestsPerSecond };
}

function parsePhase(part: string, errors: string[]): TrafficPhase[] {
  const match = PHASE.exec(part);
  if (match === null) {
    errors.push(`traffic must read like ${TRAFFIC_SYNTAX}, got '${part}': ${phaseSyntaxError(part)}`);
    return [];
  }
  const [, kind, from, to, oneByOne, step, think, pacing, besideFrom, besideTo, duration] = match;
  for (const [name, value] of Object.entries({ think, pacing, 'one by one': oneByOne, 'beside rps': besideFrom })) {
    if (kind === 'rps' && value !== undefined) errors.push(`${name} must go with users, who wait for responses, got '${part}'`);
  }
  const start = parseLoad(part, from!, errors);
  return [
    {
      kind: kind as TrafficPhase['kind'],
      from: start,
      to: to === undefined ? start : parseLoad(part, to, errors),
      thinkSeconds: think === undefined ? 0 : parseDuration(part, think, errors),
      durationSeconds: parsePositiveDuration('a phase must last', part, duration!, errors),
      ...(pacing === undefined ? {} : { pacingSeconds: parseDuration(part, pacing, errors) }),
      ...(step === undefined ? {} : { stepSeconds: parsePositiveDuration('every must be followed by', part, step, errors) }),
      ...(oneByOne === undefined ? {} : { isOneByOne: true }),
      ...(besideFrom === undefined ? {} : { requestsPerSecondBeside: parseBeside(part, besideFrom, besideTo, errors) }),
    },
  ];
}

function parseLoad(part: string, text: string, errors: string[]): number {
  const value = Number(text);
  if (!isValidLoad(value)) {
    errors.push(`users and rps must be numbers from 0 to ${MAX_USERS_OR_REQUESTS}, got '${text}' in '${part}'`);
  }
  return value;
}

function parseBeside(part: string, fromText: string, toText: string | undefined, errors: string[]): Ramp {
  const from = parseLoad(part, fromText, errors);
  return { from, to: toText === undefined ? from : parseLoad(part, toText, errors) };
}

function parseDuration(part: string, text: string, errors: string[]): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined) errors.push(`a duration must be written like 90s, 5m or 1h30m, got '${text}' in '${part}'`);
  return seconds ?? 0;
}

function parsePositiveDuration(rule: string, part: string, text: string, errors: string[]): number {
  const seconds = parseDuration(part, text, errors);
  if (parseDurationSeconds(text) === 0) errors.push(`${rule} more than 0 seconds, got '${text}' in '${part}'`);
  return seconds;
}

function parseLimit(name: string, text: string, errors: string[]): number {
  const value = Number(text);
  if (!(value > 0 && isValidLoad(value))) {
    errors.push(`${name} must be above 0 and at most ${MAX_USERS_OR_REQUESTS}, got '${text}'`);
  }
  return value;
}
