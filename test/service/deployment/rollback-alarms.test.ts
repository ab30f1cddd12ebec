import { NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  AnomalyDetectionAlarm,
  CfnAlarm,
  CompositeAlarm,
  type IAlarm,
  type IMetric,
  MathExpression,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { Deployment, type IScalableStatelessService, ScalableStatelessService } from '../../../src';
import { FLAG_SETS, newApp, WITHOUT_LOGS_AND_ENDPOINTS } from '../../synthesize';

const METRICS: readonly (keyof IScalableStatelessService & `metric${string}`)[] = [
  'metricCpuUtilization',
  'metricMemoryUtilization',
  'metricRequests',
  'metricRequestsPerTask',
  'metricServerErrors',
  'metricResponseTime',
  'metricHealthyTasks',
  'metricUnhealthyTasks',
];

/** The metrics whose dimensions name the service itself: the load balancer and the target groups exist before it. */
const OF_SERVICE = ['metricCpuUtilization', 'metricMemoryUtilization'];

const OTHER_METRIC = new Metric({ namespace: 'Shop', metricName: 'Orders' });

function alarmOn(scope: Construct, metric: IMetric, alarmName?: string): Alarm {
  return new Alarm(scope, 'Mine', { metric, threshold: 1, evaluationPeriods: 1, alarmName });
}

/** The names of the alarms that roll a deployment back, and those of the alarms themselves. */
function synthesizedNames(service: ScalableStatelessService, alarmStack: Stack): { rollback: unknown[]; alarms: unknown[] } {
  // both throw an error where resources or stacks depend on each other.
  const [own, other] = [Template.fromStack(Stack.of(service)), Template.fromStack(alarmStack)];
  const [resource] = Object.values(own.findResources('AWS::ECS::Service'));
  const alarms = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'].flatMap((type) => Object.values(other.findResources(type)));
  return {
    rollback: resource!['Properties'].DeploymentConfiguration.Alarms.AlarmNames,
    alarms: alarms.map(({ Properties }) => Properties.AlarmName).filter((name) => name !== undefined),
  };
}

const PROPS = { ...WITHOUT_LOGS_AND_ENDPOINTS, alarms: false };

describe.each(FLAG_SETS)('%s', (_, flags) => {
  const shop = (): Stack => new Stack(newApp(flags), 'Shop');

  test.each([
    ['rolling', Deployment.rolling()],
    ['blue/green', Deployment.blueGreen()],
  ])('alarms on all metrics of this service, %s', (__, deployment) => {
    const stack = shop();
    const service = new ScalableStatelessService(stack, 'Search', { ...PROPS, deployment });
    const alarm = (metric: (typeof METRICS)[number], alarmName?: string): Alarm =>
      new Alarm(stack, alarmName ?? metric, { metric: service[metric](), threshold: 1, evaluationPeriods: 1, alarmName });
    service.addRollbackAlarms(...METRICS.flatMap((metric) => [alarm(metric), alarm(metric, `mine-${metric}`)]));
    const { rollback, alarms } = synthesizedNames(service, stack);
    const expected = METRICS.flatMap((metric) =>
      OF_SERVICE.includes(metric)
        ? [expect.stringMatching(new RegExp(`^Shop-?${metric}`)), `mine-${metric}`]
        : [{ Ref: expect.stringMatching(new RegExp(`^${metric}`)) }, { Ref: expect.stringMatching(new RegExp(`^mine${metric}`)) }],
    );
    expect(rollback).toEqual(expected);
    // an alarm keeps the name that it has, and gets one only where the service needs it.
    expect(alarms).toHaveLength(METRICS.length + OF_SERVICE.length);
    expect(alarms).toEqual(expect.arrayContaining(rollback.filter((name) => typeof name === 'string')));
  });
});

/** Names that are derived from the path of the alarm. */
function expectName(names: readonly string[]): unknown[] {
  return names.map((name) => expect.stringMatching(new RegExp(`^${name}`)));
}

/** Alarms that depend on the service through something else. */
const INDIRECT: readonly (readonly [string, (stack: Stack, service: ScalableStatelessService) => IAlarm])[] = [
  [
    'an expression',
    (stack, service) =>
      alarmOn(stack, new MathExpression({ expression: 'a + b', usingMetrics: { a: OTHER_METRIC, b: service.metricCpuUtilization() } })),
  ],
  ['a metric of the ECS service', (stack, service) => alarmOn(stack, service.service.metricMemoryUtilization())],
  [
    'a composite alarm',
    (stack, service) => {
      const alarmRule = AlarmRule.fromAlarm(alarmOn(stack, service.metricCpuUtilization()), AlarmState.ALARM);
      return new CompositeAlarm(stack, 'Both', { alarmRule });
    },
  ],
  [
    'an anomaly',
    (stack, service) => new AnomalyDetectionAlarm(stack, 'Mine', { metric: service.metricCpuUtilization(), evaluationPeriods: 1 }),
  ],
  [
    'a dependency that is written out',
    (stack, service) => {
      const alarm = alarmOn(stack, OTHER_METRIC);
      alarm.node.addDependency(service.service);
      return alarm;
    },
  ],
  [
    'an action',
    (stack, service) => {
      const alarm = alarmOn(stack, OTHER_METRIC);
      alarm.addAlarmAction({ bind: () => ({ alarmActionArn: service.service.serviceArn }) });
      return alarm;
    },
  ],
  [
    'an override',
    (stack, service) => {
      const alarm = alarmOn(stack, OTHER_METRIC);
      (alarm.node.defaultChild as CfnAlarm).addPropertyOverride('AlarmDescription', service.service.serviceName);
      return alarm;
    },
  ],
];

test.each(INDIRECT)('%s on this service has its name written out', (_, alarmOf) => {
  const stack = new Stack(newApp(), 'Shop');
  const service = new ScalableStatelessService(stack, 'Search', PROPS);
  service.addRollbackAlarms(alarmOf(stack, service));
  const { rollback, alarms } = synthesizedNames(service, stack);
  expect(rollback).toEqual(alarms);
  expect(rollback).toEqual([expect.stringMatching(/^Shop/)]);
});

test('all alarms of the service itself, alone and in a composite one', () => {
  const stack = new Stack(newApp(), 'Shop');
  const service = new ScalableStatelessService(stack, 'Search', { ...WITHOUT_LOGS_AND_ENDPOINTS, rollbackOnServiceAlarms: false });
  const composite = new CompositeAlarm(stack, 'Any', { alarmRule: AlarmRule.anyOf(...service.alarms) });
  service.addRollbackAlarms(...service.alarms, composite);
  const { rollback } = synthesizedNames(service, stack);
  expect(rollback.filter((name) => typeof name === 'string')).toEqual([
    expect.stringMatching(/HighCpu/),
    expect.stringMatching(/HighMemory/),
    expect.stringMatching(/Any/),
  ]);
  expect(rollback).toHaveLength(8);
});

test('an alarm that is added twice, and by two services', () => {
  const stack = new Stack(newApp(), 'Shop');
  const [search, cart] = ['Search', 'Cart'].map((id) => new ScalableStatelessService(stack, id, PROPS));
  const alarm = alarmOn(stack, search!.metricCpuUtilization());
  for (const service of [search!, search!, cart!]) service.addRollbackAlarms(alarm);
  const namesOf = Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service')).map(
    ({ Properties }) => Properties.DeploymentConfiguration.Alarms.AlarmNames,
  );
  expect(namesOf).toEqual([expectName(['Shop-?Mine', 'Shop-?Mine']), [{ Ref: expect.stringMatching(/^Mine/) }]]);
});

