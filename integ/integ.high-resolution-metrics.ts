/** Scaling on metrics with a period of 20 seconds. */
import { App, Stack } from 'aws-cdk-lib';
import { HighResolutionMetrics, ScalableStatelessService } from 'cdk-scalable-stateless-service';
import { expectSettings, SMALL, testOf } from './expect-settings';

const app = new App();
const stack = new Stack(app, 'HighResolutionMetricsTest');
const search = new ScalableStatelessService(stack, 'Search', { ...SMALL, highResolutionMetrics: HighResolutionMetrics.PUBLISH_AND_SCALE });

const METRIC = 'TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType';
expectSettings(testOf(app, 'HighResolutionMetrics', stack), search, {
  policies: { Cpu: { [METRIC]: 'ECSServiceAverageCPUUtilizationHighResolution' } },
});
