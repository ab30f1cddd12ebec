import { throwIfAny } from '../parse/input-error';
import { type FieldReader, fieldReaderOf, formatValue, type JsonObject, parseJsonObject } from '../parse/json-fields';
import { iterationErrors, type KnownIteration, unknownThinkTimeRemark } from './iteration';
import { type LocustStage, phasesOfStages } from './locust-batches';
import type { Traffic } from './traffic-phases';
import { trafficErrors } from './traffic-validation';

const EXAMPLE = '{"users": 50, "spawn_rate": 5, "run_time": "3m"} or {"stages": [{"duration": 60, "users": 10, "spawn_rate": 5}]}';

/** Names that a field has had, or has as an option or in a configuration file. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  users: 'users',
  num_users: 'users',
  spawn_rate: 'spawn_rate',
  'spawn-rate': 'spawn_rate',
  spawnRate: 'spawn_rate',
  hatch_rate: 'spawn_rate',
  'hatch-rate': 'spawn_rate',
  run_time: 'run_time',
  'run-time': 'run_time',
  duration: 'duration',
  stages: 'stages',
  user_classes: 'user_classes',
  name: 'name',
};

/**
 * Reads a load test of Locust, as JSON: users, spawn rate and run time, or the stages of a `LoadTestShape`, whose durations
 * count from the start of the test as they do there.
 *
 * @throws InputError with an error for each part that cannot be read.
 */
export function parseLocust(text: string, iteration: KnownIteration): Traffic {
  const isList = typeof text === 'string' && text.trimStart().startsWith('[');
  return readLocust(parseJsonObject(isList ? `{"stages": ${text}}` : text, 'a Locust test', EXAMPLE), iteration);
}

/** Reads the settings of a test of Locust. */
export function readLocust(test: JsonObject, iteration: KnownIteration): Traffic {
  const errors = iterationErrors(iteration);
  const fields = locustFields(test, 'the Locust test', errors);
  const stages = fields.has('stages')
    ? fields.objects('stages').map(({ object, objectName }) => stageOf(locustFields(object, objectName, errors), 'duration'))
    : [stageOf(fields, fields.has('duration') && !fields.has('run_time') ? 'duration' : 'run_time')];
  let before = 0;
  for (const { endSeconds } of errors.length === 0 ? stages : []) {
    if (endSeconds <= before && stages.length === 1)
      errors.push('run_time must be above 0 for a forecast, got 0, with which Locust does not end');
    else if (endSeconds <= before)
      errors.push(`the durations of stages count from the start and must grow, got ${endSeconds} after ${before}`);
    before = endSeconds;
  }
  throwIfAny(errors);
  return locustTraffic(stages, iteration);
}

/** The traffic of stages of Locust. */
export function locustTraffic(stages: readonly LocustStage[], iteration: KnownIteration, remarks: readonly string[] = []): Traffic {
  const phases = phasesOfStages(stages, iteration);
  const thinkRemark = unknownThinkTimeRemark('Locust test', 'wait_time', Math.max(0, ...stages.map(({ users }) => users)), iteration);
  const all = [...remarks, ...(thinkRemark === undefined ? [] : [thinkRemark])];
  const traffic: Traffic = all.length > 0 ? { phases, remarks: all } : { phases };
  throwIfAny(trafficErrors(traffic));
  return traffic;
}

/** The fields with the names that they have in Locust; any other name is an error. */
function locustFields(object: JsonObject, objectName: string, errors: string[]): FieldReader {
  const unknown = Object.keys(object).filter((name) => !Object.hasOwn(FIELD_NAMES, name));
  errors.push(
    ...unknown.map(
      (name) => `a field of ${objectName} must be one of users, spawn_rate, run_time, stages, duration, got '${name.slice(0, 30)}'`,
    ),
  );
  return fieldReaderOf(
    Object.fromEntries(Object.entries(object).map(([name, value]) => [FIELD_NAMES[name] ?? name, value])),
    objectName,
    errors,
  );
}

function stageOf(reader: FieldReader, duration: 'duration' | 'run_time'): LocustStage {
  const spawnRate = reader.has('spawn_rate') ? Number(reader.value('spawn_rate')) : 1;
  if (!(spawnRate > 0)) reader.addError(`spawn_rate must be above 0, got ${formatValue(reader.value('spawn_rate'))}`);
  return { endSeconds: reader.durationSeconds(duration, parseLocustSeconds), users: reader.nonNegativeNumber('users'), spawnRate };
}

/** Reads a duration of Locust: `1h30m`, or a number of seconds. */
export function parseLocustSeconds(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(String(value).trim());
  if (match === null || match[0] === '') return undefined;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return hours! * 3600 + minutes! * 60 + seconds!;
}
