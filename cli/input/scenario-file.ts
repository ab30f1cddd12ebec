import { FAULT_EXAMPLES, parseFault } from '../../src/faults/fault-grammar';
import { type Fault, faultErrors } from '../../src/faults/fault-kinds';
import { FAULT_KINDS, FAULTS } from '../../src/faults/fault-rows';
import { formatChoices } from '../../src/parse/choices';
import { parseDurationSeconds } from '../../src/parse/durations';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { formatValue, isJsonObject, type JsonObject } from '../../src/parse/json-fields';
import { applyOverrides } from '../../src/parse/overrides';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import type { PolicyChange, PredictedMinimum } from '../../src/scaling/policies';
import { type CalendarTime, DEFAULT_START, isOnCalendar } from '../../src/time/calendar';
import type { KnownIteration } from '../../src/traffic/iteration';
import type { Traffic } from '../../src/traffic/traffic-phases';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';
import { ALLOWED_STRINGS } from './set-option';

/** The parts of a scenario that a file gives. The plan comes from a template; the caller adds what is missing. */
export interface ScenarioFile extends Partial<Omit<Scenario, 'plan' | 'workload'>> {
  readonly workload?: Partial<Workload>;
  /** Changes in the syntax of `--set`. */
  readonly changes: readonly string[];
}

/** An example of a scenario file, for errors. */
const SCENARIO_FILE_EXAMPLE = '{"traffic": "users 30 for 10m", "faults": ["stop 1 at 5m"]}';

/** Every field with a value of its type, which `readFields` compares with. */
const POLICY_CHANGE_FIELDS: Required<PolicyChange> = { atSeconds: 0, policyName: '', targetValue: 0 };
const PREDICTED_MINIMUM_FIELDS: PredictedMinimum = { atSeconds: 0, minCapacity: 0 };

type ScenarioField =
  | 'traffic'
  | 'think'
  | 'pacing'
  | 'requestsPerIteration'
  | 'faults'
  | 'workload'
  | 'behavior'
  | 'policyChanges'
  | 'predictedMinimums'
  | 'startsAt'
  | 'history'
  | 'imageMegabytes'
  | 'seed'
  | 'set';

/**
 * Reads the JSON of a scenario file: one object, the same for a forecast and a rehearsal.
 *
 * @param name of the file, for errors.
 * @param readTraffic reads traffic as `--traffic` does: its grammar, or the name of a file.
 * @throws InputError with an error for each field that cannot be read.
 */
export function readScenarioFile(value: unknown, name: string, readTraffic: ReadTraffic): ScenarioFile {
  if (!isJsonObject(value))
    throw new InputError([`${name} must be a JSON object such as ${SCENARIO_FILE_EXAMPLE}, got ${formatValue(value)}`]);
  const { $schema: _, ...fields } = value;
  const errors = Object.keys(fields)
    .filter((field) => !Object.hasOwn(FIELD_READERS, field))
    .map((field) => `a field of ${name} must be one of ${formatChoices(Object.keys(FIELD_READERS), field)}, got '${field.slice(0, 40)}'`);
  const iteration = iterationOf(fields);
  // its errors are found below.
  const workload = fields['workload'] === undefined ? {} : readWorkload(fields['workload'], []);
  const read = Object.entries(FIELD_READERS).flatMap(([field, reader]) =>
    fields[field] === undefined
      ? []
      : [
          [
            field,
            reader(fields[field], errors, (words) => readTraffic(words, { isHistory: field === 'history', iteration, workload })),
          ] as const,
        ],
  );
  throwIfAny(errors);
  const { set = [], think, pacing, requestsPerIteration, ...scenario } = Object.fromEntries(read) as ReadFields;
  return { ...scenario, changes: set };
}

/** What the file says of an iteration of a load test, whose file `traffic` names. */
function iterationOf({ think, pacing, requestsPerIteration }: JsonObject): KnownIteration {
  return {
    ...(typeof think === 'string' ? { thinkSeconds: parseDurationSeconds(think) } : {}),
    ...(typeof pacing === 'string' ? { pacingSeconds: parseDurationSeconds(pacing) } : {}),
    ...(typeof requestsPerIteration === 'number' ? { requestsPerIteration } : {}),
  };
}

/** The fields of a file as they are read, by their names. */
interface ReadFields extends Omit<ScenarioFile, 'changes'> {
  readonly set?: readonly string[];
  readonly think?: number;
  readonly pacing?: number;
  readonly requestsPerIteration?: number;
}

/** What a scenario file says of the traffic that it has. */
export interface TrafficContext {
  /** Whether it is the load of the minutes before the scenario, of which the iteration is not. */
  readonly isHistory: boolean;
  readonly iteration: KnownIteration;
  readonly workload: Partial<Workload>;
}

/** Reads traffic as `--traffic` does, with what the file says of it. */
type ReadTraffic = (text: string, context: TrafficContext) => Traffic;

type FieldReader = (value: unknown, errors: string[], readTraffic: (text: string) => Traffic) => unknown;

