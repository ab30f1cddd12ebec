import { type ValidationError, validationError } from '../parse/validation-error';

/**
 * The lifecycle stages of a deployment that can have a hook, in their order.
 *
 * The two of the production traffic come before and at every step of a canary or linear deployment.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentLifecycleHook.html
 */
export const LIFECYCLE_STAGES = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
] as const;

/** A stage of a deployment that can have a hook. */
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];

/** A stage of a deployment that shifts traffic, as ECS reports it: three of them have no hooks. */
export type DeploymentStage = LifecycleStage | 'SCALE_UP' | 'BAKE_TIME' | 'CLEAN_UP';

/** What a hook does: it invokes a Lambda function, or pauses the deployment until `ContinueServiceDeployment` is called. */
export const HOOK_TARGETS = ['AWS_LAMBDA', 'PAUSE'] as const;

/** What ECS does when a hook times out. */
export const TIMEOUT_ACTIONS = ['ROLLBACK', 'CONTINUE'] as const;

/** A deployment lifecycle hook. */
export interface LifecycleHook {
  readonly targetType: (typeof HOOK_TARGETS)[number];
  /** At least one. */
  readonly stages: readonly LifecycleStage[];
  /** The time that ECS waits for the hook before it takes the timeout action: whole minutes, from 1 to 20160 (14 days). */
  readonly timeoutMinutes: number;
  readonly timeoutAction: (typeof TIMEOUT_ACTIONS)[number];
}

/** The timeout of ECS for a hook without one: 24 hours, and a rollback. */
export const DEFAULT_HOOK_TIMEOUT = { timeoutMinutes: 1440, timeoutAction: 'ROLLBACK' } as const satisfies Partial<LifecycleHook>;

const MAX_TIMEOUT_MINUTES = 20_160;

/** The stages in which traffic moves: a deployment cannot pause in them. */
const STAGES_WITHOUT_PAUSE: readonly LifecycleStage[] = ['TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT'];

/** Returns an error for each rule of ECS that a hook breaks. */
export function lifecycleHookErrors({ targetType, stages, timeoutMinutes, timeoutAction }: LifecycleHook): ValidationError[] {
  const unknown = stages.filter((stage) => !LIFECYCLE_STAGES.includes(stage));
  const withoutPause = targetType === 'PAUSE' ? stages.filter((stage) => STAGES_WITHOUT_PAUSE.includes(stage)) : [];
  const isTimeout = Number.isInteger(timeoutMinutes) && timeoutMinutes >= 1 && timeoutMinutes <= MAX_TIMEOUT_MINUTES;
  return [
    ...choiceErrors('target type', HOOK_TARGETS, targetType),
    ...(stages.length > 0 ? [] : [validationError('a lifecycle hook', 'name at least one stage')]),
    ...unknown.map((stage) => validationError('the stage of a lifecycle hook', `be one of ${LIFECYCLE_STAGES.join(', ')}`, stage)),
    ...withoutPause.map((stage) => `a deployment cannot pause at ${stage}: only a Lambda function can be a hook of that stage`),
    ...(isTimeout
      ? []
      : [
          validationError(
            'the timeout of a lifecycle hook',
            `be a whole number of minutes from 1 to ${MAX_TIMEOUT_MINUTES}`,
            timeoutMinutes,
          ),
        ]),
    ...choiceErrors('timeout action', TIMEOUT_ACTIONS, timeoutAction),
  ];
}

function choiceErrors(name: string, choices: readonly string[], value: string): ValidationError[] {
  return choices.includes(value) ? [] : [validationError(`the ${name} of a lifecycle hook`, `be one of ${choices.join(', ')}`, value)];
}
