import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** The tasks without load. */
export const MIN_TASKS = 2;

/** The tasks under load, at most. */
export const MAX_TASKS = 4;

/** The requests per second that a task is to get. */
export const REQUESTS_PER_SECOND_PER_TASK = 50;

/** A shop that scales on its requests. */
export class Shop extends Stack {
  public readonly shop: ScalableStatelessService;

  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    this.shop = new ScalableStatelessService(this, 'Shop', {
      minCapacity: MIN_TASKS,
      maxCapacity: MAX_TASKS,
      requestsPerSecondPerTask: REQUESTS_PER_SECOND_PER_TASK,
    });
    new CfnOutput(this, 'Url', { value: this.shop.url });
  }
}
