import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Cluster } from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import {
  Capacity,
  type InstancesCapacityOptions,
  Network,
  ScalableStatelessService,
  type ScalableStatelessServiceProps,
} from '../../../src';
import { interfacesOf, sizeForTasks, tasksOnInstance } from '../../../src/plan/tasks-on-instance';

const on = (type: string, options: Partial<InstancesCapacityOptions> = {}): Capacity =>
  Capacity.instances({ instanceType: new InstanceType(type), ...options });

function templateOf(props: ScalableStatelessServiceProps): Template {
  const stack = new Stack(new App(), 'Shop');
  new ScalableStatelessService(stack, 'Search', props);
  return Template.fromStack(stack);
}

describe('a service on instances', () => {
  const template = templateOf({ capacity: on('m7g.large', { targetCapacityPercent: 90, instanceWarmupPeriod: Duration.minutes(2) }) });

  test('has a capacity provider whose number of instances ECS manages, and which it drains', () => {
    template.hasResourceProperties('AWS::ECS::CapacityProvider', {
      AutoScalingGroupProvider: {
        ManagedDraining: 'ENABLED',
        ManagedScaling: { Status: 'ENABLED', TargetCapacity: 90, InstanceWarmupPeriod: 120 },
      },
    });
    template.hasResourceProperties('AWS::ECS::Service', {
      CapacityProviderStrategy: [{ CapacityProvider: { Ref: Match.anyValue() }, Weight: 1 }],
      LaunchType: Match.absent(),
      PlatformVersion: Match.absent(),
      PlacementStrategies: [
        { Type: 'spread', Field: 'attribute:ecs.availability-zone' },
        { Type: 'binpack', Field: 'MEMORY' },
      ],
    });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', { RequiresCompatibilities: ['EC2'] });
  });

  test('has instances for its maximum, and for those of a deployment', () => {
    // six tasks, twice, of which two fit: an instance has three network interfaces, and one of them is its own.
    template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', { MinSize: '0', MaxSize: '6', DesiredCapacity: Match.absent() });
  });

  test('has instances with IMDSv2 only and an encrypted volume', () => {
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
        BlockDeviceMappings: [{ Ebs: { Encrypted: true } }],
      },
    });
  });

  test('has instances without an SSH key and without a public IP address', () => {
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { KeyName: Match.absent(), NetworkInterfaces: Match.absent() },
    });
    template.hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
      VPCZoneIdentifier: [1, 2].map((zone) => ({ Ref: Match.stringLikeRegexp(`PrivateSubnet${zone}`) })),
    });
  });

  test('keeps its tasks from the credentials of the instances', () => {
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        UserData: {
          'Fn::Base64': {
            'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config')])],
          },
        },
      },
    });
  });
});

test('a service on Managed Instances has a capacity provider of its cluster', () => {
  const template = templateOf({ capacity: Capacity.managedInstances({ maxVcpus: 4 }), cpu: 1024, memoryLimitMiB: 2048 });
  template.hasResourceProperties('AWS::ECS::CapacityProvider', {
    ManagedInstancesProvider: {
      InstanceLaunchTemplate: { InstanceRequirements: { VCpuCount: { Min: 1, Max: 4 }, MemoryMiB: { Min: 2048 } } },
    },
  });
  template.hasResourceProperties('AWS::ECS::TaskDefinition', { RequiresCompatibilities: ['MANAGED_INSTANCES'] });
});

test('a minimum of instances above what the tasks need is the maximum as well', () => {
  templateOf({ capacity: on('m7g.large', { minInstances: 20 }) }).hasResourceProperties('AWS::AutoScaling::AutoScalingGroup', {
    MinSize: '20',
    MaxSize: '20',
  });
});

test.each([
  ['t2.xlarge', 3],
  ['t3.xlarge', 4],
  ['t2.micro', 2],
  ['m7g.large', 3],
])('a %s has %d network interfaces', (type, count) => {
  expect(interfacesOf(type)).toBe(count);
});

test('Fargate is the default', () => {
  const [named, unnamed] = [templateOf({ capacity: Capacity.fargate() }), templateOf({})];
  expect(named.toJSON()).toEqual(unnamed.toJSON());
});

test.each<[string, ScalableStatelessServiceProps]>([
  ['capacity.instanceType must have the architecture ARM64, or cpuArchitecture be changed, got m7i.large', { capacity: on('m7i.large') }],
  [
    'capacity.instanceType must be larger, or cpu and memoryLimitMiB smaller: beside the container agent, tasks have 1024 CPU units and 1830 MiB of it, and one needs 1024 and 2048, got c7g.medium',
    { capacity: on('c7g.medium'), cpu: 1024, memoryLimitMiB: 2048 },
  ],
  [
    'capacity.maxInstances must be at least 3: 6 tasks, of which 2 fit on a m7g.large, got 2',
    { capacity: on('m7g.large', { maxInstances: 2 }) },
  ],
  [
    'capacity.maxInstances must be given where maxCapacity, maxHealthyPercent, cpu or memoryLimitMiB is a token',
    { capacity: on('m7g.large'), maxCapacity: Token.asNumber({ Ref: 'Maximum' }) },
  ],
  ['capacity.minInstances must be a whole number from 0 to 3, got 4', { capacity: on('m7g.large', { minInstances: 4, maxInstances: 3 }) }],
  [
    'capacity.targetCapacityPercent must be a whole number from 1 to 100, got 0',
    { capacity: on('m7g.large', { targetCapacityPercent: 0 }) },
  ],
  [
    'spotPercent must be left out with capacity on instances, as it is for Fargate, got one',
    { capacity: on('m7g.large'), spotPercent: 50 },
  ],
  ['network must be another one with capacity on instances', { capacity: Capacity.managedInstances(), network: Network.public() }],
  [
    'capacity.maxVcpus must be at least 2, which a task needs, got 1',
    { capacity: Capacity.managedInstances({ maxVcpus: 1 }), cpu: 2048, memoryLimitMiB: 4096 },
  ],
])('%s', (message, props) => {
  expect(() => templateOf(props)).toThrow(message);
});

test('an imported cluster has no place for a capacity provider', () => {
  const stack = new Stack(new App(), 'Shop');
  const own = new Cluster(stack, 'Own');
  const cluster = Cluster.fromClusterAttributes(stack, 'Imported', { clusterName: 'shop', vpc: own.vpc });
  expect(() => new ScalableStatelessService(stack, 'Search', { cluster, capacity: on('m7g.large') })).toThrow(
    'cluster must be one of this app with capacity on instances',
  );
});

test.each([
  ['by CPU', { cpu: 1024, memoryMiB: 512 }, 2],
  ['by memory', { cpu: 256, memoryMiB: 4096 }, 1],
  ['by network interfaces', { cpu: 256, memoryMiB: 512 }, 2],
])('an instance has as many tasks as fit %s', (_, task, tasks) => {
  expect(tasksOnInstance(task, { cpu: 2048, memoryMiB: 8192 }, 3)).toBe(tasks);
});

test('the operating system and the container agent need a part of the memory', () => {
  expect(sizeForTasks({ cpu: 2048, memoryMiB: 8192 })).toEqual({ cpu: 2048, memoryMiB: 7513 });
});
