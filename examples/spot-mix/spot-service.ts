import { CfnOutput, Stack } from 'aws-cdk-lib';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** A service whose first tasks are on demand. Of those that scaling adds, every other one runs on Fargate Spot. */
export class SpotService extends Stack {
  public readonly search: ScalableStatelessService;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.search = new ScalableStatelessService(this, 'Search', {
      minCapacity: 2,
      maxCapacity: 12,
      onDemandBase: 2,
      spotPercent: 50,
      // little more than half of what a task can serve, so that the other tasks can serve the load of those that AWS interrupts.
      requestsPerSecondPerTask: 80,
    });
    new CfnOutput(this, 'Url', { value: this.search.url });
  }
}
