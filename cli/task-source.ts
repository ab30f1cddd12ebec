import type { Plan } from '../src/plan/plan';
import type { Template } from '../src/plan/template';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { withChanges } from '../src/scenario/what-if';
import { MEASURED_SEARCH_WORKLOAD } from '../src/scenario/workload';
import { givenCommand, imageCommand, taskCommand } from './image-command';
import { planOfDefaults } from './plan-of-defaults';
import { REFERENCE_SERVICE_FOLDER } from './reference-service';
import type { TaskCommand } from './rehearsal/tasks/task-command';
import { appOfCdkJson } from './synthesize';
import { readPlanSource, type TemplateChoice } from './template-source';

/** Where the caller says that a task comes from. */
export interface TaskChoice extends TemplateChoice {
  /** Left out: the CMD of the image in the template, or the reference service where there is no template. */
  readonly taskCommand?: string;
  /** What the plan is to say instead. */
  readonly changes: readonly string[];
}

/** One task that can be started, and what its plan says of it. */
export interface TaskSource {
  readonly plan: Plan;
  readonly command: TaskCommand;
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
    return {
      plan: changed(source.plan, choice.changes),
      command: taskCommand(source, choice.taskCommand),
      assembly: { template: source.template, folder: source.assemblyFolder },
      isReferenceService: false,
      remove: source.remove,
    };
  } catch (error) {
    source.remove();
    throw error;
  }
}

/** Whether a template is to be read: the caller says where from, or is in the folder of a CDK app. */
function isTemplateChosen({ app, template, stack, service }: TemplateChoice): boolean {
  return [app, template, stack, service].some((given) => given !== undefined) || appOfCdkJson() !== undefined;
}

function withoutTemplate({ taskCommand: given, changes }: TaskChoice): TaskSource {
  const plan = changed(planOfDefaults(given === undefined ? 'ReferenceService' : 'Service'), changes);
  const { environment } = plan.container;
  const command = given === undefined ? imageCommand(REFERENCE_SERVICE_FOLDER, environment) : givenCommand(given, environment);
  return { plan, command, isReferenceService: given === undefined, remove: () => {} };
}

function changed(plan: Plan, changes: readonly string[]): Plan {
  return withChanges({ plan, workload: MEASURED_SEARCH_WORKLOAD, behavior: AWS_BEHAVIOR }, changes).plan;
}
