import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { AlarmMuteRule, Deployment, ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { FLAG_SETS, idOf, newApp, propertiesOf, refusals, synthesize, synthesizeSmall } from '../../synthesize';

const ALARM = 'AWS::CloudWatch::Alarm';

function alarmOf(template: Template, name: string): Record<string, unknown> {
  return propertiesOf(template, ALARM, `Search${name}Alarm`);
}

describe.each(FLAG_SETS)('alarms, %s', (_, flags) => {
  const { template, service } = synthesize({ maxCapacity: 7 }, flags);

  test.each<[string, object]>([
    ['ServerErrors', { Threshold: 1, DatapointsToAlarm: 2, EvaluationPeriods: 3, TreatMissingData: 'notBreaching' }],
    ['SlowResponses', { Threshold: 1, EvaluationPeriods: 3, MetricName: 'TargetResponseTime', ExtendedStatistic: 'p95' }],
    ['UnhealthyTasks', { Threshold: 1, EvaluationPeriods: 5, MetricName: 'UnHealthyHostCount', Statistic: 'Maximum' }],
    ['NoHealthyTask', { Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching', Statistic: 'Maximum' }],
    ['HighCpu', { Threshold: 90, EvaluationPeriods: 5, Namespace: 'AWS/ECS', MetricName: 'CPUUtilization' }],
    ['HighMemory', { Threshold: 90, EvaluationPeriods: 5, MetricName: 'MemoryUtilization' }],
    ['AtMaxCapacity', { Threshold: 7, EvaluationPeriods: 10, MetricName: 'HealthyHostCount', Statistic: 'Minimum' }],
  ])('%s goes into ALARM at %j', (name, properties) => {
    expect(alarmOf(template, name)).toMatchObject(properties);
  });

  test('are no others, and can be reached', () => {
    template.resourceCountIs(ALARM, 7);
    expect(service.alarms).toHaveLength(7);
  });

  test('errors are a part of the requests', () => {
    expect(alarmOf(template, 'ServerErrors')['Metrics']).toContainEqual(
      expect.objectContaining({ Expression: '100 * errors / IF(requests > 200, requests, 200)' }),
    );
  });

  test('those that a bad version sets off have its deployment given up', () => {
    const configuration = propertiesOf(template, 'AWS::ECS::Service')['DeploymentConfiguration'];
    expect(configuration).toMatchObject({
      Alarms: {
        AlarmNames: [{ Ref: idOf(template, ALARM, 'ServerErrors') }, { Ref: idOf(template, ALARM, 'SlowResponses') }],
        Enable: true,
        Rollback: true,
      },
    });
  });

  test('those are made before the service, and the others after it: nothing waits for itself', () => {
    expect(JSON.stringify(alarmOf(template, 'ServerErrors'))).not.toContain(idOf(template, 'AWS::ECS::Service'));
    expect(JSON.stringify(alarmOf(template, 'HighCpu'))).toContain(idOf(template, 'AWS::ECS::Service'));
  });
});

describe('server errors', () => {
  const PERCENTS = [0.1, 0.3, 1, 5, 33, 100];

  type ServerErrorsAlarm = { readonly Metrics: readonly { readonly Expression?: string }[]; readonly Threshold: number };
  const alarms = new Map(
    PERCENTS.map((percent) => [
      percent,
      alarmOf(synthesizeSmall({ serverErrorAlarmPercent: percent }).template, 'ServerErrors') as unknown as ServerErrorsAlarm,
    ]),
  );

  /** Whether a minute reaches the threshold, by the expression of the template. */
  const isReached = (percent: number, requests: number, errors: number): boolean => {
    const { Metrics, Threshold } = alarms.get(percent)!;
    const [, factor, floor] = /^(\d+) \* errors \/ IF\(requests > (\d+), requests, \2\)$/.exec(Metrics[0]!.Expression!)!.map(Number);
    return (factor! * errors) / (requests > floor! ? requests : floor!) >= Threshold;
  };

  test.each(PERCENTS)('a single one does not page in a minute of any traffic, at %d %%', (percent) => {
    for (const requests of [1, 2, 10, 100, 100 / percent]) expect(isReached(percent, Math.ceil(requests), 1)).toBe(false);
  });

  test.each(PERCENTS)('an outage does, with little traffic too, at %d %%', (percent) => {
    for (const requests of [2, 10, 1000]) expect(isReached(percent, requests, requests)).toBe(true);
  });

  test('are counted against 200 requests where only the deployment knows the percentage', () => {
    const { template } = synthesize((stack) => ({
      serverErrorAlarmPercent: new CfnParameter(stack, 'Percent', { type: 'Number' }).valueAsNumber,
    }));
    const { Metrics, Threshold } = alarmOf(template, 'ServerErrors') as { Metrics: { Expression?: string }[]; Threshold: unknown };
    expect(Threshold).toEqual({ Ref: 'Percent' });
    expect(Metrics[0]!.Expression).toBe('100 * errors / IF(requests > 200, requests, 200)');
  });
});

describe('the alarm on the maximum capacity', () => {
  const at = (hour: number): Schedule => Schedule.cron({ hour: String(hour), minute: '0' });
  const once = Schedule.at(new Date('2027-11-26T06:00:00Z'));
  const thresholdOf = (props: ScalableStatelessServiceProps): unknown => {
    const alarms = synthesizeSmall(props).template.findResources(ALARM);
    return Object.entries(alarms).find(([id]) => id.includes('AtMaxCapacity'))?.[1]['Properties'].Threshold;
  };

  test.each<[string, ScalableStatelessServiceProps, number | undefined]>([
    ['that of the service', { maxCapacity: 7 }, 7],
    ['none for a fixed size', { minCapacity: 4, maxCapacity: 4 }, undefined],
    ['none for sizes that are fixed at each time', fixed(at(8), at(20)), undefined],
    [
      'none for a fixed size that a schedule sets once more',
      { minCapacity: 4, maxCapacity: 4, schedules: [{ name: 'a', schedule: at(8), minCapacity: 4 }] },
      undefined,
    ],
    [
      'a fixed size that a schedule lowers',
      { minCapacity: 4, maxCapacity: 4, schedules: [{ name: 'night', schedule: at(22), minCapacity: 2 }] },
      4,
    ],
    [
      'a fixed size that a schedule raises',
      { minCapacity: 4, maxCapacity: 4, schedules: [{ name: 'day', schedule: at(8), maxCapacity: 9 }] },
      9,
    ],
    ['schedules of the minimum only', { schedules: [{ name: 'day', schedule: at(8), minCapacity: 4 }] }, 6],
    [
      'the largest scheduled one',
      {
        schedules: [
          { name: 'day', schedule: at(8), maxCapacity: 20 },
          { name: 'night', schedule: at(22), maxCapacity: 6 },
        ],
      },
      20,
    ],
    [
      'the largest scheduled one, below that of the service',
      {
        maxCapacity: 30,
        schedules: [
          { name: 'day', schedule: at(8), maxCapacity: 20 },
          { name: 'night', schedule: at(22), maxCapacity: 6 },
        ],
      },
      20,
    ],
    [
      'that of the service beside one that is due once',
      { maxCapacity: 10, schedules: [{ name: 'sale', schedule: once, maxCapacity: 8 }] },
      10,
    ],
    [
      'the largest one, beside one that is due once',
      { maxCapacity: 10, schedules: [{ name: 'sale', schedule: once, maxCapacity: 40 }] },
      40,
    ],
  ])('%s', (_, props, threshold) => {
    expect(thresholdOf(props)).toBe(threshold);
  });

  test('counts a schedule that is added to the scalable target', () => {
    const stack = new Stack(newApp(), 'Shop');
    const { scaling } = new ScalableStatelessService(stack, 'Search');
    scaling.scaleOnSchedule('Day', { schedule: at(8), maxCapacity: 20 });
    expect(alarmOf(Template.fromStack(stack), 'AtMaxCapacity')['Threshold']).toBe(20);
  });

  test('has a maximum that only the deployment knows', () => {
    const number = (stack: Stack): number => new CfnParameter(stack, 'Max', { type: 'Number' }).valueAsNumber;
    expect(alarmOf(synthesizeSmall((stack) => ({ maxCapacity: number(stack) })).template, 'AtMaxCapacity')['Threshold']).toEqual({
      Ref: 'Max',
    });
    const scheduled = synthesizeSmall((stack) => ({ schedules: [{ name: 'day', schedule: at(8), maxCapacity: number(stack) }] }));
    expect(alarmOf(scheduled.template, 'AtMaxCapacity')['Threshold']).toEqual({ Ref: 'Max' });
  });

  test('is refused where the largest is not known', () => {
    const props = (stack: Stack): ScalableStatelessServiceProps => ({
      schedules: [
        { name: 'day', schedule: at(8), maxCapacity: new CfnParameter(stack, 'Max', { type: 'Number' }).valueAsNumber },
        { name: 'night', schedule: at(22), maxCapacity: 6 },
      ],
    });
    expect(refusals(props)).toEqual([
      'maxCapacity of schedule day must be known at synthesis, so that the alarm on the maximum capacity has the largest, or alarms be false, got a token',
    ]);
    expect(refusals((stack) => ({ ...props(stack), alarms: false }))).toEqual([]);
  });
});

/** A service that has one size at a time. */
function fixed(...schedules: Schedule[]): ScalableStatelessServiceProps {
  const bounds = (capacity: number) => ({ minCapacity: capacity, maxCapacity: capacity });
  return { ...bounds(4), schedules: schedules.map((schedule, index) => ({ name: `size${index}`, schedule, ...bounds(4 + 2 * index) })) };
}

test('with two versions side by side alarms count those of both', () => {
  const { template } = synthesize({ deployment: Deployment.blueGreen() });
  const { Metrics } = alarmOf(template, 'AtMaxCapacity') as { Metrics: { Expression?: string }[] };
  // each version has as many tasks as scaling counts: the sum would ring in every deployment.
  expect(Metrics[0]!.Expression).toBe('MAX([FILL(healthyHostCount_Minimum_1, 0), FILL(healthyHostCount_Minimum_2, 0)])');
  const none = alarmOf(template, 'NoHealthyTask') as { Metrics: { Expression?: string }[] };
  expect(none.Metrics[0]!.Expression).toBe('FILL(healthyHostCount_Maximum_1, 0) + FILL(healthyHostCount_Maximum_2, 0)');
  const slow = alarmOf(template, 'SlowResponses') as { Metrics: { Expression?: string }[] };
  expect(slow.Metrics[0]!.Expression).toBe('MAX([targetResponseTime_p95_1, targetResponseTime_p95_2])');
});

test('a metric over two target groups has the colour that it is given', () => {
  const { service } = synthesize({ deployment: Deployment.blueGreen() });
  expect(service.metricRequests({ color: '#d62728' }).toMetricConfig().renderingProperties).toMatchObject({ color: '#d62728' });
});

test('the topic is notified of ALARM, of OK, and of a failed deployment', () => {
  const { template } = synthesize((stack) => ({ alarmTopic: new Topic(stack, 'Pager') }));
  const topic = { Ref: idOf(template, 'AWS::SNS::Topic') };
  template.allResourcesProperties(ALARM, { AlarmActions: [topic], OKActions: [topic] });
  expect(propertiesOf(template, 'AWS::Events::Rule')).toMatchObject({
    EventPattern: {
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
      resources: [{ Ref: idOf(template, 'AWS::ECS::Service') }],
    },
    Targets: [{ Arn: topic }],
  });
});

test('the topic lets both the alarms and the rule speak: with a policy for one, it would be deaf to the other', () => {
  const { template } = synthesize((stack) => ({ alarmTopic: new Topic(stack, 'Pager') }));
  const { Statement } = propertiesOf(template, 'AWS::SNS::TopicPolicy')['PolicyDocument'] as { Statement: Record<string, unknown>[] };
  const said = Statement.map(({ Action, Effect, Principal }) => JSON.stringify({ Action, Effect, Principal })).sort();
  const services = ['cloudwatch.amazonaws.com', 'events.amazonaws.com'];
  expect(said).toEqual(services.map((Service) => JSON.stringify({ Action: 'sns:Publish', Effect: 'Allow', Principal: { Service } })));
});

test('there are no notifications by default', () => {
  const { template } = synthesize();
  template.resourceCountIs('AWS::Events::Rule', 0);
  expect(alarmOf(template, 'HighCpu')).not.toHaveProperty('AlarmActions');
});

test('thresholds are those that are given', () => {
  const { template } = synthesizeSmall({ serverErrorAlarmPercent: 0.5, responseTimeAlarmThreshold: Duration.millis(250) });
  expect(alarmOf(template, 'ServerErrors')['Threshold']).toBe(0.5);
  expect(alarmOf(template, 'SlowResponses')['Threshold']).toBe(0.25);
});

describe('without alarms', () => {
  const alarmsIn = (props: ScalableStatelessServiceProps) => {
    const { Alarms } = propertiesOf(synthesizeSmall(props).template, 'AWS::ECS::Service')['DeploymentConfiguration'] as { Alarms: object };
    return Alarms;
  };

  test('there are none, and no deployment waits for one', () => {
    synthesizeSmall({ alarms: false }).template.resourceCountIs(ALARM, 0);
    expect(alarmsIn({ alarms: false })).toEqual({ AlarmNames: [], Enable: false, Rollback: false });
  });

  test('a deployment continues in spite of alarms', () => {
    expect(alarmsIn({ rollbackOnServiceAlarms: false })).toEqual({ AlarmNames: [], Enable: false, Rollback: false });
  });
});

test.each<[ScalableStatelessServiceProps, string]>([
  [{ serverErrorAlarmPercent: 0 }, 'serverErrorAlarmPercent must be above 0 and at most 100, got 0'],
  [{ serverErrorAlarmPercent: 100.1 }, 'serverErrorAlarmPercent must be above 0 and at most 100, got 100.1'],
  [{ responseTimeAlarmThreshold: Duration.seconds(0) }, 'responseTimeAlarmThreshold must be above 0 seconds, got 0'],
])('%j is refused', (props, error) => {
  expect(refusals(props)).toEqual([error]);
});

describe('planned work', () => {
  test('mutes all alarms, again and again or once', () => {
    const alarmMuteRules = [
      AlarmMuteRule.cron('0 2 * * SUN', Duration.hours(2), 'Europe/Berlin'),
      AlarmMuteRule.once('2027-01-31T23:00', Duration.days(1)),
    ];
    const { template } = synthesizeSmall({ alarmMuteRules });
    const rules = Object.values(template.findResources('AWS::CloudWatch::AlarmMuteRule')).map(({ Properties }) => Properties);
    expect(rules.map(({ Rule }) => Rule.Schedule)).toEqual([
      { Expression: 'cron(0 2 * * SUN)', Duration: 'PT2H', Timezone: 'Europe/Berlin' },
      { Expression: 'at(2027-01-31T23:00)', Duration: 'P1D' },
    ]);
    expect(rules[0].MuteTargets.AlarmNames).toHaveLength(7);
  });

  test('a new service warms up before its alarms are evaluated', () => {
    const { template } = synthesizeSmall({ alarmWarmUp: Duration.minutes(15) });
    template.allResourcesProperties(ALARM, { WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 15 } });
    expect(alarmOf(synthesizeSmall().template, 'NoHealthyTask')).not.toHaveProperty('WarmUpConfiguration');
  });

  test.each<[ScalableStatelessServiceProps, string]>([
    [{ alarmWarmUp: Duration.days(3) }, 'alarmWarmUp must be a whole number of minutes from 1 to 2880, got 4320'],
    [
      { alarmMuteRules: [AlarmMuteRule.cron('0 2 * * *', Duration.days(16))] },
      'alarmMuteRules duration must be a whole number of minutes from 1 to 21600, got 23040',
    ],
    [{ alarms: false, alarmWarmUp: Duration.minutes(1) }, 'alarmWarmUp must be left out with alarms: false, got one'],
  ])('%j is refused', (props, error) => {
    expect(refusals(props)).toEqual([error]);
  });
});