test('two services that watch each other', () => {
  const stack = new Stack(newApp(), 'Shop');
  const [search, cart] = ['Search', 'Cart'].map((id) => new ScalableStatelessService(stack, id, PROPS));
  search!.addRollbackAlarms(new Alarm(stack, 'OfCart', { metric: cart!.metricCpuUtilization(), threshold: 1, evaluationPeriods: 1 }));
  cart!.addRollbackAlarms(new Alarm(stack, 'OfSearch', { metric: search!.metricCpuUtilization(), threshold: 1, evaluationPeriods: 1 }));
  expect(() => Template.fromStack(stack)).not.toThrow();
});

describe('an alarm of another stack', () => {
  const stacks = (): [Stack, Stack] => {
    const app = newApp();
    return [new Stack(app, 'Shop'), new Stack(app, 'Watch')];
  };

  test.each(METRICS)('%s: the stacks do not depend on each other', (metric) => {
    const [stack, watch] = stacks();
    const service = new ScalableStatelessService(stack, 'Search', PROPS);
    service.addRollbackAlarms(alarmOn(watch, service[metric]()));
    const { rollback, alarms } = synthesizedNames(service, watch);
    expect(rollback).toEqual(alarms);
    expect(rollback).toEqual(expectName(['Watch-?Mine']));
  });

  test('on another metric, beside something that refers to the stack of the service', () => {
    const [stack, watch] = stacks();
    const service = new ScalableStatelessService(stack, 'Search', PROPS);
    service.addRollbackAlarms(alarmOn(watch, OTHER_METRIC));
    new Alarm(watch, 'Cpu', { metric: service.metricCpuUtilization(), threshold: 1, evaluationPeriods: 1 });
    expect(synthesizedNames(service, watch).rollback).toEqual(expectName(['Watch-?Mine']));
  });

  test('whose stack is deployed after that of the service', () => {
    const [stack, watch] = stacks();
    const service = new ScalableStatelessService(stack, 'Search', PROPS);
    watch.addDependency(stack);
    service.addRollbackAlarms(alarmOn(watch, OTHER_METRIC));
    expect(synthesizedNames(service, watch).rollback).toEqual(expectName(['Watch-?Mine']));
  });

  test('that depends on nothing is referred to: it exists before the service', () => {
    const [stack, watch] = stacks();
    const service = new ScalableStatelessService(stack, 'Search', PROPS);
    service.addRollbackAlarms(alarmOn(watch, OTHER_METRIC));
    expect(synthesizedNames(service, watch).rollback).toEqual([{ 'Fn::ImportValue': expect.stringMatching(/^Watch/) }]);
  });

  test.each(['metricCpuUtilization', 'metricRequests'] as const)('%s: in a nested stack', (metric) => {
    const stack = new Stack(newApp(), 'Shop');
    const nested = new NestedStack(stack, 'Watch');
    const service = new ScalableStatelessService(stack, 'Search', PROPS);
    service.addRollbackAlarms(alarmOn(nested, service[metric]()));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test.each(['metricCpuUtilization', 'metricRequests'] as const)('%s: in the parent of the nested stack of the service', (metric) => {
    const stack = new Stack(newApp(), 'Shop');
    const service = new ScalableStatelessService(new NestedStack(stack, 'Inner'), 'Search', PROPS);
    service.addRollbackAlarms(alarmOn(stack, service[metric]()));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('an alarm that was imported', () => {
  test.each([undefined, 'mine'])('from a CfnAlarm on a metric of this service, named %s', (alarmName) => {
    const stack = new Stack(newApp(), 'Shop');
    const service = new ScalableStatelessService(stack, 'Search', PROPS);
    const resource = new CfnAlarm(stack, 'Mine', {
      alarmName,
      comparisonOperator: 'GreaterThanThreshold',
      evaluationPeriods: 1,
      threshold: 80,
      namespace: 'AWS/ECS',
      metricName: 'CPUUtilization',
      period: 60,
      statistic: 'Average',
      dimensions: [{ name: 'ServiceName', value: service.service.serviceName }],
    });
    service.addRollbackAlarms(Alarm.fromAlarmName(stack, 'One', resource.ref), Alarm.fromAlarmArn(stack, 'Two', resource.attrArn));
    const { rollback, alarms } = synthesizedNames(service, stack);
    expect(rollback).toEqual([...alarms, ...alarms]);
    expect(alarms).toEqual([alarmName ?? expect.stringMatching(/^Shop-?Mine/)]);
  });

  test('has its name', () => {
    const stack = new Stack(newApp(), 'Shop');
    const service = new ScalableStatelessService(stack, 'Search', PROPS);
    const arn = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:theirs';
    service.addRollbackAlarms(Alarm.fromAlarmName(stack, 'One', 'mine'), Alarm.fromAlarmArn(stack, 'Two', arn));
    expect(synthesizedNames(service, stack).rollback).toEqual(['mine', 'theirs']);
  });

  test.each([
    [
      'arn:aws:cloudwatch:us-east-1:123456789012:alarm:a',
      'rollbackAlarms must be in eu-west-1, the region of the service, got one in us-east-1',
    ],
    [
      'arn:aws:cloudwatch:eu-west-1:210987654321:alarm:a',
      'rollbackAlarms must be in 123456789012, the account of the service, got one in 210987654321',
    ],
  ])('%s is refused elsewhere', (arn, error) => {
    const stack = new Stack(newApp(), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
    const service = new ScalableStatelessService(stack, 'Search', PROPS);
    expect(() => service.addRollbackAlarms(Alarm.fromAlarmArn(stack, 'Alarm', arn))).toThrow(error);
  });
});

test('a template that was read before is not the last: alarms are added after it too', () => {
  const stack = new Stack(newApp(), 'Shop');
  const service = new ScalableStatelessService(stack, 'Search', PROPS);
  service.plan();
  service.addRollbackAlarms(alarmOn(stack, service.metricCpuUtilization(), 'mine'));
  expect(synthesizedNames(service, stack).rollback).toEqual(['mine']);
});
