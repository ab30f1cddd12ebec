import { expect, test } from 'vitest';
import { alarm, groupPolicy, readGroup } from './scaled-template';

const BUSY = {
  Namespace: 'AWS/EC2',
  MetricName: 'CPUUtilization',
  Statistic: 'Average',
  Period: 120,
  EvaluationPeriods: 2,
  Threshold: 20,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  Dimensions: [{ Name: 'AutoScalingGroupName', Value: { Ref: 'Group' } }],
};

const UP = groupPolicy({ AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: 1, Cooldown: '120' });
const DOWN = groupPolicy({ PolicyType: 'SimpleScaling', AdjustmentType: 'ChangeInCapacity', ScalingAdjustment: -1 });

test('a group with simple scaling is read, with the size of its instances and how often they report', () => {
  const idle = { ...BUSY, Threshold: 10, ComparisonOperator: 'LessThanOrEqualToThreshold' };
  const { plan, ignored } = readGroup({ Up: UP, Busy: alarm('Up', BUSY), Down: DOWN, Idle: alarm('Down', idle) });
  expect(plan).toMatchObject({
    service: 'Group',
    task: { cpu: 1024, memoryMiB: 1024 },
    container: { port: 8080 },
    policy: {
      platform: 'ec2',
      minCapacity: 1,
      maxCapacity: 4,
      cpuReportSeconds: 300,
      simpleScaling: [
        { name: 'Up', alarmName: 'Busy', metric: 'ASGAverageCPUUtilization', adjustment: 1, cooldownSeconds: 120 },
        { name: 'Down', alarmName: 'Idle', adjustment: -1, cooldownSeconds: 300, alarm: { threshold: 10, periodSeconds: 120 } },
      ],
    },
  });
  expect(plan.instances).toMatchObject({
    type: 't2.micro',
    credits: { mode: 'standard', creditsPerHour: 6, maxCredits: 144, launchCredits: 30 },
  });
  expect(ignored).toEqual([]);
});

test('detailed monitoring reports every minute', () => {
  const { plan } = readGroup({ Up: UP, Busy: alarm('Up', BUSY) }, { Monitoring: { Enabled: true }, InstanceType: 'm7i.large' });
  expect(plan.policy.cpuReportSeconds).toBe(60);
  expect(plan.task).toEqual({ cpu: 2048, memoryMiB: 8192 });
});

test('target tracking and step scaling of a group are paced by the warm-up of its instances', () => {
  const track = groupPolicy({
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: { TargetValue: 50, PredefinedMetricSpecification: { PredefinedMetricType: 'ASGAverageCPUUtilization' } },
  });
  const steps = groupPolicy({
    PolicyType: 'StepScaling',
    AdjustmentType: 'ChangeInCapacity',
    EstimatedInstanceWarmup: 60,
    StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 2 }],
  });
  const { plan } = readGroup({ Track: track, Steps: steps, Busy: alarm('Steps', BUSY) }, {}, { DefaultInstanceWarmup: 90 });
  expect(plan.policy.targetTracking).toMatchObject([
    { metric: 'ASGAverageCPUUtilization', scaleOutCooldownSeconds: 90, scaleInCooldownSeconds: 0 },
  ]);
  expect(plan.policy.stepScaling).toMatchObject([{ cooldownSeconds: 60, steps: [{ lowerBound: 0, adjustment: 2 }] }]);
});

test('the schedule of a group sets its sizes', () => {
  const schedule = {
    Type: 'AWS::AutoScaling::ScheduledAction',
    Properties: { AutoScalingGroupName: { Ref: 'Group' }, Recurrence: '0 8 * * 1-5', MinSize: '2', DesiredCapacity: 3 },
  };
  expect(readGroup({ Morning: schedule }).plan.policy.scheduledActions).toEqual([
    {
      name: 'Morning',
      schedule: { kind: 'cron', minutes: [0], hours: [8], daysOfWeek: [1, 2, 3, 4, 5] },
      minCapacity: 2,
      desiredCapacity: 3,
    },
  ]);
});

test('what cannot be read is refused, with what to say instead', () => {
  expect(() => readGroup({})).toThrow('Group has no scaling policy and no scheduled action that can be simulated');
  expect(() => readGroup({ Up: UP, Busy: alarm('Up', BUSY) }, { InstanceType: 'p5.48xlarge' })).toThrow(
    'Group must start instances of a type that is known here, such as t3.micro or m7i.large, got p5.48xlarge: ' +
      'use a known type of the same size, as a forecast depends on vCPUs and memory only',
  );
});

test.each([
  [{}, 60],
  [{ Properties: { LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '300' }] } }, 300],
])('a group behind a load balancer of %j has its idle timeout', (balancer, idleTimeoutSeconds) => {
  const listener = { LoadBalancerArn: { Ref: 'Balancer' }, DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }] };
  const { plan } = readGroup({
    Up: UP,
    Busy: alarm('Up', BUSY),
    Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', ...balancer },
    Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: listener },
  });
  expect(plan.idleTimeoutSeconds).toBe(idleTimeoutSeconds);
});
