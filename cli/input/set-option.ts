import { parseDurationSeconds } from '../../src/parse/durations';
import { throwIfAny } from '../../src/parse/input-error';
import { type AllowedStrings, applyOverrides } from '../../src/parse/overrides';
import { formatError } from '../../src/parse/validation-error';
import { changedPlan, changedTaskSizeErrors, TUNABLE_NAMES, TUNABLE_PROPS, type TunableName } from '../../src/plan/changed-plan';
import { DEFAULT_PLAN } from '../../src/plan/default-service-plan';
import { healthCheckErrors } from '../../src/plan/health-check';
import { ARCHITECTURES } from '../../src/plan/infrastructure';
import { ROUTING_ALGORITHMS } from '../../src/plan/routing';
import { type Plan, planErrors } from '../../src/plan/service-plan';
import { AWS_BEHAVIOR, type AwsBehavior } from '../../src/scaling/aws-behavior';
import { AWS_BEHAVIOR_ALTERNATIVES } from '../../src/scaling/behavior-alternatives';
import { LATENCY_MODELS, MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';

/** The inputs of a forecast or rehearsal that `--set` can change. */
export interface SettableInputs {
  readonly plan: Plan;
  readonly workload: Workload;
  /** The fields of the workload that still have their defaults; `--set` removes a field from this list. */
  readonly workloadDefaults?: readonly (keyof Workload)[];
  readonly behavior: AwsBehavior;
}

/** Examples of changes, for the help. */
export const CHANGE_EXAMPLES =
  "'minCapacity=3', 'requestsPerSecondPerTask=94', 'healthCheck.intervalSeconds=20' or 'behavior.scaleInStep=proportional'";

/** The allowed values of each string field of a scenario. */
export const ALLOWED_STRINGS: AllowedStrings = {
  ...AWS_BEHAVIOR_ALTERNATIVES,
  latencyModel: LATENCY_MODELS,
  algorithm: ROUTING_ALGORITHMS,
  architecture: ARCHITECTURES,
  // of a health check.
  path: 'any text',
};

type PropKind = (typeof TUNABLE_PROPS)[TunableName]['kind'];

/** How a value of each kind is read, and what it must be. */
const VALUE_TYPES: Readonly<
  Record<PropKind, { readonly read: (text: string) => number | boolean | undefined; readonly requirement: string }>
> = {
  number: { read: (text) => finiteOrUndefined(Number(text)), requirement: 'a number' },
  duration: { read: parseDurationSeconds, requirement: 'a duration such as 60s' },
  boolean: { read: (text) => ({ true: true, false: false })[text], requirement: 'true or false' },
};

/**
 * Applies the changes of `--set`: each sets a prop of the construct, or any number by its path in the JSON of a forecast.
 *
 * @throws InputError with an error for each change that cannot be applied.
 */
export function applySet<Input extends SettableInputs>(input: Input, changes: readonly string[]): Input {
  const errors: string[] = [];
  const changed = changes.reduce((before, change) => applyChange(before, change, errors), input);
  throwIfAny(errors);
  throwIfAny(changedTaskSizeErrors(input.plan, changed.plan));
  if (changed.plan.healthCheck !== input.plan.healthCheck) throwIfAny(healthCheckErrors(changed.plan.healthCheck));
  return changed;
}

/** The parts of the inputs that have the same fields in every plan. */
const COMPLETE_PARTS: readonly string[] = ['task', 'healthCheck', 'workload', 'behavior'];

/** The parts that only some plans have, and the name of the service, which differs. */
const OPTIONAL_PARTS: readonly string[] = ['service', 'instances', 'capacity', 'containers', 'idleTimeoutSeconds', 'desiredCount'];

const DEFAULT_INPUTS: SettableInputs = { plan: DEFAULT_PLAN, workload: MEASURED_SEARCH_WORKLOAD, behavior: AWS_BEHAVIOR };

/** An error for each change of `--set` that no plan allows: before an app is synthesized, which takes a while. */
export function changeErrors(changes: readonly string[]): string[] {
  return changes.flatMap((change) => {
    if (!isKnownInEveryPlan(change)) return [];
    const errors: string[] = [];
    const { plan } = applyChange(DEFAULT_INPUTS, change, errors);
    // what depends on other values of the plan is validated with the plan.
    const ofPlan = planErrors(plan).filter((error) => typeof error !== 'string' && error.rule.every((part) => typeof part === 'string'));
    return [...errors, ...ofPlan.map(formatError)];
  });
}

/** Whether what a change sets is the same in every plan: a prop, a field that every plan has, or nothing that a plan could have. */
function isKnownInEveryPlan(change: string): boolean {
  const [path = ''] = change.split('=');
  const [first = '', ...others] = path.trim().split('.');
  if (others.length === 0 || COMPLETE_PARTS.includes(first)) return !OPTIONAL_PARTS.includes(first);
  if (OPTIONAL_PARTS.includes(first)) return false;
  return !Object.hasOwn(DEFAULT_PLAN, first);
}

function applyChange<Input extends SettableInputs>(input: Input, change: string, errors: string[]): Input {
  const [, path, text] = /^\s*([\w.-]+)\s*=\s*(.+?)\s*$/.exec(change) ?? [];
  if (path === undefined || text === undefined) {
    errors.push(`a change must be NAME=VALUE, such as ${CHANGE_EXAMPLES}, got '${change}'`);
    return input;
  }
  const prop = TUNABLE_NAMES.find((name) => TUNABLE_PROPS[name].prop === path);
  if (prop === undefined) {
    if (path.includes('.') || Object.hasOwn(input.plan, path)) return applyPathChange(input, path, text, errors);
    errors.push(unknownPropError(path));
    return input;
  }
  const { read, requirement } = VALUE_TYPES[TUNABLE_PROPS[prop].kind];
  const value = read(text);
  if (value !== undefined) return { ...input, plan: changedPlan(input.plan, { [prop]: value }) };
  errors.push(`${path} must be ${requirement}, got '${text}'`);
  return input;
}

function applyPathChange<Input extends SettableInputs>(input: Input, path: string, text: string, errors: string[]): Input {
  const { plan, workload, behavior, workloadDefaults } = input;
  const names = path.split('.');
  const overrides = names.reduceRight<unknown>((value, name) => ({ [name]: value }), parseValue(text));
  const errorCount = errors.length;
  const changed = applyOverrides({ ...plan, workload, behavior }, overrides, '', errors, ALLOWED_STRINGS);
  if (errors.length > errorCount) return input;
  const { workload: newWorkload, behavior: newBehavior, ...newPlan } = changed;
  const workloadField = names[0] === 'workload' ? names[1] : undefined;
  return {
    ...input,
    plan: newPlan,
    workload: newWorkload,
    ...(workloadDefaults && { workloadDefaults: workloadDefaults.filter((name) => name !== workloadField) }),
    behavior: newBehavior,
  };
}

/** The error of a prop that cannot be set. It names the most similar one, and all that can be set. */
function unknownPropError(path: string): string {
  const props = TUNABLE_NAMES.map((name) => TUNABLE_PROPS[name].prop);
  const nearest = props.find((prop) => isSimilar(prop.toLowerCase(), path.toLowerCase()));
  const hint = nearest === undefined ? '' : ` (did you mean '${nearest}'?)`;
  return `'${path}' cannot be set${hint}; the props are ${props.join(', ')}; any number of the plan has a path, such as healthCheck.intervalSeconds`;
}

/** Whether two names differ by at most two missing, added or swapped letters in one place. */
function isSimilar(name: string, otherName: string): boolean {
  let samePrefixLength = 0;
  while (samePrefixLength < name.length && name[samePrefixLength] === otherName[samePrefixLength]) samePrefixLength += 1;
  let sameSuffixLength = 0;
  while (
    sameSuffixLength < Math.min(name.length, otherName.length) - samePrefixLength &&
    name.at(-1 - sameSuffixLength) === otherName.at(-1 - sameSuffixLength)
  )
    sameSuffixLength += 1;
  return Math.max(name.length, otherName.length) - samePrefixLength - sameSuffixLength <= 2;
}

/** The text as a number, as true or false, or else unchanged. */
function parseValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

function finiteOrUndefined(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
