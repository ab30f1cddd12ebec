import { durationInWords } from './duration';
import { type Traffic, type TrafficPhase, trafficSeconds } from './traffic';

/** AWS forgets a metric's minutes after 15 days; nobody plans scaling for longer than twice that. */
export const LONGEST_TRAFFIC_SECONDS = 31 * 24 * 3600;

/** More users or requests than this is a slip of the keyboard, not a scenario. */
export const MOST_USERS_OR_REQUESTS = 1_000_000;

const SHORTEST_TRAFFIC_SECONDS = 1;

/** Who has read so many sentences about one trace knows what is wrong with it. */
const MOST_SENTENCES = 10;

/** Returns one sentence for each number of the traffic that no scenario can have. */
export function trafficMistakes(traffic: Traffic): string[] {
  const limit = traffic.clientLimitRequestsPerSecond;
  const mistakes = [
    ...allPhaseMistakes(traffic),
    ...(limit === undefined ? [] : outside('the most requests per second', limit, Number.MIN_VALUE)),
  ];
  // the sum of durations that are no numbers says nothing.
  return mistakes.length > 0 ? mistakes : lengthMistakes(trafficSeconds(traffic));
}

/** Whether so many users or requests per second can be meant: NaN cannot. */
export function isAmount(value: number): boolean {
  return isWithin(value, 0, MOST_USERS_OR_REQUESTS);
}

/** A trace of a month has millions of phases, and may be wrong in the same way in each of them. */
function allPhaseMistakes({ phases }: Traffic): string[] {
  const mistakes = new Set<string>();
  for (const phase of phases) {
    if (isSound(phase)) continue;
    for (const mistake of phaseMistakes(phase)) mistakes.add(mistake);
    if (mistakes.size >= MOST_SENTENCES) break;
  }
  return [...mistakes].slice(0, MOST_SENTENCES);
}

function isSound({ from, to, thinkSeconds, durationSeconds }: TrafficPhase): boolean {
  return (
    isAmount(from) && isAmount(to) && isWithin(thinkSeconds, 0, LONGEST_TRAFFIC_SECONDS) && isWithin(durationSeconds, 0, Number.MAX_VALUE)
  );
}

function phaseMistakes(phase: TrafficPhase): string[] {
  const name = phase.kind === 'users' ? 'users' : 'requests per second';
  return [
    ...outside(name, phase.from),
    ...outside(name, phase.to),
    ...(isWithin(phase.thinkSeconds, 0, LONGEST_TRAFFIC_SECONDS)
      ? []
      : [`think time must be from 0 to ${durationInWords(LONGEST_TRAFFIC_SECONDS)}, got ${phase.thinkSeconds} seconds`]),
    ...(isWithin(phase.durationSeconds, 0, Number.MAX_VALUE)
      ? []
      : [`duration must be known at synthesis, got ${phase.durationSeconds} seconds`]),
  ];
}

function lengthMistakes(seconds: number): string[] {
  if (seconds < SHORTEST_TRAFFIC_SECONDS)
    return [`traffic must last at least 1 second, got ${seconds === 0 ? 'none' : durationInWords(seconds)}`];
  if (seconds <= LONGEST_TRAFFIC_SECONDS) return [];
  return [`traffic must last at most ${durationInWords(LONGEST_TRAFFIC_SECONDS)}, got ${durationInWords(seconds)}`];
}

function outside(name: string, value: number, least = 0): string[] {
  if (isWithin(value, least, MOST_USERS_OR_REQUESTS)) return [];
  const range = least === 0 ? 'from 0 to' : 'above 0 and at most';
  return [`${name} must be ${range} ${MOST_USERS_OR_REQUESTS}, got ${value}`];
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}
