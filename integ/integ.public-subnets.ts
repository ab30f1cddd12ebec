/** Tasks with public addresses, in public subnets without endpoints; weighted random routing with anomaly mitigation. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { TargetGroupLoadBalancingAlgorithmType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import { expectSettings, SMALL, testOf } from './expect-settings';

const app = new App();
const stack = new Stack(app, 'PublicSubnetsTest');
const search = new ScalableStatelessService(stack, 'Search', {
  ...SMALL,
  loadBalancingAlgorithm: TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
  deregistrationDelay: Duration.seconds(10),
});

expectSettings(testOf(app, 'PublicSubnets', stack), search, {
  policies: {
    Cpu: {
      'TargetTrackingScalingPolicyConfiguration.TargetValue': 50,
      'TargetTrackingScalingPolicyConfiguration.ScaleOutCooldown': 180,
      'TargetTrackingScalingPolicyConfiguration.ScaleInCooldown': 300,
    },
  },
  deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
  targetGroupAttributes: {
    'deregistration_delay.timeout_seconds': '10',
    'load_balancing.algorithm.type': 'least_outstanding_requests',
  },
});
