import { describe, expect, test } from 'vitest';
import { alarm, readService, servicePolicy, tracking } from './scaled-template';

const CPU = tracking({ TargetValue: 60, PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } });

const metric = (Namespace: string, MetricName: string, dimensions: object[] = []) => ({ Namespace, MetricName, Dimensions: dimensions });

const STEPS = servicePolicy({
  PolicyType: 'StepScaling',
  PolicyName: 'latency',
  StepScalingPolicyConfiguration: {
    AdjustmentType: 'PercentChangeInCapacity',
    MinAdjustmentMagnitude: 2,
    Cooldown: 90,
    StepAdjustments: [
      { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 200, ScalingAdjustment: 20 },
      { MetricIntervalLowerBound: 200, ScalingAdjustment: 50 },
    ],
  },
});

describe('a target', () => {
  test.each([
    ['ECSServiceAverageMemoryUtilization'],
    ['ECSServiceAverageCPUUtilizationHighResolution'],
    ['ECSServiceAverageMemoryUtilizationHighResolution'],
    ['ALBRequestCountPerTarget'],
  ])('may be %s', (PredefinedMetricType) => {
    const { plan, ignored } = readService({
      Follow: tracking({ TargetValue: 75, PredefinedMetricSpecification: { PredefinedMetricType } }),
    });
    expect(ignored).toEqual([]);
    expect(plan.policy.targetTracking).toMatchObject([{ name: 'Follow', metric: PredefinedMetricType, targetValue: 75 }]);
  });

  test('on the sum of two target groups is one on requests per target', () => {
    const sum = tracking({
      TargetValue: 100,
      CustomizedMetricSpecification: {
        Metrics: [
          { Id: 'blue', ReturnData: false, MetricStat: { Metric: metric('AWS/ApplicationELB', 'RequestCountPerTarget'), Stat: 'Sum' } },
          { Id: 'green', ReturnData: false, MetricStat: { Metric: metric('AWS/ApplicationELB', 'RequestCountPerTarget'), Stat: 'Sum' } },
          { Id: 'perSecond', Expression: '(FILL(blue, 0) + FILL(green, 0)) / 60' },
        ],
      },
    });
    const { plan, ignored } = readService({ Sum: sum });
    expect(ignored).toEqual([]);
    expect(plan.policy.targetTracking[0]).toMatchObject({ metric: 'ALBRequestCountPerTarget', targetValue: 6000 });
  });

  test('on the CPU of the service, in its own words, is the predefined one; on that of another service it is not simulated', () => {
    const cpuOf = (service: string) =>
      tracking({
        TargetValue: 50,
        CustomizedMetricSpecification: {
          ...metric('AWS/ECS', 'CPUUtilization', [{ Name: 'ServiceName', Value: { 'Fn::GetAtt': [service, 'Name'] } }]),
          Statistic: 'Average',
        },
      });
    const own = readService({ Own: cpuOf('Shop') });
    expect(own.plan.policy.targetTracking[0]).toMatchObject({ metric: 'ECSServiceAverageCPUUtilization', targetValue: 50 });
    const other = { Type: 'AWS::ECS::Service', Properties: {} };
    const both = readService({ Cpu: CPU, Other: other, Foreign: cpuOf('Other') });
    expect(both.ignored).toEqual(['Foreign (CPUUtilization): this metric is not simulated']);
  });

  test('on an unknown metric is ignored, with its name', () => {
    const queue = tracking({ TargetValue: 10, CustomizedMetricSpecification: metric('AWS/SQS', 'ApproximateNumberOfMessagesVisible') });
    const predefined = tracking({
      TargetValue: 1,
      PredefinedMetricSpecification: { PredefinedMetricType: 'KafkaBrokerStorageUtilization' },
    });
    expect(readService({ Cpu: CPU, Queue: queue, Kafka: predefined }).ignored).toEqual([
      'Queue (ApproximateNumberOfMessagesVisible): this metric is not simulated',
      'Kafka (KafkaBrokerStorageUtilization): this metric is not simulated',
    ]);
  });

  test('on response time is not simulated: it does not fall in proportion', () => {
    const latency = tracking({ TargetValue: 1, CustomizedMetricSpecification: metric('AWS/ApplicationELB', 'TargetResponseTime') });
    expect(readService({ Cpu: CPU, Latency: latency }).ignored).toEqual(['Latency (TargetResponseTime): this metric is not simulated']);
  });
});

