import { Duration, TimeZone } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { describe, expect, test } from 'vitest';
import { Deployment, HighResolutionMetrics, PredictiveScaling, type ScalableStatelessServiceProps } from '../../../src';
import { readPlan } from '../../../src/plan/template/read-plan';
import { Template as PlanTemplate } from '../../../src/plan/template/template';
import { idOf, propertiesOf, refusals, synthesize } from '../../synthesize';

type Properties = Record<string, Record<string, unknown>>;

function policiesOf(props: ScalableStatelessServiceProps): Record<string, Properties> {
  const policies = Object.values(synthesize(props).template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy'));
  return Object.fromEntries(policies.map((policy) => [policy['Properties'].PolicyName, policy['Properties']]));
}

const planIn = (template: Template) => readPlan(PlanTemplate.parse(JSON.stringify(template.toJSON()), 'Shop.template.json'));

test.each<[ScalableStatelessServiceProps, string[]]>([
  [{}, ['Cpu', 'Requests']],
  [{ scaleOnRequests: false }, ['Cpu']],
  [{ scaleOnCpu: false }, ['Requests']],
  [{ targetMemoryUtilizationPercent: 70 }, ['Cpu', 'Memory', 'Requests']],
])('with %j scaling follows %j', (props, names) => {
  expect(Object.keys(policiesOf(props)).sort()).toEqual(names);
});

test('scaling only adds tasks with disableScaleIn', () => {
  for (const policy of Object.values(policiesOf({ disableScaleIn: true, targetMemoryUtilizationPercent: 70 }))) {
    expect(policy['TargetTrackingScalingPolicyConfiguration']!['DisableScaleIn']).toBe(true);
  }
});

describe('slow answers', () => {
  const props = {
    scaleOutResponseTimeThreshold: Duration.millis(400),
    scaleOutResponseTimeMinTotalRequestsPerSecond: 10,
    scaleOutCooldown: Duration.seconds(60),
  };
  const { template } = synthesize(props);

  test('add a quarter of the tasks, and half as many more when they are very slow', () => {
    expect(policiesOf(props)['ResponseTime']!['StepScalingPolicyConfiguration']).toEqual({
      AdjustmentType: 'PercentChangeInCapacity',
      Cooldown: 60,
      MetricAggregationType: 'Maximum',
      MinAdjustmentMagnitude: 1,
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 0.2, ScalingAdjustment: 25 },
        { MetricIntervalLowerBound: 0.2, ScalingAdjustment: 50 },
      ],
    });
  });

  test('of a few requests at night add none', () => {
    const alarm = propertiesOf(template, 'AWS::CloudWatch::Alarm', 'ResponseTimeAlarm');
    expect(alarm).toMatchObject({
      Threshold: 0.4,
      EvaluationPeriods: 3,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [{ Ref: idOf(template, 'AWS::ApplicationAutoScaling::ScalingPolicy', 'ResponseTime') }],
    });
    expect(alarm['Metrics']).toContainEqual(expect.objectContaining({ Expression: 'IF(requests > 600, latency, 0)' }));
  });

  test('are in the plan, so that a forecast knows of them', () => {
    const { plan, ignored } = planIn(template);
    // the alarm has one data point for each period, so that there is nothing to aggregate.
    expect(ignored).toEqual([expect.stringMatching(/MetricAggregationType Maximum: the steps get what the alarm of the policy has/)]);
    expect(plan.policy.stepScaling).toMatchObject([
      { name: 'ResponseTime', metric: 'TargetResponseTime', statistic: 'p95', minRequestsPerMinute: 600, cooldownSeconds: 60 },
    ]);
  });

  test('of either of two versions add tasks', () => {
    const { template: both } = synthesize({ ...props, deployment: Deployment.blueGreen() });
    const text = JSON.stringify(propertiesOf(both, 'AWS::CloudWatch::Alarm', 'ResponseTimeAlarm'));
    expect(text).toContain('MAX([targetResponseTime_p95_1, targetResponseTime_p95_2])');
  });
});

test('schedules change the bounds at their times', () => {
  const { template } = synthesize({
    schedules: [
      {
        name: 'morning',
        schedule: Schedule.cron({ hour: '8', minute: '0' }),
        timeZone: TimeZone.EUROPE_BERLIN,
        minCapacity: 4,
        maxCapacity: 8,
      },
      { name: 'night', schedule: Schedule.cron({ hour: '22', minute: '0' }), minCapacity: 2, maxCapacity: 3 },
    ],
  });
  expect(propertiesOf(template, 'AWS::ApplicationAutoScaling::ScalableTarget')['ScheduledActions']).toEqual([
    expect.objectContaining({
      ScheduledActionName: 'morning',
      Schedule: 'cron(0 8 * * ? *)',
      Timezone: 'Europe/Berlin',
      ScalableTargetAction: { MinCapacity: 4, MaxCapacity: 8 },
    }),
    expect.objectContaining({ ScheduledActionName: 'night', ScalableTargetAction: { MinCapacity: 2, MaxCapacity: 3 } }),
  ]);
});

test.each([PredictiveScaling.FORECAST_ONLY, PredictiveScaling.FORECAST_AND_SCALE])('AWS forecasts the load: %s', (predictiveScaling) => {
  expect(policiesOf({ predictiveScaling, targetCpuUtilizationPercent: 50 })['Predictive']).toMatchObject({
    PolicyType: 'PredictiveScaling',
    PredictiveScalingPolicyConfiguration: {
      Mode: predictiveScaling,
      MetricSpecifications: [{ TargetValue: 50, PredefinedMetricPairSpecification: { PredefinedMetricType: 'ECSServiceCPUUtilization' } }],
    },
  });
});

