import { refuse } from '../plan/invalid-input';
import type { Plan } from '../plan/plan';
import { changedPlan, type PlanChanges, resizeMistakes } from '../plan/plan-changes';
import type { AwsBehavior } from '../scaling/aws-behavior';
import { adjusted } from './adjusted';
import { parseDurationSeconds } from './duration';
import type { Workload } from './workload';

/** The parts of a question that can be asked differently. */
export interface Changeable {
  readonly plan: Plan;
  readonly workload: Workload;
  readonly behavior: AwsBehavior;
}

/** How a change is written; the command's help prints it. */
export const CHANGE_SYNTAX =
  "'minCapacity=3', 'requestsPerSecondPerTask=94', 'healthCheck.intervalSeconds=20' or 'behavior.scaleInStep=proportional'";

/** The props of the construct that a change can name, and how each is read. */
const PROPS: Readonly<Record<string, { readonly field: keyof PlanChanges; readonly read: (text: string) => number }>> = {
  minCapacity: { field: 'minCapacity', read: Number },
  maxCapacity: { field: 'maxCapacity', read: Number },
  targetCpuUtilizationPercent: { field: 'targetCpuUtilizationPercent', read: Number },
  requestsPerSecondPerTask: { field: 'requestsPerSecondPerTask', read: Number },
  scaleOutCooldown: { field: 'scaleOutCooldownSeconds', read: durationOf },
  scaleInCooldown: { field: 'scaleInCooldownSeconds', read: durationOf },
  cpu: { field: 'cpu', read: Number },
  memoryLimitMiB: { field: 'memoryMiB', read: Number },
};

/**
 * The same question with something changed: a prop of the construct, or any number by the path it has in the JSON of a forecast.
 *
 * @throws InvalidInput with one sentence for each change that cannot be made.
 */
export function withChanges<Question extends Changeable>(question: Question, changes: readonly string[]): Question {
  const mistakes: string[] = [];
  const changed = changes.reduce((before, change) => withChange(before, change, mistakes), question);
  refuse(mistakes);
  refuse(resizeMistakes(question.plan, changed.plan));
  return changed;
}

function withChange<Question extends Changeable>(question: Question, change: string, mistakes: string[]): Question {
  const [, path, text] = /^\s*([\w.-]+)\s*=\s*(.+?)\s*$/.exec(change) ?? [];
  if (path === undefined || text === undefined) {
    mistakes.push(`a change must read like ${CHANGE_SYNTAX}, got '${change}'`);
    return question;
  }
  const prop = Object.hasOwn(PROPS, path) ? PROPS[path] : undefined;
  if (prop === undefined) return withField(question, path, text, mistakes);
  const value = prop.read(text);
  if (Number.isFinite(value)) return { ...question, plan: changedPlan(question.plan, { [prop.field]: value }) };
  mistakes.push(`${path} must be ${prop.read === Number ? 'a number' : 'a duration such as 60s'}, got '${text}'`);
  return question;
}

function withField<Question extends Changeable>(question: Question, path: string, text: string, mistakes: string[]): Question {
  const { plan, workload, behavior } = question;
  const names = path.split('.');
  const wanted = names.reduceRight<unknown>((value, name) => ({ [name]: value }), valueIn(text));
  const before = mistakes.length;
  const all = adjusted({ ...plan, workload, behavior }, wanted, '', mistakes);
  if (mistakes.length > before) return question;
  const { workload: newWorkload, behavior: newBehavior, ...newPlan } = all;
  return { ...question, plan: newPlan, workload: newWorkload, behavior: newBehavior };
}

/** A number, true, false, or else the text itself. */
function valueIn(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

function durationOf(text: string): number {
  return parseDurationSeconds(text) ?? Number.NaN;
}
