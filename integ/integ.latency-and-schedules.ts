/** Scaling on response time, and scheduled scaling. */
import { App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import { expectSettings, SMALL, testOf } from './expect-settings';

const app = new App();
const stack = new Stack(app, 'LatencyAndSchedulesTest');
const search = new ScalableStatelessService(stack, 'Search', {
  ...SMALL,
  scaleOutResponseTimeThreshold: Duration.millis(300),
  targetMemoryUtilizationPercent: 80,
  schedules: [
    { name: 'morning', schedule: Schedule.cron({ hour: '7', minute: '30' }), timeZone: TimeZone.EUROPE_BERLIN, minCapacity: 4 },
    { name: 'night', schedule: Schedule.cron({ hour: '22', minute: '0' }), timeZone: TimeZone.EUROPE_BERLIN, minCapacity: 2 },
  ],
});

expectSettings(testOf(app, 'LatencyAndSchedules', stack), search, {
  policies: { ResponseTime: { PolicyType: 'StepScaling' }, Memory: { 'TargetTrackingScalingPolicyConfiguration.TargetValue': 80 } },
});
