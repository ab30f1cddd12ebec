/** A blue/green deployment: scaling follows the requests of both target groups. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Deployment, ScalableStatelessService } from 'cdk-scalable-stateless-service';
import { expectSettings, SMALL, testOf } from './expect-settings';

const app = new App();
const stack = new Stack(app, 'BlueGreenTest');
const search = new ScalableStatelessService(stack, 'Search', {
  ...SMALL,
  deployment: Deployment.canary({ stepPercent: 20, stepBakeTime: Duration.minutes(1), bakeTime: Duration.minutes(1) }),
});

expectSettings(testOf(app, 'BlueGreen', stack), search, {
  policies: { Requests: { 'TargetTrackingScalingPolicyConfiguration.TargetValue': 6000 } },
  deploymentConfiguration: { strategy: 'CANARY', bakeTimeInMinutes: 1 },
});
