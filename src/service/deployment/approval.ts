import type { Duration } from 'aws-cdk-lib';

/**
 * The approval of a blue/green, canary or linear deployment.
 */
export interface ApprovalOptions {
  /**
   * The time that Amazon ECS waits for the approval before it takes the timeout action: whole minutes, from 1 to 20160 (14 days).
   *
   * CloudFormation itself waits at most 36 hours for a deployment.
   *
   * @default Duration.hours(24)
   */
  readonly timeout?: Duration;

  /**
   * The action Amazon ECS takes when the approval times out.
   *
   * @default ApprovalTimeoutAction.ROLLBACK
   */
  readonly timeoutAction?: ApprovalTimeoutAction;
}

/**
 * What ECS does when an approval times out.
 */
export enum ApprovalTimeoutAction {
  /**
   * Rolls back the deployment to the previous service revision.
   */
  ROLLBACK = 'ROLLBACK',

  /**
   * Proceeds the deployment to the next lifecycle stage.
   */
  CONTINUE = 'CONTINUE',
}
