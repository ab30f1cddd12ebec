import type { Duration } from 'aws-cdk-lib';

/**
 * Another target for a policy while traffic goes on, as somebody sets it by hand.
 */
export interface PolicyChangeOptions {
  /**
   * When it is changed, from the start of the traffic; before it ends.
   */
  readonly at: Duration;

  /**
   * The new target in the unit of the policy's metric: percent, or requests per task in a **minute**; above 0.
   */
  readonly targetValue: number;

  /**
   * The name of the target-tracking policy.
   *
   * @default - all of them
   */
  readonly policyName?: string;
}
