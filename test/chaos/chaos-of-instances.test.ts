import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import {
  Capacity,
  Chaos,
  type IChaosTarget,
  Network,
  ScalableStatelessInstances,
  type ScalableStatelessInstancesProps,
  ScalableStatelessService,
} from '../../src';

const EXPERIMENT = 'AWS::FIS::ExperimentTemplate';

interface Scene {
  readonly stack: Stack;
  readonly chaos: Chaos;
}

function scene(targetIn: (stack: Stack) => IChaosTarget): Scene {
  const stack = new Stack(new App(), 'Shop');
  return { stack, chaos: new Chaos(stack, 'Chaos', { target: targetIn(stack) }) };
}

const instances =
  (props: ScalableStatelessInstancesProps = {}) =>
  (stack: Stack): IChaosTarget =>
    new ScalableStatelessInstances(stack, 'Search', { network: Network.privateWithNat(), ...props });

const tasksOnInstances = (stack: Stack): IChaosTarget =>
  new ScalableStatelessService(stack, 'Search', {
    network: Network.privateWithNat(),
    capacity: Capacity.instances({ instanceType: new InstanceType('m7g.large') }),
  });

const tasksOnFargate = (stack: Stack): IChaosTarget => new ScalableStatelessService(stack, 'Search', { network: Network.public() });

/** The properties of the only experiment. */
function experimentIn({ stack }: Scene) {
  const [resource] = Object.values(Template.fromStack(stack).findResources(EXPERIMENT));
  return resource!['Properties'];
}

/** What the role of the experiments may do, with the conditions. */
function statementsOf({ stack }: Scene, prefix: string): { Action: string; Condition?: object; Resource: unknown }[] {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return policies
    .filter(({ Properties }) => Properties.Roles.some(({ Ref = '' }) => Ref.startsWith('ChaosExperimentRole')))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => String(Action).startsWith(prefix));
}

describe.each([
  ['ScalableStatelessInstances', instances(), /^SearchGroup/],
  ['a service with Capacity.instances()', tasksOnInstances, /^SearchInstances/],
])('%s', (_, targetIn, group) => {
  test.each([
    ['terminateInstances', 'aws:ec2:terminate-instances', 'ec2:TerminateInstances'],
    ['stopInstances', 'aws:ec2:stop-instances', 'ec2:StopInstances'],
    ['rebootInstances', 'aws:ec2:reboot-instances', 'ec2:RebootInstances'],
  ] as const)('%s is %s on one running instance of the group, with the permission for these only', (method, actionId, action) => {
    const one = scene(targetIn);
    one.chaos[method]('Fault');
    const groupName = { Ref: expect.stringMatching(group) };
    expect(experimentIn(one)).toMatchObject({
      Actions: { fault: { ActionId: actionId, Targets: { Instances: 'instances' } } },
      Targets: {
        instances: {
          ResourceType: 'aws:ec2:instance',
          ResourceTags: { 'aws:autoscaling:groupName': groupName },
          Filters: [{ Path: 'State.Name', Values: ['running'] }],
          SelectionMode: 'COUNT(1)',
        },
      },
    });
    expect(statementsOf(one, 'ec2:')).toEqual([
      expect.objectContaining({ Action: action, Condition: { StringEquals: { 'aws:ResourceTag/aws:autoscaling:groupName': groupName } } }),
      expect.objectContaining({ Action: 'ec2:DescribeInstances', Resource: '*' }),
    ]);
  });

  test('an experiment is stopped by the alarms that users notice', () => {
    const one = scene(targetIn);
    one.chaos.terminateInstances('Fault');
    const noticed = ['ServerErrors', 'SlowResponses', 'NoHealthyTask'].map((name) => Match.stringLikeRegexp(`^Search${name}Alarm`));
    Template.fromStack(one.stack).hasResourceProperties(EXPERIMENT, {
      StopConditions: noticed.map((name) => ({ Source: 'aws:cloudwatch:alarm', Value: { 'Fn::GetAtt': [name, 'Arn'] } })),
    });
  });
});

test.each([
  [{ instanceCount: 3 }, 'COUNT(3)'],
  [{ instancePercent: 50 }, 'PERCENT(50)'],
  [{ availabilityZone: 'eu-central-1b' }, 'ALL'],
  [{ availabilityZone: 'eu-central-1b', instanceCount: 2 }, 'COUNT(2)'],
])('%j chooses %s of the instances', (options, selectionMode) => {
  const one = scene(instances());
  one.chaos.terminateInstances('Fault', options);
  const { Filters, SelectionMode } = experimentIn(one).Targets.instances;
  expect(SelectionMode).toBe(selectionMode);
  const zones = Filters.filter(({ Path }: { Path: string }) => Path === 'Placement.AvailabilityZone');
  expect(zones).toEqual('availabilityZone' in options ? [{ Path: 'Placement.AvailabilityZone', Values: ['eu-central-1b'] }] : []);
});

