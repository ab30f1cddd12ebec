/**
 * Two blue/green deployments under load. Scaling follows the requests of both target groups: it works after the first switch, and after the one that
 * follows.
 *
 * Takes about an hour, most of it for the two deployments and the end of the load.
 */
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Deployment, ScalableStatelessService } from 'cdk-scalable-stateless-service';
import {
  expectDeploymentSucceeded,
  expectNoFailedRequests,
  expectScaledOut,
  expectTaskCount,
  inOrder,
  startDeployment,
  startLoad,
} from 'cdk-scalable-stateless-service/integ';
import { expectSettings, SMALL, testOf } from './expect-settings';
import { loadOf, requestsPerSecond } from './load';

const TARGET = 10;

const app = new App();
const stack = new Stack(app, 'BlueGreenTest');
const search = new ScalableStatelessService(stack, 'Search', {
  ...SMALL,
  minCapacity: 2,
  requestsPerSecondPerTask: TARGET,
  deployment: Deployment.canary({ stepPercent: 20, stepBakeTime: Duration.minutes(1), bakeTime: Duration.minutes(1) }),
});

// each load ends by itself. The first is below the target of the minimum; the others add what takes four tasks, then six.
const base = loadOf(stack, 'BaseLoad', search, requestsPerSecond(TARGET, 55));
const second = loadOf(stack, 'SecondLoad', search, requestsPerSecond(2.5 * TARGET, 40));
const third = loadOf(stack, 'ThirdLoad', search, requestsPerSecond(2 * TARGET, 14));

const integ = testOf(app, 'BlueGreen', stack);
const [baseRun, secondRun, thirdRun] = [base, second, third].map((load) => startLoad(integ, load));

inOrder(
  expectSettings(integ, search, {
    policies: { Requests: { 'TargetTrackingScalingPolicyConfiguration.TargetValue': TARGET * 60 } },
    deploymentConfiguration: { strategy: 'CANARY', bakeTimeInMinutes: 1 },
  }),
  expectTaskCount(integ, search, { taskCount: 2 }),
  baseRun!.started,
  startDeployment(integ, search),
  expectDeploymentSucceeded(integ, search),
  secondRun!.started,
  expectScaledOut(integ, search, { minTaskCount: 4, policy: 'Requests' }),
  startDeployment(integ, search),
  expectDeploymentSucceeded(integ, search),
  thirdRun!.started,
  expectScaledOut(integ, search, { minTaskCount: 6, policy: 'Requests' }),
  expectNoFailedRequests(integ, thirdRun!),
  expectNoFailedRequests(integ, secondRun!),
  expectNoFailedRequests(integ, baseRun!),
);
