import { Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Peer, SecurityGroup, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../src';
import { newApp } from '../synthesize';

const ENV = { account: '123456789012', region: 'eu-west-1' };
const ZONES = { [`availability-zones:account=${ENV.account}:region=${ENV.region}`]: ['a', 'b', 'c'] };

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

/** What a service in a region with three zones is warned of about zones and tasks, or in a stack without a region. */
function warningsOf(props: ScalableStatelessServiceProps | ((stack: Stack) => ScalableStatelessServiceProps), hasRegion = true): string[] {
  const stack = new Stack(newApp(ZONES), 'Shop', hasRegion ? { env: ENV } : {});
  const own = typeof props === 'function' ? props(stack) : props;
  new ScalableStatelessService(stack, 'Search', { image: IMAGE, ...own });
  const found = Annotations.fromStack(stack).findWarning(
    '*',
    Match.stringLikeRegexp('ack: cdk-scalable-stateless-service:(redundancy|zones)'),
  );
  return found.map(({ entry }) => String(entry.data).replace(/ \[ack: .*\]$/, ''));
}

const at = (hour: number): Schedule => Schedule.cron({ hour: String(hour), minute: '0' });

describe('warns of', () => {
  test.each<[string, ScalableStatelessServiceProps, string]>([
    [
      'a single task',
      { minCapacity: 1 },
      'minCapacity is 1: after the loss of one task no task is left, and requests fail until another one has started. Use a larger minCapacity',
    ],
    [
      'two tasks in two zones',
      { targetCpuUtilizationPercent: 60 },
      'minCapacity is 2, with the CPU of each at up to 60 %: after the loss of one zone 1 is left, which would need 2 x 60 / 1 = 120 % of its CPU until others have started. Use a targetCpuUtilizationPercent of 50, or a third zone and a minCapacity of 3',
    ],
    [
      'three tasks in two zones, with the default target',
      { minCapacity: 3 },
      'minCapacity is 3, with the CPU of each at up to 50 %: after the loss of one zone 1 is left, which would need 3 x 50 / 1 = 150 % of its CPU until others have started. Use a targetCpuUtilizationPercent of 33, or a third zone',
    ],
    [
      'three tasks, for which the target is too high in three zones as well',
      { minCapacity: 3, targetCpuUtilizationPercent: 67 },
      'minCapacity is 3, with the CPU of each at up to 67 %: after the loss of one zone 1 is left, which would need 3 x 67 / 1 = 201 % of its CPU until others have started. Use a targetCpuUtilizationPercent of 33, or a third zone and a targetCpuUtilizationPercent of 66',
    ],
    [
      'four tasks in two zones',
      { minCapacity: 4, targetCpuUtilizationPercent: 51 },
      'minCapacity is 4, with the CPU of each at up to 51 %: after the loss of one zone 2 are left, which would need 4 x 51 / 2 = 102 % of their CPU until others have started. Use a targetCpuUtilizationPercent of 50, or a third zone and a minCapacity of 5',
    ],
    [
      'six tasks in two zones, which a third zone helps',
      { minCapacity: 6, targetCpuUtilizationPercent: 60 },
      'minCapacity is 6, with the CPU of each at up to 60 %: after the loss of one zone 3 are left, which would need 6 x 60 / 3 = 120 % of their CPU until others have started. Use a targetCpuUtilizationPercent of 50, or a third zone',
    ],
    [
      'four tasks in three zones',
      { minCapacity: 4, targetCpuUtilizationPercent: 60, maxAzs: 3 },
      'minCapacity is 4, with the CPU of each at up to 60 %: after the loss of one zone 2 are left, which would need 4 x 60 / 2 = 120 % of their CPU until others have started. Use a targetCpuUtilizationPercent of 50',
    ],
    [
      'a single task at night',
      { schedules: [{ name: 'night', schedule: at(22), minCapacity: 1 }] },
      'minCapacity of schedule night is 1: after the loss of one task no task is left, and requests fail until another one has started. Use a larger minCapacity',
    ],
    [
      'no task at night',
      { schedules: [{ name: 'night', schedule: at(22), minCapacity: 0 }] },
      'minCapacity of schedule night is 0: without a task requests fail until one has started. Use a larger minCapacity',
    ],
    [
      'an odd number of tasks by day',
      { schedules: [{ name: 'day', schedule: at(8), minCapacity: 5 }] },
      'minCapacity of schedule day is 5, with the CPU of each at up to 50 %: after the loss of one zone 2 are left, which would need 5 x 50 / 2 = 125 % of their CPU until others have started. Use a targetCpuUtilizationPercent of 40, or a third zone',
    ],
  ])('%s', (_, props, text) => {
    expect(warningsOf(props)).toEqual([text]);
  });

  test('tasks in one zone', () => {
    const props = (stack: Stack): ScalableStatelessServiceProps => {
      const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
      return { vpc, taskSubnets: { subnets: [vpc.privateSubnets[0]!] } };
    };
    expect(warningsOf(props)).toEqual([
      'all tasks are in one Availability Zone: after its loss no task is left, and requests fail until it is back. Use taskSubnets in two zones or more',
    ]);
  });

  test('the loss of a task, where the zones are not known: more tasks help', () => {
    const props = (stack: Stack): ScalableStatelessServiceProps => ({
      vpc: new Vpc(stack, 'Vpc'),
      taskSubnets: { subnets: ['subnet-1', 'subnet-2'].map((id) => Subnet.fromSubnetId(stack, id, id)) },
      targetCpuUtilizationPercent: 60,
    });
    expect(warningsOf(props)).toEqual([
      'minCapacity is 2, with the CPU of each at up to 60 %: after the loss of one task 1 is left, which would need 2 x 60 / 1 = 120 % of its CPU until others have started. Use a targetCpuUtilizationPercent of 50, or more tasks',
    ]);
  });
});

describe('does not warn of', () => {
  test.each<[string, ScalableStatelessServiceProps]>([
    ['the defaults', {}],
    ['the first snippet of the README', { minCapacity: 2, maxCapacity: 6, targetCpuUtilizationPercent: 50, requestsPerSecondPerTask: 200 }],
    ['an even number of tasks in two zones', { minCapacity: 4 }],
    ['three tasks in three zones', { minCapacity: 3, maxAzs: 3 }],
    ['six tasks in three zones', { minCapacity: 6, maxCapacity: 9, targetCpuUtilizationPercent: 66, maxAzs: 3 }],
    ['two tasks in three zones', { maxAzs: 3 }],
    ['a service that does not follow CPU', { scaleOnCpu: false, minCapacity: 3 }],
    ['a service that is switched off at night', { schedules: [{ name: 'night', schedule: at(22), minCapacity: 0, maxCapacity: 0 }] }],
    ['a schedule of the maximum', { schedules: [{ name: 'day', schedule: at(8), maxCapacity: 20 }] }],
  ])('%s', (_, props) => {
    expect(warningsOf(props)).toEqual([]);
  });

  test('the defaults in a stack without account and region', () => {
    expect(warningsOf({}, false)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => ScalableStatelessServiceProps]>([
    [
      'zones that only the deployment knows',
      (stack) => ({
        vpc: importedVpc(stack),
        taskSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        internetFacing: false,
        allowFrom: [Peer.anyIpv4()],
      }),
    ],
    [
      'subnets that were imported by their ids',
      (stack) => ({ vpc: new Vpc(stack, 'Vpc'), taskSubnets: { subnets: [Subnet.fromSubnetId(stack, 'A', 'subnet-a')] } }),
    ],
    ['a VPC that has yet to be looked up', (stack) => ({ vpc: Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-1' }), minCapacity: 3 })],
  ])('%s', (_, props) => {
    expect(
      warningsOf((stack) => ({ ...props(stack), taskSecurityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Tasks', 'sg-1')] })),
    ).toEqual([]);
  });
});

function importedVpc(stack: Stack) {
  const ids = (name: string): string[] => Fn.split(',', Fn.importValue(name));
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: Fn.getAzs(),
    publicSubnetIds: ids('Public'),
    privateSubnetIds: ids('Private'),
  });
}

test('a third zone in a stack without account and region is two: that is said', () => {
  expect(warningsOf({ maxAzs: 3 }, false)).toEqual([
    'maxAzs is 3, and the VPC gets 2 zones: of a stack without account and region the CDK knows two, and of another one those of its region. Set env of the stack, or a maxAzs of 2',
  ]);
  expect(warningsOf({ maxAzs: 3 })).toEqual([]);
  expect(warningsOf({ maxAzs: 4 })).toEqual([expect.stringMatching(/^maxAzs is 4, and the VPC gets 3 zones/)]);
});