/** Read the types of the fields. The rules of their values, such as a whole seed, are checked with the complete scenario. */
const FIELD_READERS: Readonly<Record<ScenarioField, FieldReader>> = {
  traffic: (value, errors, readTraffic) => readTrafficField('traffic', value, errors, readTraffic),
  think: (value, errors) => readSeconds('think', value, errors),
  pacing: (value, errors) => readSeconds('pacing', value, errors),
  requestsPerIteration: (value, errors) => readAmount('requestsPerIteration', value, errors),
  faults: (value, errors) => readList('faults', value, errors).map((fault) => readFault(fault, errors)),
  workload: readWorkload,
  behavior: (value, errors) => applyOverrides(AWS_BEHAVIOR, value, 'behavior', errors, ALLOWED_STRINGS),
  policyChanges: (value, errors) =>
    readList('policyChanges', value, errors).map((change) =>
      readFields('a policy change', POLICY_CHANGE_FIELDS, change, ['policyName'], errors),
    ),
  predictedMinimums: (value, errors) =>
    readList('predictedMinimums', value, errors).map((minimum) =>
      readFields('a predicted minimum', PREDICTED_MINIMUM_FIELDS, minimum, [], errors),
    ),
  startsAt: readStart,
  history: (value, errors, readTraffic) => readTrafficField('history', value, errors, readTraffic),
  imageMegabytes: (value, errors) => readAmount('imageMegabytes', value, errors),
  seed: (value, errors) => readAmount('seed', value, errors),
  set: (value, errors) => {
    const changes = readList('set', value, errors);
    const wrong = changes.filter((change) => typeof change !== 'string');
    errors.push(...wrong.map((change) => `a change in set must be a string such as "minCapacity=3", got ${formatValue(change)}`));
    return changes;
  },
};

function readTrafficField(name: string, value: unknown, errors: string[], readTraffic: (words: string) => Traffic): Traffic | undefined {
  if (typeof value === 'string') return collectErrors(() => readTraffic(value), errors);
  errors.push(`${name} must be text such as "rps 10 for 5m" or the name of a file, got ${formatValue(value)}`);
  return undefined;
}

/** Reads the numbers of a workload that the file has, and only those: the caller adds the others from a measurement or the reference service. */
function readWorkload(value: unknown, errors: string[]): Partial<Workload> {
  // validates names and types; the other numbers are left out again below.
  const complete = applyOverrides(MEASURED_SEARCH_WORKLOAD, value, 'workload', errors, ALLOWED_STRINGS);
  const given = isJsonObject(value) ? Object.keys(value) : [];
  if (isJsonObject(value) && given.length === 0)
    errors.push('workload must have cpuSecondsPerRequest, got {}: leave workload out for that of the reference search service');
  return Object.fromEntries(Object.entries(complete).filter(([name]) => given.includes(name)));
}

function readStart(value: unknown, errors: string[]): CalendarTime {
  const errorCount = errors.length;
  const start = readFields('startsAt', DEFAULT_START, value, [], errors);
  if (errors.length === errorCount && !isOnCalendar(start)) {
    errors.push(`startsAt must be a time of the calendar such as ${JSON.stringify(DEFAULT_START)}, got ${formatValue(value)}`);
  }
  return start;
}

function kindIn(fault: unknown): string {
  return isJsonObject(fault) ? String(fault['kind']) : '';
}

function readFault(value: unknown, errors: string[]): Fault | undefined {
  if (typeof value === 'string') return collectErrors(() => parseFault(value), errors);
  const kind = FAULT_KINDS.find((one) => isJsonObject(value) && value['kind'] === one);
  if (kind === undefined) {
    errors.push(
      `a fault must be text such as '${FAULT_EXAMPLES[0]}' or have one of the kinds ${formatChoices(FAULT_KINDS, kindIn(value), 40)}, got ${formatValue(value).slice(0, 60)}`,
    );
    return undefined;
  }
  const errorCount = errors.length;
  // the example of a kind has every field of that kind.
  const fault = readFields(`a fault ${kind}`, parseFault(FAULTS[kind].example), value, [], errors);
  if (errors.length === errorCount) errors.push(...faultErrors(fault));
  return fault;
}

/** Reads an object with the same fields as an example, of the same types: no other fields, and only optional ones missing. */
function readFields<Model extends object>(
  subject: string,
  example: Model,
  value: unknown,
  optional: readonly string[],
  errors: string[],
): Model {
  const names = Object.keys(example);
  const given = isJsonObject(value) ? Object.keys(value) : [];
  const missing = names.filter((name) => !given.includes(name) && !optional.includes(name));
  const unknown = given.filter((name) => !names.includes(name));
  const wrongTypes = names.filter(
    (name) => given.includes(name) && typeof (value as JsonObject)[name] !== typeof (example as JsonObject)[name],
  );
  if (missing.length + unknown.length + wrongTypes.length > 0) {
    errors.push(`${subject} must have ${names.join(', ')}, got ${formatValue(value)}`);
    return example;
  }
  return value as Model;
}

function readList(name: string, value: unknown, errors: string[]): readonly unknown[] {
  if (Array.isArray(value)) return value;
  errors.push(`${name} must be a list, got ${formatValue(value)}`);
  return [];
}

function readSeconds(name: string, value: unknown, errors: string[]): number | undefined {
  const seconds = typeof value === 'string' ? parseDurationSeconds(value) : undefined;
  if (seconds === undefined) errors.push(`${name} must be a duration such as "1.5s", got ${formatValue(value)}`);
  return seconds;
}

function readAmount(name: string, value: unknown, errors: string[]): number {
  if (typeof value === 'number' && value >= 0) return value;
  errors.push(`${name} must be a number of at least 0, got ${formatValue(value)}`);
  return 0;
}

/** Returns the result of a function, or adds the errors that it throws to those of the file. */
function collectErrors<Result>(read: () => Result, errors: string[]): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    errors.push(...error.errors);
    return undefined;
  }
}