describe('step scaling', () => {
  const latencyAlarm = {
    AlarmName: 'slow',
    Threshold: 500,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    TreatMissingData: 'notBreaching',
    Metrics: [
      { Id: 'p95', ReturnData: false, MetricStat: { Metric: metric('AWS/ApplicationELB', 'TargetResponseTime'), Stat: 'p95', Period: 60 } },
      { Id: 'requests', ReturnData: false, MetricStat: { Metric: metric('AWS/ApplicationELB', 'RequestCount'), Stat: 'Sum', Period: 60 } },
      { Id: 'millis', Expression: 'IF(requests > 300, p95 * 1000, 0)', ReturnData: true },
    ],
  };

  test('is read with its alarm, the guard against little traffic, and the unit of the metric', () => {
    const { plan, ignored } = readService({ Steps: STEPS, Slow: alarm('Steps', latencyAlarm) });
    expect(ignored).toEqual([]);
    expect(plan.policy.stepScaling).toEqual([
      {
        name: 'latency',
        alarmName: 'slow',
        metric: 'TargetResponseTime',
        statistic: 'p95',
        minRequestsPerMinute: 300,
        adjustmentType: 'PercentChangeInCapacity',
        minAdjustmentMagnitude: 2,
        cooldownSeconds: 90,
        alarm: {
          comparisonOperator: 'GreaterThanOrEqualToThreshold',
          threshold: 0.5,
          evaluationPeriods: 3,
          datapointsToAlarm: 2,
          treatMissingData: 'notBreaching',
          periodSeconds: 60,
        },
        steps: [
          { lowerBound: 0, upperBound: 0.2, adjustment: 20 },
          { lowerBound: 0.2, adjustment: 50 },
        ],
      },
    ]);
  });

  test.each([
    ['no alarm', {}, ['Steps: no alarm of this template starts it']],
    [
      'an alarm that is switched off',
      { Slow: alarm('Steps', { ...latencyAlarm, ActionsEnabled: false }) },
      ['Slow ActionsEnabled false: its actions are switched off'],
    ],
    [
      'an alarm on something else',
      { Slow: alarm('Steps', { ...metric('AWS/SQS', 'NumberOfMessagesSent'), Threshold: 1, EvaluationPeriods: 1 }) },
      ['Slow (NumberOfMessagesSent): this metric is not simulated'],
    ],
    [
      'an alarm on a band',
      { Slow: alarm('Steps', { ...latencyAlarm, ComparisonOperator: 'GreaterThanUpperThreshold' }) },
      ['Slow ComparisonOperator GreaterThanUpperThreshold: bands are not simulated'],
    ],
    [
      'an alarm that is over',
      { Slow: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...latencyAlarm, OKActions: [{ Ref: 'Steps' }] } } },
      ['Slow OKActions: only an alarm that goes into ALARM starts Steps', 'Steps: no alarm of this template starts it'],
    ],
  ])('with %s is named as ignored', (_, added, ignored) => {
    expect(readService({ Cpu: CPU, Steps: STEPS, ...added }).ignored).toEqual(ignored);
  });

  test('on the busiest task is followed by the average, which is said', () => {
    const busiest = { ...metric('AWS/ECS', 'CPUUtilization'), Statistic: 'Maximum', Period: 60, Threshold: 80, EvaluationPeriods: 1 };
    const up = alarm('Steps', { ...busiest, ComparisonOperator: 'GreaterThanThreshold' });
    const { plan, ignored } = readService({ Steps: STEPS, Busy: up });
    expect(plan.policy.stepScaling).toHaveLength(1);
    expect(ignored).toEqual(['Busy Maximum of ECSServiceAverageCPUUtilization: simulated as its average']);
  });

  test('whose steps leave a gap is refused', () => {
    const configuration = {
      AdjustmentType: 'ChangeInCapacity',
      StepAdjustments: [
        { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
        { MetricIntervalLowerBound: 20, ScalingAdjustment: 2 },
      ],
    };
    const steps = servicePolicy({ PolicyType: 'StepScaling', StepScalingPolicyConfiguration: configuration });
    expect(() => readService({ Steps: steps, Slow: alarm('Steps', latencyAlarm) })).toThrow(
      'Steps steps must follow each other without gap or overlap, got 0.01 before 0.02',
    );
  });
});

