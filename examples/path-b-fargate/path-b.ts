import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** One to four tasks on Fargate, which target tracking keeps at 20 % CPU. */
export class PathB extends Stack {
  public readonly search: ScalableStatelessService;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.search = new ScalableStatelessService(this, 'Search', {
      // as much as a t2.micro that has CPU credits.
      cpu: 1024,
      memoryLimitMiB: 2048,
      minCapacity: 1,
      maxCapacity: 4,
      targetCpuUtilizationPercent: 20,
      scaleOnRequests: false,
      healthCheck: { interval: Duration.seconds(10), timeout: Duration.seconds(5), healthyThresholdCount: 2, unhealthyThresholdCount: 2 },
    });
    new CfnOutput(this, 'Url', { value: this.search.url });
  }
}
