import type { Plan } from '../src/plan/plan';
import type { Template } from '../src/plan/template';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { withChanges } from '../src/scenario/what-if';
import { MEASURED_SEARCH_WORKLOAD } from '../src/scenario/workload';
import { planOfDefaults } from './plan-of-defaults';
import type { RuntimeChoice } from './runtime-options';
import { appOfCdkJson } from './synthesize';
import { programOf, programWithoutTemplate, type TaskProgram } from './task-program';
import { readPlanSource, type TemplateChoice } from './template-source';

/** Where the caller says that a task comes from. */
export interface TaskChoice extends TemplateChoice {
  /** What runs the task. Where it names no command and no image, it is that of the template, or the reference service. */
  readonly runtime: RuntimeChoice;
  /** What the plan is to say instead. */
  readonly changes: readonly string[];
}

/** One task that can be started, and what its plan says of it. */
export interface TaskSource {
  readonly plan: Plan;
  readonly program: TaskProgram;
  /** What of the template is not taken into account, in words. */
  readonly ignored: readonly string[];
  /** The template, and the folder in which the assets are listed beside it. */
  readonly assembly?: { readonly template: Template; readonly folder: string };
  /** Whether it is the reference service, as nothing was chosen. */
  readonly isReferenceService: boolean;
  /** Deletes what was synthesized for this source. */
  readonly remove: () => void;
}

/** Finds the task that the caller has chosen: that of a template or an app, or else one behind a `ScalableStatelessService` without props. */
export async function readTaskSource(choice: TaskChoice, interrupted: Promise<never>): Promise<TaskSource> {
  if (!isTemplateChosen(choice)) return withoutTemplate(choice);
  const source = await readPlanSource(choice, interrupted);
  try {
    const plan = changed(source.plan, choice.changes);
    return {
      plan,
      program: programOf({ ...source, plan }, choice.runtime),
      ignored: source.ignored,
      assembly: { template: source.template, folder: source.assemblyFolder },
      isReferenceService: false,
      remove: source.remove,
    };
  } catch (error) {
    source.remove();
    throw error;
  }
}

/** Whether an app is synthesized to find the task, which takes a while. */
export function isSynthesized(choice: TemplateChoice): boolean {
  return choice.template === undefined && isTemplateChosen(choice);
}

/** Whether a template is to be read: the caller says where from, or is in the folder of a CDK app. */
export function isTemplateChosen({ app, template, stack, service }: TemplateChoice): boolean {
  return [app, template, stack, service].some((given) => given !== undefined) || appOfCdkJson() !== undefined;
}

function withoutTemplate({ runtime, changes }: TaskChoice): TaskSource {
  const isReferenceService = (runtime.kind === 'process' ? runtime.command : runtime.image) === undefined;
  const plan = changed(planOfDefaults(isReferenceService ? 'ReferenceService' : 'Service'), changes);
  return { plan, program: programWithoutTemplate(plan, runtime), ignored: [], isReferenceService, remove: () => {} };
}

function changed(plan: Plan, changes: readonly string[]): Plan {
  return withChanges({ plan, workload: MEASURED_SEARCH_WORKLOAD, behavior: AWS_BEHAVIOR }, changes).plan;
}
