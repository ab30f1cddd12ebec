/** Scaling on response time, and scheduled scaling: a schedule that is due every five minutes raises the minimum, and with it the number of tasks. */
import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import { expectHealthyTargets, expectTaskCount, inOrder } from 'cdk-scalable-stateless-service/integ';
import { expectSettings, SMALL, testOf } from './expect-settings';

const SCHEDULED_TASKS = 4;

const app = new App();
const stack = new Stack(app, 'LatencyAndSchedulesTest');
const search = new ScalableStatelessService(stack, 'Search', {
  ...SMALL,
  scaleOutResponseTimeThreshold: Duration.millis(300),
  targetMemoryUtilizationPercent: 80,
  minCapacity: 2,
  schedules: [
    { name: 'soon', schedule: Schedule.cron({ minute: '0/5' }), minCapacity: SCHEDULED_TASKS },
    { name: 'morning', schedule: Schedule.cron({ hour: '7', minute: '30' }), timeZone: TimeZone.EUROPE_BERLIN, minCapacity: 4 },
    { name: 'night', schedule: Schedule.cron({ hour: '22', minute: '0' }), timeZone: TimeZone.EUROPE_BERLIN, minCapacity: 2 },
  ],
});

const integ = testOf(app, 'LatencyAndSchedules', stack);
inOrder(
  expectSettings(integ, search, {
    policies: { ResponseTime: { PolicyType: 'StepScaling' }, Memory: { 'TargetTrackingScalingPolicyConfiguration.TargetValue': 80 } },
  }),
  expectTaskCount(integ, search, { taskCount: SCHEDULED_TASKS, timeout: Duration.minutes(10) }),
  expectHealthyTargets(integ, search, { targetCount: SCHEDULED_TASKS }),
);
