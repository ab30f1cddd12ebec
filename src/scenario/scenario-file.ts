import { A_MONDAY } from '../plan/calendar';
import { InvalidInput, refuse } from '../plan/invalid-input';
import { AWS_BEHAVIOR } from '../scaling/aws-behavior';
import type { PolicyChange, PredictedMinimum } from '../scaling/policy-change';
import { adjusted } from './adjusted';
import { type Fault, faultMistakes } from './fault';
import { type Fields, isFields, valueInWords } from './json-value';
import { FAULT_EXAMPLES, parseFault } from './parse-fault';
import { jsonObject } from './read-json';
import type { Scenario } from './scenario';
import type { Traffic } from './traffic';
import { MEASURED_SEARCH_WORKLOAD } from './workload';

/** All of a scenario but its plan, which a template gives, and changes that are made to that. What is left out is left to the caller. */
export interface ScenarioFile extends Partial<Omit<Scenario, 'plan'>> {
  /** As `withChanges` reads them. */
  readonly changes: readonly string[];
}

/** How a scenario file may look; error messages show it. */
const EXAMPLE = '{"traffic": "users 30 for 10m", "faults": ["stop 1 at 5m"]}';

/** One fault of each kind, which shows what fields a kind has. */
const FAULTS = FAULT_EXAMPLES.map(parseFault);

const POLICY_CHANGE: Required<PolicyChange> = { atSeconds: 0, policyName: '', targetValue: 0 };
const PREDICTED_MINIMUM: PredictedMinimum = { atSeconds: 0, minCapacity: 0 };

type Field =
  | 'traffic'
  | 'faults'
  | 'workload'
  | 'behavior'
  | 'policyChanges'
  | 'predictedMinimums'
  | 'startsAt'
  | 'imageMegabytes'
  | 'seed'
  | 'set';

/**
 * Reads a scenario file: one JSON object that a forecast and a rehearsal take alike.
 *
 * @param name says in errors where the text came from.
 * @param readTraffic reads traffic as the command does: words, or the file that they name.
 * @throws InvalidInput with one sentence for each part that does not read.
 */
export function parseScenarioFile(text: string, name: string, readTraffic: (words: string) => Traffic): ScenarioFile {
  const fields = jsonObject(text, name, EXAMPLE);
  const mistakes = Object.keys(fields)
    .filter((field) => !Object.hasOwn(READERS, field))
    .map((field) => `a field of ${name} must be one of ${Object.keys(READERS).join(', ')}, got '${field}'`);
  const read = Object.entries(READERS).flatMap(([field, reader]) =>
    fields[field] === undefined ? [] : [[field, reader(fields[field], mistakes, readTraffic)] as const],
  );
  refuse(mistakes);
  const { set = [], ...scenario } = Object.fromEntries(read) as Partial<Omit<Scenario, 'plan'>> & { readonly set?: readonly string[] };
  return { ...scenario, changes: set };
}

type FieldReader = (value: unknown, mistakes: string[], readTraffic: (words: string) => Traffic) => unknown;

const READERS: Readonly<Record<Field, FieldReader>> = {
  traffic: (value, mistakes, readTraffic) => {
    if (typeof value === 'string') return collected(() => readTraffic(value), mistakes);
    mistakes.push(`traffic must be words or the name of a file, got ${valueInWords(value)}`);
    return undefined;
  },
  faults: (value, mistakes) => listOf('faults', value, mistakes).map((fault) => faultOf(fault, mistakes)),
  workload: (value, mistakes) => adjusted(MEASURED_SEARCH_WORKLOAD, value, 'workload', mistakes),
  behavior: (value, mistakes) => adjusted(AWS_BEHAVIOR, value, 'behavior', mistakes),
  policyChanges: (value, mistakes) =>
    listOf('policyChanges', value, mistakes).map((change) => fieldsOf('a policy change', POLICY_CHANGE, change, ['policyName'], mistakes)),
  predictedMinimums: (value, mistakes) =>
    listOf('predictedMinimums', value, mistakes).map((minimum) =>
      fieldsOf('a predicted minimum', PREDICTED_MINIMUM, minimum, [], mistakes),
    ),
  startsAt: (value, mistakes) => fieldsOf('startsAt', A_MONDAY, value, [], mistakes),
  imageMegabytes: (value, mistakes) => amountOf('imageMegabytes', value, mistakes),
  seed: (value, mistakes) => amountOf('seed', value, mistakes),
  set: (value, mistakes) => {
    const changes = listOf('set', value, mistakes);
    const wrong = changes.filter((change) => typeof change !== 'string');
    mistakes.push(...wrong.map((change) => `a change in set must be a string such as "minCapacity=3", got ${valueInWords(change)}`));
    return changes;
  },
};

function faultOf(value: unknown, mistakes: string[]): Fault | undefined {
  if (typeof value === 'string') return collected(() => parseFault(value), mistakes);
  const model = FAULTS.find(({ kind }) => isFields(value) && value['kind'] === kind);
  if (model === undefined) {
    mistakes.push(
      `a fault must be words such as '${FAULT_EXAMPLES[0]}' or have a kind among ${FAULTS.map(({ kind }) => kind).join(', ')}, got ${valueInWords(value)}`,
    );
    return undefined;
  }
  const before = mistakes.length;
  const fault = fieldsOf(`a fault ${model.kind}`, model, value, [], mistakes);
  if (mistakes.length === before) mistakes.push(...faultMistakes(fault));
  return fault;
}

/** An object with the fields of a model, all of the same kind: no others, and none missing but the optional ones. */
function fieldsOf<Model extends object>(
  what: string,
  model: Model,
  value: unknown,
  optional: readonly string[],
  mistakes: string[],
): Model {
  const names = Object.keys(model);
  const given = isFields(value) ? Object.keys(value) : [];
  const missing = names.filter((name) => !given.includes(name) && !optional.includes(name));
  const unknown = given.filter((name) => !names.includes(name));
  const wrong = names.filter((name) => given.includes(name) && typeof (value as Fields)[name] !== typeof (model as Fields)[name]);
  if (missing.length + unknown.length + wrong.length > 0) {
    mistakes.push(`${what} must have ${names.join(', ')}, got ${valueInWords(value)}`);
    return model;
  }
  return value as Model;
}

function listOf(name: string, value: unknown, mistakes: string[]): readonly unknown[] {
  if (Array.isArray(value)) return value;
  mistakes.push(`${name} must be a list, got ${valueInWords(value)}`);
  return [];
}

function amountOf(name: string, value: unknown, mistakes: string[]): number {
  if (typeof value === 'number' && value >= 0) return value;
  mistakes.push(`${name} must be a number of at least 0, got ${valueInWords(value)}`);
  return 0;
}

/** What a reader returns; its mistakes are told with all others. */
function collected<Result>(read: () => Result, mistakes: string[]): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    mistakes.push(...error.mistakes);
    return undefined;
  }
}
