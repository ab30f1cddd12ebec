import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';

const app = new App();
const stack = new Stack(app, 'SearchService');

const search = new ScalableStatelessService(stack, 'Search', {
  // every request looks at 20,000 products instead of 100, so that a few visitors are a load already.
  environment: { SAMPLE_SIZE: '20000', LOG_LEVEL: 'warn' },
  targetCpuUtilizationPercent: 60,
  requestsPerSecondPerTask: 200,
  // long enough for the new tasks to show in the metrics before more are added.
  scaleOutCooldown: Duration.seconds(180),
});

new CfnOutput(stack, 'Url', { value: search.url });
