import { refuse } from '../plan/invalid-input';
import { durationInWords, parseDurationSeconds } from './duration';
import { type Traffic, type TrafficPhase, trafficSeconds } from './traffic';
import { isAmount, LONGEST_TRAFFIC_SECONDS, MOST_USERS_OR_REQUESTS } from './traffic-mistakes';

/** How traffic is written; the command's help prints it. */
export const TRAFFIC_SYNTAX = "'users 30 for 2m, users 30..120 think 1s for 5m, rps 375 for 3m, at most 3000 rps'";

const PHASE = /^(users|rps) (\S+?)(?:\.\.(\S+))?(?: think (\S+))? for (\S+)$/;
const LIMIT = /^at most (\S+) rps$/;

/**
 * Reads traffic from words, phases parted by commas.
 *
 * @throws InvalidInput with one sentence for each part that does not read.
 */
export function parseTraffic(text: string): Traffic {
  const mistakes: string[] = [];
  const phases: TrafficPhase[] = [];
  let clientLimitRequestsPerSecond: number | undefined;
  for (const part of text.split(',').map((words) => words.trim().replace(/\s+/g, ' '))) {
    const limit = LIMIT.exec(part);
    if (limit !== null && clientLimitRequestsPerSecond !== undefined) mistakes.push(`'at most' must be given once, got '${part}' as well`);
    else if (limit !== null) clientLimitRequestsPerSecond = positive('the most requests per second', limit[1]!, mistakes);
    else phases.push(...parsePhase(part, mistakes));
  }
  const seconds = trafficSeconds({ phases });
  if (seconds > LONGEST_TRAFFIC_SECONDS)
    mistakes.push(`traffic must last at most ${durationInWords(LONGEST_TRAFFIC_SECONDS)}, got ${durationInWords(seconds)}`);
  if (phases.length === 0 && mistakes.length === 0) mistakes.push(`traffic must hold a phase such as ${TRAFFIC_SYNTAX}, got '${text}'`);
  refuse(mistakes);
  return clientLimitRequestsPerSecond === undefined ? { phases } : { phases, clientLimitRequestsPerSecond };
}

function parsePhase(part: string, mistakes: string[]): TrafficPhase[] {
  const match = PHASE.exec(part);
  if (match === null) {
    mistakes.push(`traffic must read like ${TRAFFIC_SYNTAX}, got '${part}'`);
    return [];
  }
  const [, kind, from, to, think, duration] = match;
  if (kind === 'rps' && think !== undefined) mistakes.push(`think must go with users, who wait for their answers, got '${part}'`);
  const start = amount(part, from!, mistakes);
  return [
    {
      kind: kind as TrafficPhase['kind'],
      from: start,
      to: to === undefined ? start : amount(part, to, mistakes),
      thinkSeconds: think === undefined ? 0 : durationSeconds(part, think, mistakes),
      durationSeconds: positiveDuration(part, duration!, mistakes),
    },
  ];
}

function amount(part: string, text: string, mistakes: string[]): number {
  const value = Number(text);
  if (!isAmount(value)) {
    mistakes.push(`users and rps must be numbers from 0 to ${MOST_USERS_OR_REQUESTS}, got '${text}' in '${part}'`);
  }
  return value;
}

function durationSeconds(part: string, text: string, mistakes: string[]): number {
  const seconds = parseDurationSeconds(text);
  if (seconds === undefined) mistakes.push(`a duration must be written like 90s, 5m or 1h30m, got '${text}' in '${part}'`);
  return seconds ?? 0;
}

function positiveDuration(part: string, text: string, mistakes: string[]): number {
  const seconds = durationSeconds(part, text, mistakes);
  if (parseDurationSeconds(text) !== undefined && seconds < 1)
    mistakes.push(`a phase must last at least 1 second, got '${text}' in '${part}'`);
  return seconds;
}

function positive(name: string, text: string, mistakes: string[]): number {
  const value = Number(text);
  if (!(value > 0 && isAmount(value))) {
    mistakes.push(`${name} must be above 0 and at most ${MOST_USERS_OR_REQUESTS}, got '${text}'`);
  }
  return value;
}
