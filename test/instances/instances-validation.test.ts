import { App, Duration, Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { PoolState } from 'aws-cdk-lib/aws-autoscaling';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import {
  HighResolutionMetrics,
  InstanceScaling,
  PredictiveScaling,
  ScalableStatelessInstances,
  type ScalableStatelessInstancesProps,
} from '../../src';

function create(props: ScalableStatelessInstancesProps, stack = new Stack(new App(), 'Shop')): ScalableStatelessInstances {
  return new ScalableStatelessInstances(stack, 'Search', props);
}

const PROGRAM = { program: '/opt/shop/bin/server' };
const simple = (options: object) =>
  InstanceScaling.simple({ scaleOutCpuUtilizationPercent: 20, scaleInCpuUtilizationPercent: 10, ...options });
const type = (name: string): InstanceType => new InstanceType(name);

test.each<[string, ScalableStatelessInstancesProps]>([
  [
    'instanceType must have the architecture ARM64, or cpuArchitecture be changed, got m7i.large',
    { cpuArchitecture: CpuArchitecture.ARM64, instanceType: type('m7i.large') },
  ],
  [
    'additionalInstanceTypes[0] must have the architecture ARM64, or cpuArchitecture be changed, got t3.small',
    { additionalInstanceTypes: [type('t3.small')] },
  ],
  ['additionalInstanceTypes must name each type once, got c7g.medium', { additionalInstanceTypes: [type('c7g.medium')] }],
  ['containerPort must be left out with a program, which runs without a container, got one', { ...PROGRAM, containerPort: 80 }],
  ['environment.PORT must be the containerPort (8080, its default) or be left out, got 80', { environment: { PORT: '80' } }],
  ['environment.KEY must be one line, as each variable is a line of a file', { environment: { KEY: 'a\nb' } }],
  ["environment must have names of letters, digits, underscores, dots and hyphens, got 'A B'", { environment: { 'A B': '1' } }],
  ["environment must have names of letters, digits and underscores, got 'cache.size'", { ...PROGRAM, environment: { 'cache.size': '1' } }],
  ['launchTimeout must be a whole number of seconds from 30 to 7200, got 10', { launchTimeout: Duration.seconds(10) }],
  ['maxHealthyPercent must be at most 100 above minHealthyPercent (50), got 200', { minHealthyPercent: 50, maxHealthyPercent: 200 }],
  [
    'healthCheckGracePeriod must be at least 60 seconds, which an instance needs to become healthy (2 health checks, one every 30 seconds), got 30',
    { healthCheck: { interval: Duration.seconds(30) }, healthCheckGracePeriod: Duration.seconds(30) },
  ],
  [
    'blockDevices must be given with a warm pool that is HIBERNATED: the memory of g5.xlarge is not known here',
    { instanceType: new InstanceType('g5.xlarge'), warmPool: { poolState: PoolState.HIBERNATED } },
  ],
  [
    'instanceType must have less than 150 GiB of memory with a warm pool that is HIBERNATED, got r7i.8xlarge',
    { instanceType: new InstanceType('r7i.8xlarge'), warmPool: { poolState: PoolState.HIBERNATED } },
  ],
  ['warmPool must be left out with spotPercent: it cannot have Spot Instances, got one', { spotPercent: 50, warmPool: {} }],
  ['spotPercent must be above 0 beside onDemandBase', { onDemandBase: 1 }],
  [
    'instanceRefresh.checkpointPercentages must be in ascending order, got 50, 25',
    { instanceRefresh: { checkpointPercentages: [50, 25] } },
  ],
  [
    'instanceRefresh.checkpointPercentages must be a whole number from 1 to 99, got 100',
    { instanceRefresh: { checkpointPercentages: [100] } },
  ],
  [
    'targetCpuUtilizationPercent must be left out, or scaling be InstanceScaling.targetTracking(), got 40',
    { targetCpuUtilizationPercent: 40, scaling: simple({}) },
  ],
  [
    'predictiveScaling must be left out, or scaling be InstanceScaling.targetTracking(), got ForecastOnly',
    { predictiveScaling: PredictiveScaling.FORECAST_ONLY, scaling: simple({}) },
  ],
  [
    'scaling.scaleInCpuUtilizationPercent must be below scaling.scaleOutCpuUtilizationPercent (20), got 30',
    { scaling: simple({ scaleInCpuUtilizationPercent: 30 }) },
  ],
  ['scaling.period must be a multiple of 60 seconds, got 90', { scaling: simple({ period: Duration.seconds(90) }) }],
  ['scaling.adjustment must be a whole number from 1 to 2147483647, got 0', { scaling: simple({ adjustment: 0 }) }],
  [
    'scaling.scalingSteps must be from 2 to 40 intervals, got 1',
    { scaling: InstanceScaling.steps({ scalingSteps: [{ lower: 50, change: 1 }] }) },
  ],
  ['scaleOnCpu or scaleOnRequests must be true: nothing else removes instances, got false', { scaleOnCpu: false, scaleOnRequests: false }],
  [
    'highResolutionMetrics must be PUBLISH_AND_SCALE or OFF: CloudFormation has no property that makes instances publish them, got PUBLISH_ONLY',
    { highResolutionMetrics: HighResolutionMetrics.PUBLISH_ONLY },
  ],
  [
    'detailedMonitoring must be true with highResolutionMetrics, got false',
    { detailedMonitoring: false, highResolutionMetrics: HighResolutionMetrics.PUBLISH_AND_SCALE },
  ],
  ['minCapacity must be at most maxCapacity (1), got 2', { minCapacity: 2, maxCapacity: 1 }],
  [
    'a group has no rate(), got rate(1 hour)',
    { schedules: [{ name: 'hourly', schedule: Schedule.rate(Duration.hours(1)), minCapacity: 2 }] },
  ],
])('%s', (message, props) => {
  expect(() => create(props)).toThrow(message);
});

test('all errors are thrown at once', () => {
  expect(() => create({ minCapacity: 0, spotPercent: 101 })).toThrow(/minCapacity[\s\S]*spotPercent/);
});

test('an instance refresh has at most ten alarms', () => {
  const stack = new Stack(new App(), 'Shop');
  const alarm = Alarm.fromAlarmArn(stack, 'Orders', 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders');
  expect(() => create({ rollbackAlarms: Array.from({ length: 9 }, () => alarm) }, stack)).toThrow(
    'rollbackAlarms must be at most 8, got 9',
  );
});

describe('at synthesis', () => {
  test('a desired capacity is an error: each deployment would reset it', () => {
    const instances = create({});
    const group = instances.autoScalingGroup.node.defaultChild as unknown as { desiredCapacity: string };
    group.desiredCapacity = '3';
    expect(() => (instances.node.root as App).synth()).toThrow('do not set desiredCapacity (3)');
  });

  test('user data of more than 16 KB is an error', () => {
    const instances = create({ setUpCommands: [`echo ${'x'.repeat(16_384)}`] });
    expect(() => (instances.node.root as App).synth()).toThrow(/the user data of an instance has \d+ bytes, and EC2 allows 16384/);
  });
});
