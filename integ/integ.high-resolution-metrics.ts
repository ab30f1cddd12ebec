/** Scaling on metrics with a period of 20 seconds. */
import { App, Stack } from 'aws-cdk-lib';
import { HighResolutionMetrics, ScalableStatelessService } from 'cdk-scalable-stateless-service';
import { readsBack, SMALL, testOf } from './reads-back';

const app = new App();
const stack = new Stack(app, 'HighResolutionMetricsTest');
const search = new ScalableStatelessService(stack, 'Search', { ...SMALL, highResolutionMetrics: HighResolutionMetrics.PUBLISH_AND_SCALE });

const metric = { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilizationHighResolution' } };
readsBack(testOf(app, 'HighResolutionMetrics', stack), search, {
  policies: { Cpu: { TargetTrackingScalingPolicyConfiguration: metric } },
});
