import { type ValidationError, validationError } from '../parse/validation-error';
import { percentOfTasksRoundedUp } from './percent-of-tasks';

/** When ECS removes the tasks of the previous revision: before it completes the deployment, or after. */
export const CLEANUPS = ['BLOCKING', 'DEFERRED'] as const;

/**
 * When a rolling deployment is complete before all of its tasks are healthy.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/early-success-criteria.html
 */
export interface EarlySuccess {
  /** The healthy tasks of the new revision in percent of the desired count: whole, from the minimum healthy percent to 100. */
  readonly healthyPercent: number;
  readonly cleanup: (typeof CLEANUPS)[number];
}

/** The healthy tasks of the new revision with which a deployment is complete: rounded up. */
export function tasksForSuccess(desiredCount: number, earlySuccess: EarlySuccess | undefined): number {
  return earlySuccess === undefined ? desiredCount : percentOfTasksRoundedUp(desiredCount, earlySuccess.healthyPercent);
}

/** Returns an error for each rule of ECS that the criteria break. */
export function earlySuccessErrors({ healthyPercent, cleanup }: EarlySuccess, minHealthyPercent: number): ValidationError[] {
  const isPercent = Number.isInteger(healthyPercent) && healthyPercent >= minHealthyPercent && healthyPercent <= 100;
  return [
    ...(isPercent
      ? []
      : [
          validationError(
            'the healthy percent of early success',
            `be a whole number from minimum healthy percent (${minHealthyPercent}) to 100`,
            healthyPercent,
          ),
        ]),
    ...(CLEANUPS.includes(cleanup) ? [] : [validationError('the cleanup of early success', `be one of ${CLEANUPS.join(', ')}`, cleanup)]),
  ];
}
