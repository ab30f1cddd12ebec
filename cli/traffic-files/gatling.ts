import { InputError, throwIfAny } from '../../src/parse/input-error';
import { type KnownIteration, mergedIteration, unknownThinkTimeRemark, waitsPerRequest } from '../../src/traffic/iteration';
import { endOf, phasesUntil, sumLoads, type TimedLoad } from '../../src/traffic/sum-loads';
import type { Traffic, TrafficPhase } from '../../src/traffic/traffic-phases';
import { trafficErrors } from '../../src/traffic/traffic-validation';
import { type Call, callsIn, constantsIn, durationOf, insideParentheses, numberOf, splitArguments, withoutComments } from './gatling-calls';
import { iterationOfScenario } from './gatling-scenario';
import type { TrafficFile } from './traffic-file';

/** Whether a file is a simulation of Gatling. */
export function looksLikeGatling({ extension, isFolder, head }: TrafficFile): boolean {
  if (isFolder) return false;
  if (/^\.[jt]s$/.test(extension)) return head.includes('@gatling.io/');
  const isOfTests = /\borg\.(junit|testng)\b|\bjunit\.framework\b/.test(head);
  return (
    /^\.(scala|java|kt)$/.test(extension) &&
    (/\bio\.gatling\b|\bextends\s+Simulation\b/.test(head) || (!isOfTests && /\bsetUp\s*\(/.test(head)))
  );
}

/** Reads the injection profiles of a simulation of Gatling, where their numbers are literals or named constants. */
export function readGatling(file: TrafficFile, given: KnownIteration): Traffic {
  const text = withoutComments(file.script);
  const constants = constantsIn(text);
  const profiles = [...text.matchAll(/\.(?:inject|injectOpen|injectClosed)\s*\(/g)].map((match) =>
    insideParentheses(text, match.index + match[0].length - 1),
  );
  if (profiles.length === 0) throw new InputError(['the Gatling simulation must have setUp(… .inject(…)) in this file, got none']);
  // in JavaScript, setUp is also the parameter of the simulation.
  const setUps = [...text.matchAll(/\bsetUp\s*\(/g)].length;
  if (setUps > 1 || (profiles.length > 1 && /\b(if|match|switch|when)\b/.test(text)))
    throw new InputError(['the Gatling simulation chooses between profiles: write the traffic of one, as in "rps 100 for 5m"']);
  if (/\.throttle\s*\(/.test(text))
    throw new InputError(['throttle of Gatling is not read: write the traffic that results, as in "rps 100 for 5m"']);
  const found = iterationOfScenario(text, constants);
  const iteration = mergedIteration(found, given);
  const phasesIn = (profile: string): TrafficPhase[] =>
    splitArguments(profile).flatMap((step) => phasesOf(callsIn(step), constants, iteration));
  const loads = /\.andThen\s*\(/.test(text)
    ? loadsInOrder(text, profiles.length, phasesIn)
    : profiles.map((profile, index) => ({ name: `profile ${index + 1}`, startSeconds: 0, phases: phasesIn(profile) }));
  const phases = phasesUntil(sumLoads(loads), maxSecondsOf(text, constants));
  const users = Math.max(0, ...phases.filter(({ kind }) => kind === 'users').map(({ from, to }) => Math.max(from, to)));
  const remark = unknownThinkTimeRemark('Gatling scenario', 'pause', users, iteration);
  const remarks = [...(remark === undefined ? [] : [remark]), ...requestRemarks(found, given)];
  const traffic: Traffic = remarks.length === 0 ? { phases } : { phases, remarks };
  throwIfAny(trafficErrors(traffic));
  return traffic;
}

/** The longest time of the whole simulation. */
function maxSecondsOf(text: string, constants: Constants): number {
  const match = /\.maxDuration\s*\(/.exec(text);
  if (match === null) return Number.POSITIVE_INFINITY;
  return durationOf(insideParentheses(text, match.index + match[0].length - 1), constants);
}

type Constants = ReadonlyMap<string, number>;

/** The loads of populations in `setUp`, of which those in `andThen` start once the ones before have ended. */
function loadsInOrder(text: string, count: number, phasesIn: (profile: string) => TrafficPhase[]): TimedLoad[] {
  const loads: TimedLoad[] = [];
  /** Adds the loads of populations that start together; returns when the last one ends. */
  const addAll = (populations: string, startSeconds: number): number =>
    Math.max(startSeconds, ...splitArguments(populations).map((population) => addOne(population, startSeconds)));
  const addOne = (population: string, startSeconds: number): number => {
    const call = /\.(inject|injectOpen|injectClosed|andThen)\s*\(/g;
    let endSeconds = startSeconds;
    let hasProfile = false;
    for (let match = call.exec(population); match !== null; match = call.exec(population)) {
      const argument = insideParentheses(population, call.lastIndex - 1);
      call.lastIndex += argument.length + 1;
      if (match[1] === 'andThen') {
        endSeconds = addAll(argument, endSeconds);
        continue;
      }
      // a list of populations, which start together.
      if (hasProfile) break;
      hasProfile = true;
      const load = { name: `profile ${loads.length + 1}`, startSeconds: endSeconds, phases: phasesIn(argument) };
      loads.push(load);
      endSeconds = endOf(load);
    }
    return endSeconds;
  };
  const setUp = /\bsetUp\s*\(/.exec(text);
  if (setUp !== null) addAll(insideParentheses(text, setUp.index + setUp[0].length - 1), 0);
  if (loads.length === count) return loads;
  throw new InputError([
    'andThen of Gatling is read where each profile is in setUp: write the traffic, as in "rps 100 for 5m, rps 20 for 5m"',
  ]);
}

/** The phases of one step of a profile: a call with the calls after it. */
function phasesOf(calls: readonly Call[], constants: Constants, iteration: KnownIteration): TrafficPhase[] {
  const [first] = calls;
  if (first === undefined) return [];
  const number = (name: string): number => numberOf(argumentOf(calls, name), constants);
  const seconds = (name: string): number => durationOf(argumentOf(calls, name), constants);
  const requests = iteration.requestsPerIteration ?? 1;
  const rate = (from: number, to: number, durationSeconds: number): TrafficPhase[] => [
    { kind: 'rps', from: from * requests, to: to * requests, thinkSeconds: 0, durationSeconds },
  ];
  const users = (from: number, to: number, durationSeconds: number): TrafficPhase[] => [
    { kind: 'users', from, to, ...waitsPerRequest(iteration), durationSeconds, ...(from === to ? {} : { isOneByOne: true }) },
  ];
  switch (first.name) {
    case 'nothingFor':
      return rate(0, 0, seconds('nothingFor'));
    case 'atOnceUsers':
      return rate(number('atOnceUsers'), number('atOnceUsers'), 1);
    case 'rampUsers':
      return rate(number('rampUsers') / seconds('during'), number('rampUsers') / seconds('during'), seconds('during'));
    case 'constantUsersPerSec':
      return rate(number('constantUsersPerSec'), number('constantUsersPerSec'), seconds('during'));
    case 'rampUsersPerSec':
      return rate(number('rampUsersPerSec'), number('to'), seconds('during'));
    case 'stressPeakUsers':
      return bell(number('stressPeakUsers'), seconds('during')).flatMap(({ perSecond, durationSeconds }) =>
        rate(perSecond, perSecond, durationSeconds),
      );
    case 'constantConcurrentUsers':
      return users(number('constantConcurrentUsers'), number('constantConcurrentUsers'), seconds('during'));
    case 'rampConcurrentUsers':
      return users(number('rampConcurrentUsers'), number('to'), seconds('during'));
    case 'incrementUsersPerSec':
    case 'incrementConcurrentUsers':
      return increments(calls, first.name, constants, first.name === 'incrementUsersPerSec' ? rate : users);
    default:
      throw new InputError([
        `the injection step ${/^\w{1,40}$/.test(first.name) ? first.name : ''} of Gatling is not read: write the traffic, as in "rps 100 for 5m"`,
      ]);
  }
}

/** Levels that go up by the same number, each after a ramp if there is one. */
function increments(
  calls: readonly Call[],
  name: string,
  constants: Constants,
  phase: (from: number, to: number, seconds: number) => TrafficPhase[],
): TrafficPhase[] {
  const optional = (other: string, read: (text: string) => number): number =>
    calls.some((call) => call.name === other) ? read(argumentOf(calls, other)) : 0;
  const step = numberOf(argumentOf(calls, name), constants);
  const count = numberOf(argumentOf(calls, 'times'), constants);
  const levelSeconds = durationOf(argumentOf(calls, 'eachLevelLasting'), constants);
  const rampSeconds = optional('separatedByRampsLasting', (text) => durationOf(text, constants));
  const start = optional('startingFrom', (text) => numberOf(text, constants));
  return Array.from({ length: count }, (_, level) => start + level * step).flatMap((value, level) => [
    // from nothing, a ramp goes up to the first level too.
    ...(rampSeconds > 0 && level > 0 ? phase(value - step, value, rampSeconds) : []),
    ...phase(value, value, levelSeconds),
  ]);
}

const BELL_STEPS = 20;

/** Users along a smooth step function, which arrive as a bell: most of them in the middle. */
function bell(users: number, seconds: number): { readonly perSecond: number; readonly durationSeconds: number }[] {
  // a normal distribution from -2 to 2 deviations, as Gatling's approximation of the Heaviside step.
  const density = Array.from({ length: BELL_STEPS }, (_, step) => Math.exp(-((((step + 0.5) / BELL_STEPS - 0.5) * 4) ** 2)));
  const total = density.reduce((sum, value) => sum + value, 0);
  return density.map((value) => ({ perSecond: ((users * value) / total / seconds) * BELL_STEPS, durationSeconds: seconds / BELL_STEPS }));
}

function argumentOf(calls: readonly Call[], name: string): string {
  const call = calls.find((one) => one.name === name || (name === 'during' && one.name === 'over'));
  if (call === undefined) throw new InputError([`a step of the Gatling profile must have ${name}, got none`]);
  return call.argument;
}

function requestRemarks(found: KnownIteration, given: KnownIteration): string[] {
  if (given.requestsPerIteration !== undefined) return [];
  if (found.requestsPerIteration === undefined)
    return ['how many requests a user of Gatling sends is not known, one is assumed: give --requests-per-iteration'];
  return found.requestsPerIteration === 1
    ? []
    : [`a user of Gatling sends ${found.requestsPerIteration} requests: --requests-per-iteration overrides it`];
}