test.each([
  [{}, 'PT2M'],
  [{ durationBeforeInterruption: Duration.minutes(10) }, 'PT10M'],
])('interruptSpotInstances %j interrupts a Spot Instance after %s', (options, durationBeforeInterruption) => {
  const one = scene(instances({ spotPercent: 50 }));
  one.chaos.interruptSpotInstances('Fault', options);
  expect(experimentIn(one)).toMatchObject({
    Actions: {
      fault: {
        ActionId: 'aws:ec2:send-spot-instance-interruptions',
        Parameters: { durationBeforeInterruption },
        Targets: { SpotInstances: 'spotInstances' },
      },
    },
    Targets: { spotInstances: { ResourceType: 'aws:ec2:spot-instance', SelectionMode: 'COUNT(1)' } },
  });
  expect(statementsOf(one, 'ec2:Send')).toHaveLength(1);
});

test('experiments on tasks and on the instances below them are in one construct', () => {
  const one = scene(tasksOnInstances);
  one.chaos.stopTasks('Task');
  one.chaos.stopTasksInZone('Zone');
  one.chaos.stressCpu('Cpu');
  one.chaos.rebootInstances('Instance');
  Template.fromStack(one.stack).resourceCountIs(EXPERIMENT, 4);
});

test('instances without ECS have no permission for tasks', () => {
  const one = scene(instances());
  one.chaos.terminateInstances('Fault');
  expect(statementsOf(one, 'ecs:')).toEqual([]);
});

describe('is refused', () => {
  const ON_TASKS =
    'needs a ScalableStatelessService as target, which has tasks: use terminateInstances, stopInstances, rebootInstances or interruptSpotInstances for instances';
  const ON_GROUP =
    'needs ScalableStatelessInstances as target, or a service with Capacity.instances(): use stopTasks for a service without';

  test.each<[string, (stack: Stack) => IChaosTarget, (chaos: Chaos) => unknown, string]>([
    ['stopTasks on instances', instances(), (chaos) => chaos.stopTasks('Fault'), `stopTasks ${ON_TASKS}`],
    ['stopTasksInZone on instances', instances(), (chaos) => chaos.stopTasksInZone('Fault'), `stopTasksInZone ${ON_TASKS}`],
    ['stressCpu on instances', instances(), (chaos) => chaos.stressCpu('Fault'), `stressCpu ${ON_TASKS}`],
    ['addNetworkLatency on instances', instances(), (chaos) => chaos.addNetworkLatency('Fault'), `addNetworkLatency ${ON_TASKS}`],
    ['terminateInstances on Fargate', tasksOnFargate, (chaos) => chaos.terminateInstances('Fault'), `terminateInstances ${ON_GROUP}`],
    [
      'interruptSpotInstances on Fargate',
      tasksOnFargate,
      (chaos) => chaos.interruptSpotInstances('F'),
      `interruptSpotInstances ${ON_GROUP}`,
    ],
    [
      'interruptSpotInstances without Spot Instances',
      instances({ additionalInstanceTypes: [new InstanceType('c7gn.medium')] }),
      (chaos) => chaos.interruptSpotInstances('Fault'),
      'interruptSpotInstances needs Spot Instances: give the instances a spotPercent above 0',
    ],
    [
      'a number beside a percentage',
      instances(),
      (chaos) => chaos.stopInstances('Fault', { instanceCount: 1, instancePercent: 50 }),
      'instanceCount must be left out beside instancePercent, got 1',
    ],
    [
      'an early interruption',
      instances({ spotPercent: 50 }),
      (chaos) => chaos.interruptSpotInstances('Fault', { durationBeforeInterruption: Duration.minutes(1) }),
      'durationBeforeInterruption must be from 2 to 15 minutes, got 60 s',
    ],
  ])('%s', (_, targetIn, act, message) => {
    const { chaos } = scene(targetIn);
    expect(() => act(chaos)).toThrow(message);
  });

  test('another construct as target', () => {
    const stack = new Stack(new App(), 'Shop');
    const target = Object.assign(new Construct(stack, 'Other'), { alarms: [] });
    expect(() => new Chaos(stack, 'Chaos', { target })).toThrow(
      'target must be a ScalableStatelessService or ScalableStatelessInstances, got Shop/Other',
    );
  });
});
