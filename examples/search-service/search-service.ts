import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import type { Construct } from 'constructs';

/** The search service in a stack of its own. */
export class SearchService extends Stack {
  public readonly search: ScalableStatelessService;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.search = new ScalableStatelessService(this, 'Search', {
      // every request reads 20,000 products instead of 100, so that a few users are already a load.
      environment: { SAMPLE_SIZE: '20000', LOG_LEVEL: 'warn' },
      targetCpuUtilizationPercent: 60,
      requestsPerSecondPerTask: 200,
      // long enough for the new tasks to show in the metrics before more are added.
      scaleOutCooldown: Duration.seconds(180),
    });
    new CfnOutput(this, 'Url', { value: this.search.url });
  }
}
