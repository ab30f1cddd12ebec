import { throwIfAny } from '../parse/input-error';
import { type JsonObject, parseJsonObject } from '../parse/json-fields';
import { iterationErrors, type KnownIteration, unknownThinkTimeRemark } from './iteration';
import { type K6Test, phasesOfExecutor, SCENARIO_FIELDS } from './k6-executors';
import { K6Fields } from './k6-fields';
import { type K6Segment, parseK6Segment, WHOLE_TEST } from './k6-segment';
import { sumLoads, type TimedLoad } from './sum-loads';
import type { Traffic, TrafficPhase } from './traffic-phases';
import { isValidLoad, trafficErrors } from './traffic-validation';

/** Reads what a scenario does in an iteration: the function of its script that it executes. */
export type IterationOfFunction = (name: string) => KnownIteration;

/**
 * Reads the `options` of a k6 script as JSON: `stages`, `vus` with `duration`, or `scenarios`. The loads of several scenarios are summed.
 *
 * @throws InputError with an error for each part that cannot be read.
 */
export function parseK6(text: string, iteration: KnownIteration): Traffic {
  const k6Options = parseJsonObject(text, 'the k6 options', '{"stages": [{"duration": "1m", "target": 100}]}');
  return readK6(k6Options, () => iteration, iterationErrors(iteration));
}

/** The shortcuts of the top level. k6 accepts one of them, or scenarios. */
const SHORTCUTS = ['scenarios', 'stages', 'iterations', 'duration'];
const OPTION_FIELDS = [...SHORTCUTS, 'vus', 'rps', 'minIterationDuration', 'executionSegment'];

/** Reads the options of k6. */
export function readK6(k6Options: JsonObject, iterationOf: IterationOfFunction, errors: string[] = []): Traffic {
  const fields = new K6Fields(k6Options, 'k6 options', errors, OPTION_FIELDS);
  const remarks: string[] = [];
  const iterations: KnownIteration[] = [];
  const segment = readSegment(fields);
  const pacingSeconds = fields.has('minIterationDuration') ? fields.seconds('minIterationDuration', 0) : undefined;
  const testOf = (functionName: string): K6Test => {
    const iteration = iterationOf(functionName);
    iterations.push(iteration);
    return {
      iteration: pacingSeconds === undefined ? iteration : { ...iteration, pacingSeconds: iteration.pacingSeconds ?? pacingSeconds },
      segment,
      remarks,
    };
  };
  const loads = timedLoadsOf(fields, testOf);
  const clientLimitRequestsPerSecond = fields.has('rps') ? fields.count('rps', 1) : undefined;
  const phases = errors.length === 0 ? sumLoads(loads) : [];
  throwIfAny(errors);
  const unknown = iterations.find(({ thinkSeconds }) => thinkSeconds === undefined);
  const thinkRemark =
    unknown === undefined || pacingSeconds !== undefined
      ? undefined
      : unknownThinkTimeRemark('k6 script', 'sleep', mostUsers(phases), unknown);
  const traffic: Traffic = {
    phases,
    ...(clientLimitRequestsPerSecond === undefined ? {} : { clientLimitRequestsPerSecond }),
    ...(remarks.length > 0 || thinkRemark !== undefined
      ? { remarks: [...remarks, ...(thinkRemark === undefined ? [] : [thinkRemark])] }
      : {}),
  };
  throwIfAny(trafficErrors(traffic));
  return traffic;
}

function timedLoadsOf(fields: K6Fields, testOf: (functionName: string) => K6Test): TimedLoad[] {
  const given = SHORTCUTS.filter((name) => fields.has(name));
  // `iterations` with `duration` is one form: at most so long.
  const isOneForm = given.length === 1 || given.join() === 'iterations,duration';
  if (given.length > 0 && !isOneForm) {
    fields.addError(`k6 options must have one of ${SHORTCUTS.join(', ')}, got ${given.join(' and ')}, which k6 rejects`);
    return [];
  }
  if (fields.has('scenarios')) return scenariosOf(fields, testOf);
  const asScenario = (executor: string, object: JsonObject): TimedLoad[] => [
    timedLoadOf('k6 options', new K6Fields({ executor, ...object }, 'k6 options', fields.errorList, SCENARIO_FIELDS), testOf),
  ];
  const vus = fields.has('vus') ? { vus: fields.value('vus') } : {};
  if (fields.has('stages'))
    return asScenario('ramping-vus', { stages: fields.value('stages'), ...(fields.has('vus') ? { startVUs: fields.value('vus') } : {}) });
  if (fields.has('iterations')) {
    const maxDuration = fields.has('duration') ? { maxDuration: fields.value('duration') } : {};
    return asScenario('shared-iterations', { iterations: fields.value('iterations'), ...vus, ...maxDuration });
  }
  if (fields.has('duration')) return asScenario('constant-vus', { duration: fields.value('duration'), ...vus });
  fields.addError(
    'k6 options must have stages, vus and duration, or scenarios, got none of them: k6 would run one iteration for each of its vus; give the load as in --traffic "users 10 think 1s for 5m"',
  );
  return [];
}

function scenariosOf(fields: K6Fields, testOf: (functionName: string) => K6Test): TimedLoad[] {
  if (fields.has('vus'))
    fields.addError(
      'k6 options must have vus or scenarios, got both: k6 before 2.1 ignores vus, and since 2.1 the scenarios; leave vus out',
    );
  return fields
    .objects('scenarios', SCENARIO_FIELDS)
    .map(({ name, fields: scenario }) => timedLoadOf(`k6 scenario '${name.slice(0, 40)}'`, scenario, testOf));
}

function timedLoadOf(name: string, fields: K6Fields, testOf: (functionName: string) => K6Test): TimedLoad {
  const test = testOf(String(fields.value('exec') ?? 'default'));
  const phases = phasesOfExecutor(String(fields.value('executor')), name, fields, test);
  return { name, startSeconds: fields.seconds('startTime', 0, 0), phases };
}

/** The part of the test that one instance of k6 runs: `0:1/4` is a quarter. */
function readSegment(fields: K6Fields): K6Segment {
  if (!fields.has('executionSegment')) return WHOLE_TEST;
  const segment = parseK6Segment(String(fields.value('executionSegment')));
  if (segment === undefined) fields.addError('executionSegment must be a part of the whole such as 0:1/4 in k6 options');
  return segment ?? WHOLE_TEST;
}

function mostUsers(phases: readonly TrafficPhase[]): number {
  const counts = phases.filter(({ kind }) => kind === 'users').flatMap(({ from, to }) => [from, to]);
  return Math.max(0, ...counts.filter(isValidLoad));
}