describe('metrics every 20 seconds', () => {
  const monitoringOf = (highResolutionMetrics: HighResolutionMetrics) =>
    propertiesOf(synthesize({ highResolutionMetrics }).template, 'AWS::ECS::Service')['Monitoring'];
  const metricOf = (highResolutionMetrics: HighResolutionMetrics) =>
    JSON.stringify(policiesOf({ highResolutionMetrics })['Cpu']!['TargetTrackingScalingPolicyConfiguration']);

  test('are published first, and followed in a second step', () => {
    const published = { MetricConfigurations: [{ MetricNames: ['CPUUtilization', 'MemoryUtilization'], ResolutionSeconds: 20 }] };
    expect(monitoringOf(HighResolutionMetrics.OFF)).toBeUndefined();
    expect(monitoringOf(HighResolutionMetrics.PUBLISH_ONLY)).toEqual(published);
    expect(metricOf(HighResolutionMetrics.PUBLISH_ONLY)).toContain('"ECSServiceAverageCPUUtilization"');
    expect(monitoringOf(HighResolutionMetrics.PUBLISH_AND_SCALE)).toEqual(published);
    expect(metricOf(HighResolutionMetrics.PUBLISH_AND_SCALE)).toContain('"ECSServiceAverageCPUUtilizationHighResolution"');
  });

  test('are warned of where they are followed', () => {
    const { annotations } = synthesize({ highResolutionMetrics: HighResolutionMetrics.PUBLISH_AND_SCALE });
    const [warning] = annotations.findWarning('*', Match.anyValue());
    expect(warning?.entry.data).toContain('HighResolutionMetrics.PUBLISH_ONLY first');
  });
});

describe('refused', () => {
  const schedule = Schedule.rate(Duration.hours(1));
  test.each<[ScalableStatelessServiceProps, string]>([
    [
      { scaleOnCpu: false, scaleOnRequests: false },
      'scaleOnCpu or scaleOnRequests must be true, or a targetMemoryUtilizationPercent be given: nothing else removes tasks, got false',
    ],
    [{ targetMemoryUtilizationPercent: 0 }, 'targetMemoryUtilizationPercent must be above 0 and at most 100, got 0'],
    [{ targetMemoryUtilizationPercent: 100.1 }, 'targetMemoryUtilizationPercent must be above 0 and at most 100, got 100.1'],
    [{ scaleOutResponseTimeThreshold: Duration.seconds(0) }, 'scaleOutResponseTimeThreshold must be above 0 seconds, got 0'],
    [{ scaleOutResponseTimeMinTotalRequestsPerSecond: -1 }, 'scaleOutResponseTimeMinTotalRequestsPerSecond must be at least 0, got -1'],
    [
      { predictiveScaling: PredictiveScaling.FORECAST_ONLY, scaleOnCpu: false },
      'scaleOnCpu must be true with predictiveScaling, which forecasts CPU, got false',
    ],
    [
      { highResolutionMetrics: HighResolutionMetrics.PUBLISH_AND_SCALE, scaleOnCpu: false },
      'scaleOnCpu must be true with highResolutionMetrics, which are CPU and memory, got false',
    ],
    [
      { schedules: [{ name: 'a', schedule }] },
      'schedules[0] must have minCapacity or maxCapacity (in Python, use ScheduledCapacity(...) rather than a dict), ' +
        'got an object with name, schedule',
    ],
    [
      { schedules: [{ name: 'a b', schedule, minCapacity: 1 }] },
      "schedules must have names of 1 to 50 letters, digits and hyphens, got 'a b'",
    ],
    [
      { schedules: [{ name: 'a', schedule, minCapacity: -1 }] },
      'minCapacity of schedule a must be a whole number from 0 to 2147483647, got -1',
    ],
    [
      { schedules: [{ name: 'a', schedule, minCapacity: 3, maxCapacity: 2 }] },
      'minCapacity of schedule a must be at most 2, its maxCapacity, got 3',
    ],
    [
      { schedules: [{ name: 'a', schedule, minCapacity: 7 }] },
      'minCapacity of schedule a must be at most 6, the maxCapacity of the service, got 7: set maxCapacity in schedule a too',
    ],
    [
      { minCapacity: 4, schedules: [{ name: 'a', schedule, maxCapacity: 3 }] },
      'maxCapacity of schedule a must be at least 4, the minCapacity of the service, got 3: set minCapacity in schedule a too',
    ],
    [
      {
        schedules: [
          { name: 'morning', schedule: Schedule.cron({ hour: '8', minute: '0' }), timeZone: TimeZone.EUROPE_BERLIN, minCapacity: 4 },
          { name: 'night', schedule: Schedule.cron({ hour: '22', minute: '0' }), minCapacity: 2, maxCapacity: 3 },
        ],
      },
      'minCapacity of schedule morning must be at most 3, the maxCapacity that schedule night has set, got 4: set maxCapacity in schedule morning too',
    ],
    [{ schedules: [1, 2].map((minCapacity) => ({ name: 'a', schedule, minCapacity })) }, 'schedules must have unique names, got a twice'],
  ])('%# %j', (props, error) => {
    expect(refusals(props)).toEqual([error]);
  });

  test.each<ScalableStatelessServiceProps>([
    { scaleOnCpu: false, scaleOnRequests: false, targetMemoryUtilizationPercent: 100 },
    { scaleOutResponseTimeThreshold: Duration.millis(1), scaleOutResponseTimeMinTotalRequestsPerSecond: 0 },
    { schedules: [{ name: 'a', schedule, minCapacity: 3, maxCapacity: 3 }] },
  ])('but not %# %j', (props) => {
    expect(refusals(props)).toEqual([]);
  });
});