describe('a scalable target', () => {
  test('has scheduled actions, each in its time zone', () => {
    const actions = [
      {
        ScheduledActionName: 'morning',
        Schedule: 'cron(0 8 ? * MON-FRI *)',
        Timezone: 'Europe/Rome',
        ScalableTargetAction: { MinCapacity: 6 },
      },
      {
        ScheduledActionName: 'sale',
        Schedule: 'at(2026-11-27T00:00:00)',
        ScalableTargetAction: { MinCapacity: 8, MaxCapacity: 40 },
      },
      { ScheduledActionName: 'odd', Schedule: 'cron(0 8 * * MON)', ScalableTargetAction: { MinCapacity: 6 } },
    ];
    const { plan, ignored } = readService({}, { ScheduledActions: actions });
    expect(plan.policy.scheduledActions).toEqual([
      {
        name: 'morning',
        schedule: { kind: 'cron', minutes: [0], hours: [8], daysOfWeek: [1, 2, 3, 4, 5] },
        timeZone: 'Europe/Rome',
        minCapacity: 6,
      },
      { name: 'sale', schedule: { kind: 'at', minute: 29_928_960 }, minCapacity: 8, maxCapacity: 40 },
    ]);
    expect(ignored).toEqual(['odd schedule "cron(0 8 * * MON)": this kind of schedule is not simulated']);
  });

  test('may have parts of its scaling suspended', () => {
    const { plan } = readService({ Cpu: CPU }, { SuspendedState: { DynamicScalingInSuspended: true, ScheduledScalingSuspended: false } });
    expect(plan.policy.suspended).toEqual({ scaleIn: true, scaleOut: false, schedules: false });
  });

  test('may be named as a text', () => {
    const named = { ServiceName: 'shop' };
    expect(readService({ Cpu: CPU }, { ResourceId: 'service/shops/shop' }, named).plan.policy.maxCapacity).toBe(10);
    // a name that merely ends alike is that of another service.
    const { plan, ignored } = readService({ Cpu: CPU }, { ResourceId: 'service/shops/workshop' }, named);
    expect(plan.policy).toMatchObject({ minCapacity: 1, maxCapacity: 1, targetTracking: [] });
    expect(ignored).toEqual(['Shop: nothing scales it, so its desired count of 1 is fixed']);
  });

  test.each([
    ['ForecastAndScale', true, 'what AWS will forecast is not known; a scenario gives the minimums that it would set'],
    ['ForecastOnly', false, undefined],
  ])('predicts with mode %s', (Mode, isPredictive, why) => {
    const predictive = servicePolicy({ PolicyType: 'PredictiveScaling', PredictiveScalingPolicyConfiguration: { Mode } });
    const { plan, ignored } = readService({ Cpu: CPU, Ahead: predictive });
    expect(plan.policy.isPredictive).toBe(isPredictive);
    expect(ignored).toEqual([
      `Ahead (PredictiveScaling)${why === undefined ? ' Mode ForecastOnly: it forecasts and does not scale' : `: ${why}`}`,
    ]);
  });
});
