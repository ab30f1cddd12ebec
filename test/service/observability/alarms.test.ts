import { Duration } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { Deployment, type ScalableStatelessServiceProps } from '../../../src';
import { FLAG_SETS, idOf, propertiesOf, refusals, synthesize } from '../../synthesize';

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
  ])('%s rings at %j', (name, properties) => {
    expect(alarmOf(template, name)).toMatchObject(properties);
  });

  test('are no others, and can be reached', () => {
    template.resourceCountIs(ALARM, 7);
    expect(service.alarms).toHaveLength(7);
  });

  test('errors are a part of the requests, so that one of a few at night is as many as a thousand of many', () => {
    expect(alarmOf(template, 'ServerErrors')['Metrics']).toContainEqual(
      expect.objectContaining({ Expression: 'IF(requests > 0, 100 * errors / requests, 0)' }),
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

test('somebody is told when an alarm rings, when it stops, and when a deployment has failed', () => {
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

test('nobody is told anything by default', () => {
  const { template } = synthesize();
  template.resourceCountIs('AWS::Events::Rule', 0);
  expect(alarmOf(template, 'HighCpu')).not.toHaveProperty('AlarmActions');
});

test('thresholds are those that are given', () => {
  const { template } = synthesize({ serverErrorAlarmPercent: 0.5, latencyAlarmThreshold: Duration.millis(250) });
  expect(alarmOf(template, 'ServerErrors')['Threshold']).toBe(0.5);
  expect(alarmOf(template, 'SlowResponses')['Threshold']).toBe(0.25);
});

describe('without alarms', () => {
  const alarmsIn = (props: ScalableStatelessServiceProps) => {
    const { Alarms } = propertiesOf(synthesize(props).template, 'AWS::ECS::Service')['DeploymentConfiguration'] as { Alarms: object };
    return Alarms;
  };

  test('there are none, and no deployment waits for one', () => {
    synthesize({ alarms: false }).template.resourceCountIs(ALARM, 0);
    expect(alarmsIn({ alarms: false })).toEqual({ AlarmNames: [], Enable: false, Rollback: false });
  });

  test('a deployment may go on whatever rings', () => {
    expect(alarmsIn({ rollbackOnAlarms: false })).toEqual({ AlarmNames: [], Enable: false, Rollback: false });
  });
});

test.each<[ScalableStatelessServiceProps, string]>([
  [{ serverErrorAlarmPercent: 0 }, 'serverErrorAlarmPercent must be above 0 and at most 100, got 0'],
  [{ serverErrorAlarmPercent: 100.1 }, 'serverErrorAlarmPercent must be above 0 and at most 100, got 100.1'],
  [{ latencyAlarmThreshold: Duration.seconds(0) }, 'latencyAlarmThreshold must be above 0 seconds, got 0'],
])('%j is refused', (props, mistake) => {
  expect(refusals(props)).toEqual([mistake]);
});
