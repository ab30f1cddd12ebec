import { DEFAULT_PLAN } from '../../src/plan/default-service-plan';
import type { Plan } from '../../src/plan/service-plan';
import type { Template } from '../../src/plan/template/template';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';
import type { RuntimeChoice } from '../options/runtime-options';
import { applySet, type SettableInputs } from './set-option';
import { appFromCdkJson } from './synthesize';
import { programFromTemplate, programWithoutTemplate, type TaskProgram } from './task-program';
import { isLive, readPlanSource, type TemplateChoice } from './template-source';

/** The options that choose a task. */
export interface TaskSelection extends TemplateChoice {
  /** What runs the task. Without a command or an image, it runs the container of the template, or else the reference service. */
  readonly runtime: RuntimeChoice;
  /** The changes of `--set`. */
  readonly changes: readonly string[];
  /**
   * The workload and the behavior of AWS that `--set` changes, besides the plan.
   *
   * @default - the workload of the reference service, and the typical behavior of AWS
   */
  readonly otherInputs?: Partial<Omit<SettableInputs, 'plan'>>;
}

/** A task that can be started, and its plan, with all changes applied. */
export interface ChosenTask extends SettableInputs {
  readonly program: TaskProgram;
  /** What the template has and the forecast ignores, one string each. */
  readonly ignored: readonly string[];
  /** The template, and the cloud assembly directory that it is in, with the asset manifest. */
  readonly assembly?: { readonly template: Template; readonly folder: string };
  /** Whether the task is the reference service, because none was chosen. */
  readonly isReferenceService: boolean;
  /** Deletes the cloud assembly if it was synthesized for this task. */
  readonly dispose: () => void;
}

/**
 * Reads the chosen task: that of a template or an app, or else that of a `ScalableStatelessService` with default props.
 *
 * @param interrupted rejects when the user presses Ctrl-C, which ends the synthesis.
 */
export async function readChosenTask(choice: TaskSelection, interrupted: Promise<never>): Promise<ChosenTask> {
  if (!hasTemplateOrApp(choice)) return taskWithoutTemplate(choice);
  const source = await readPlanSource(choice, interrupted);
  try {
    const changed = applySetOptions(source.plan, choice);
    return {
      ...changed,
      program: programFromTemplate({ ...source, plan: changed.plan }, choice.runtime),
      ignored: source.ignored,
      assembly: { template: source.template, folder: source.assemblyFolder },
      isReferenceService: false,
      dispose: source.dispose,
    };
  } catch (error) {
    source.dispose();
    throw error;
  }
}

/** Whether an app must be synthesized, which takes a while. */
export function needsSynthesis(choice: TemplateChoice): boolean {
  return choice.template === undefined && !isLive(choice) && hasTemplateOrApp(choice);
}

/** Whether there is a template to read: an option names a template or an app, or the current folder has a `cdk.json` with an `app`. */
export function hasTemplateOrApp({ app, template, stack, service, parameter, parametersFile }: TemplateChoice): boolean {
  return (
    [app, template, stack, service, parameter, parametersFile].some((option) => option !== undefined) || appFromCdkJson() !== undefined
  );
}

function taskWithoutTemplate(choice: TaskSelection): ChosenTask {
  const { runtime } = choice;
  const isReferenceService = (runtime.kind === 'process' ? runtime.command : runtime.image) === undefined;
  const changed = applySetOptions({ ...DEFAULT_PLAN, service: isReferenceService ? 'ReferenceService' : 'Service' }, choice);
  return { ...changed, program: programWithoutTemplate(changed.plan, runtime), ignored: [], isReferenceService, dispose: () => {} };
}

/** Applies the changes of `--set`. */
function applySetOptions(plan: Plan, { changes, otherInputs }: TaskSelection): SettableInputs {
  return applySet({ workload: MEASURED_SEARCH_WORKLOAD, behavior: AWS_BEHAVIOR, ...otherInputs, plan }, changes);
}
