import { InputError, throwIfAny } from '../../src/parse/input-error';
import { isJsonObject, type JsonObject } from '../../src/parse/json-fields';
import { type KnownIteration, mergedIteration, unknownThinkTimeRemark, waitsPerRequest } from '../../src/traffic/iteration';
import { oneAfterTheOther, phasesUntil, sumLoads, type TimedLoad } from '../../src/traffic/sum-loads';
import type { Traffic, TrafficPhase } from '../../src/traffic/traffic-phases';
import { trafficErrors } from '../../src/traffic/traffic-validation';
import { phasesOfLoops } from './phases-of-loops';
import type { TrafficFile } from './traffic-file';
import { numberIn, objectInYaml, objectsIn, secondsIn } from './yaml-file';

/** Whether a file is a configuration of Taurus. */
export function looksLikeTaurus({ extension, isFolder, head }: TrafficFile): boolean {
  return !isFolder && /^\.(ya?ml|json)$/.test(extension) && /^["'{\s]*execution["']?\s*:/m.test(head);
}

/** Reads the executions of a configuration of Taurus, which run at the same time, or one after the other if it says so. */
export function readTaurus(file: TrafficFile, given: KnownIteration): Traffic {
  const configuration = objectInYaml(file);
  const scenarios = isJsonObject(configuration['scenarios']) ? configuration['scenarios'] : {};
  const executions = objectsIn(configuration['execution']);
  if (executions.length === 0) throw new InputError(['the Taurus configuration must have an execution, got none']);
  const read = executions.map((execution, index) => executionOf(execution, `execution ${index + 1}`, scenarios, given));
  const isSequential = isJsonObject(configuration['modules']) && isSequentialModule(configuration['modules']['local']);
  const limits = new Set(read.map(({ limit }) => limit));
  const isOneLimit = isSequential ? limits.size === 1 : !limits.has(undefined);
  // the throughput of one execution among others is a pacing of its users: all of them together send no more.
  const loads = read.map(({ load, limit }) => (isOneLimit || limit === undefined ? load : paced(load, limit)));
  // a delay counts from the start of the test.
  const phases = sumLoads(isSequential ? oneAfterTheOther(loads, Math.max) : loads);
  const limitOfAll = isSequential ? read[0]!.limit : read.reduce((sum, { limit = 0 }) => sum + limit, 0);
  const remarks = [...new Set(read.flatMap((one) => one.remarks))];
  const traffic: Traffic = {
    phases,
    ...(!isOneLimit || limitOfAll === undefined ? {} : { clientLimitRequestsPerSecond: limitOfAll }),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
  throwIfAny(trafficErrors(traffic));
  return traffic;
}

/** A load whose users send at most so many requests per second, once all of them are there; fewer while they start, as in Taurus. */
function paced(load: TimedLoad, limitPerSecond: number): TimedLoad {
  const users = Math.max(0, ...load.phases.map(({ from, to }) => Math.max(from, to)));
  const phases = load.phases.map((phase) => ({ ...phase, pacingSeconds: Math.max(phase.pacingSeconds ?? 0, users / limitPerSecond) }));
  return { ...load, phases };
}

function isSequentialModule(module: unknown): boolean {
  return isJsonObject(module) && module['sequential'] === true;
}

interface Execution {
  readonly load: TimedLoad;
  readonly limit: number | undefined;
  readonly remarks: readonly string[];
}

function executionOf(execution: JsonObject, name: string, scenarios: JsonObject, given: KnownIteration): Execution {
  const found = iterationOf(execution, scenarios);
  const iteration = mergedIteration(found, given);
  const ofTaurus = `${name} of Taurus`;
  const users = numberIn(valueFor(execution, 'concurrency') ?? 1, `concurrency of ${name}`);
  const rampSeconds = secondsIn(execution['ramp-up'] ?? 0, `ramp-up of ${name}`);
  const holdSeconds = secondsIn(execution['hold-for'] ?? 0, `hold-for of ${name}`);
  const waits = waitsPerRequest(iteration);
  const ramp: TrafficPhase = {
    kind: 'users',
    from: 0,
    to: users,
    ...waits,
    durationSeconds: rampSeconds,
    ...rampSteps(execution, users, rampSeconds),
  };
  const hold: TrafficPhase = { kind: 'users', from: users, to: users, ...waits, durationSeconds: holdSeconds };
  const held = [ramp, hold].filter(({ durationSeconds }) => durationSeconds > 0);
  const loops = loopsOf(execution, rampSeconds + holdSeconds, ofTaurus);
  // iterations end a test without a time to hold, and else what is first.
  const lastSeconds = holdSeconds === 0 ? Number.POSITIVE_INFINITY : rampSeconds + holdSeconds;
  const throughput = valueFor(execution, 'throughput');
  const remark = unknownThinkTimeRemark('Taurus scenario', 'think-time', users, iteration);
  return {
    load: {
      name,
      startSeconds: execution['delay'] === undefined ? 0 : secondsIn(execution['delay'], `delay of ${name}`),
      phases: loops === undefined ? held : phasesUntil(phasesOfLoops({ users, rampSeconds, loops }, iteration, ofTaurus), lastSeconds),
    },
    // 0 is that of Taurus without a limit.
    limit: throughput === undefined ? undefined : numberIn(throughput, `throughput of ${name}`) || undefined,
    remarks: [
      ...(remark === undefined ? [] : [remark]),
      ...(loops === undefined
        ? []
        : ['an execution of Taurus ends with its iterations: their time is that of the think times and of responses of an idle service']),
    ],
  };
}

/** How often each user repeats the scenario; undefined if that goes on until the end. Without a time, it is once. */
function loopsOf(execution: JsonObject, seconds: number, name: string): number | undefined {
  const iterations = execution['iterations'];
  if (iterations !== undefined) return numberIn(iterations, `iterations of ${name}`) || undefined;
  if (seconds > 0) return undefined;
  if (isJsonObject(execution['scenario']) && execution['scenario']['script'] === undefined) return 1;
  throw new InputError([`${name} has neither hold-for nor iterations, so its load is that of its script: give that file instead`]);
}

/** JMeter starts its threads one by one, Locust its users every second. */
function rampSteps(execution: JsonObject, users: number, rampSeconds: number): Partial<TrafficPhase> {
  if (rampSeconds === 0) return {};
  const steps = execution['steps'] === undefined ? undefined : numberIn(execution['steps'], 'steps');
  if (steps !== undefined && steps > 0) return { from: users / steps, to: users + users / steps, stepSeconds: rampSeconds / steps };
  if (execution['executor'] === 'locust') {
    const perSecond = users / rampSeconds;
    return perSecond >= 1
      ? { from: perSecond, to: users + perSecond, stepSeconds: 1 }
      : { from: 1, to: users + 1, stepSeconds: 1 / perSecond };
  }
  const secondsPerUser = rampSeconds / users;
  return { from: 1, to: users + 1, stepSeconds: secondsPerUser };
}

/** A value, or the one for the local machine of several. */
function valueFor(execution: JsonObject, name: string): unknown {
  const value = execution[name];
  return isJsonObject(value) ? (value['local'] ?? Object.values(value)[0]) : value;
}

function iterationOf(execution: JsonObject, scenarios: JsonObject): KnownIteration {
  const named = execution['scenario'];
  const scenario = isJsonObject(named) ? named : scenarios[String(named ?? Object.keys(scenarios)[0])];
  if (!isJsonObject(scenario) || scenario['script'] !== undefined) return {};
  const think = scenario['think-time'];
  const requests = Array.isArray(scenario['requests']) ? scenario['requests'] : [];
  const isPlain =
    requests.length > 0 &&
    requests.every(
      (request) =>
        typeof request === 'string' || (isJsonObject(request) && (request['url'] !== undefined || request['label'] !== undefined)),
    );
  const perRequest = think === undefined ? 0 : secondsIn(think, 'think-time');
  const ownThinks = requests.reduce<number>((sum, request) => {
    const own = isJsonObject(request) ? request['think-time'] : undefined;
    return sum + (own === undefined ? perRequest : secondsIn(own, 'think-time'));
  }, 0);
  // the think time is before each request.
  return isPlain
    ? { thinkSeconds: ownThinks, requestsPerIteration: requests.length }
    : { thinkSeconds: think === undefined ? undefined : perRequest };
}
