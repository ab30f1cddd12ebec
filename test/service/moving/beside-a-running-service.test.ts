import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, MachineImage, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { type CfnService, DeploymentControllerType } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import {
  ApplicationListener,
  ApplicationListenerRule,
  ApplicationLoadBalancer,
  ApplicationTargetGroup,
  type IApplicationListener,
  type IApplicationTargetGroup,
  ListenerAction,
  ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import { Deployment, ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { FLAG_SETS } from '../../synthesize';
import { compare, newStack } from './move';
import { image } from './pattern-variants';

/** How far the service has moved: its tasks do not exist, get the requests with a header, and get a part of all requests. */
type Step = 'instances only' | 'by header' | 10 | 50 | 100 | 'instances removed';

const STEPS: readonly Step[] = ['instances only', 'by header', 10, 50, 100, 'instances removed'];

const byHeader = { priority: 10, conditions: [ListenerCondition.httpHeader('x-served-by', ['tasks'])] };

/** The part of all requests that the tasks get, in percent. */
function weightOf(step: Step): number {
  if (step === 'instances removed') return 100;
  return typeof step === 'number' ? step : 0;
}

/** The action for all requests: it forwards to the instances, to both, or to the tasks. */
function actionOf(step: Step, instances: IApplicationTargetGroup | undefined, tasks: IApplicationTargetGroup | undefined): ListenerAction {
  const weight = weightOf(step);
  if (weight === 100) return ListenerAction.forward([tasks!]);
  if (weight === 0) return ListenerAction.forward([instances!]);
  return ListenerAction.weightedForward([
    { targetGroup: instances!, weight: 100 - weight },
    { targetGroup: tasks!, weight },
  ]);
}

/** Instances behind a load balancer of the app, whose default action the owner writes. */
function ownListener(stack: Stack, step: Step): void {
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
  const loadBalancer = new ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
  const listener = loadBalancer.addListener('Http', { port: 80 });
  const instances = step === 'instances removed' ? undefined : instancesIn(stack, vpc);
  const service =
    step === 'instances only'
      ? undefined
      : new ScalableStatelessService(stack, 'Web', { image, containerPort: 80, vpc, listener, ...byHeader });
  listener.addAction('Default', { action: actionOf(step, instances, service?.targetGroup) });
}

function instancesIn(stack: Stack, vpc: Vpc): ApplicationTargetGroup {
  const group = new AutoScalingGroup(stack, 'Instances', {
    vpc,
    instanceType: new InstanceType('t3.small'),
    machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }),
  });
  return new ApplicationTargetGroup(stack, 'InstanceGroup', { vpc, port: 80, targets: [group] });
}

/** Instances and a listener that are not of the app: a rule after all others takes their place. */
function importedListener(stack: Stack, step: Step): void {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    publicSubnetIds: ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'],
    privateSubnetIds: ['subnet-0123456789abcdefc', 'subnet-0123456789abcdefd'],
  });
  const listener = ApplicationListener.fromApplicationListenerAttributes(stack, 'Http', {
    listenerArn: `${ARN}:listener/app/shop/1/2`,
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'BalancerGroup', 'sg-0123456789abcdef0'),
  });
  const loadBalancer = ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
    loadBalancerArn: `${ARN}:loadbalancer/app/shop/1`,
    loadBalancerDnsName: 'shop.example.com',
    securityGroupId: 'sg-0123456789abcdef0',
    vpc,
  });
  const instances = ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Instances', {
    targetGroupArn: `${ARN}:targetgroup/instances/1`,
  });
  const joined: ScalableStatelessServiceProps = { image, containerPort: 80, vpc, listener, loadBalancer, ...byHeader };
  const service = step === 'instances only' ? undefined : new ScalableStatelessService(stack, 'Web', joined);
  if (weightOf(step) > 0) addRuleForAll(stack, listener, actionOf(step, instances, service?.targetGroup));
}

/** A pattern with CodeDeploy, which cannot be taken over: it keeps the load balancer, and has no tasks in the end. */
function listenerOfPattern(stack: Stack, step: Step): void {
  const pattern = new ApplicationLoadBalancedFargateService(stack, 'Old', {
    taskImageOptions: { image },
    deploymentController: { type: DeploymentControllerType.CODE_DEPLOY },
  });
  const { cluster, listener, targetGroup } = pattern;
  const joined: ScalableStatelessServiceProps = { image, containerPort: 80, cluster, listener, ...byHeader };
  const service = step === 'instances only' ? undefined : new ScalableStatelessService(stack, 'Web', joined);
  if (step === 'instances removed') (pattern.service.node.defaultChild as CfnService).desiredCount = 0;
  if (weightOf(step) > 0) addRuleForAll(stack, listener, actionOf(step, targetGroup, service?.targetGroup));
}

function addRuleForAll(stack: Stack, listener: IApplicationListener, action: ListenerAction): void {
  new ApplicationListenerRule(stack, 'All', { listener, priority: 50_000, conditions: [ListenerCondition.pathPatterns(['/*'])], action });
}

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012';

describe.each(FLAG_SETS)('%s', (_, flags) => {
  describe.each([
    ['a listener of the app', ownListener],
    ['an imported listener', importedListener],
    ['the listener of a pattern with CodeDeploy', listenerOfPattern],
  ] as const)('a service that joins %s', (__, create) => {
    const templates = new Map(STEPS.map((step) => [step, templateOf(create, step, flags)]));
    const updates = STEPS.slice(1).map((step, index): [Step, Step] => [STEPS[index]!, step]);

    test.each(updates)('from %s to %s: the update keeps serving', (from, to) => {
      const { report } = compare(templates.get(from)!, templates.get(to)!);
      expect(report.findings).toEqual([]);
      expect(report.outcome).toBe('in place');
    });

    test.each(updates)('from %s back to %s: so does the way back', (from, to) => {
      // removed instances are created anew, and their group has none at first.
      if (to === 'instances removed') return;
      const { report } = compare(templates.get(to)!, templates.get(from)!);
      expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    });
  });

  test('its listener needs no second default action', () => {
    const stack = newStack(flags);
    ownListener(stack, 10);
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('default Action already existed'))).toEqual([]);
  });

  test('a step too far is reported: traffic for tasks that the same update creates', () => {
    const [before, after] = (['instances only', 10] as const).map((step) => templateOf(ownListener, step, flags));
    expect(compare(before!, after!).report).toMatchObject({ outcome: 'outage', findings: [{ check: 'group-without-tasks' }] });
  });

  test('weights beside blue/green deployments are rejected: their tasks move to the group that the weights do not name', () => {
    const stack = newStack(flags);
    const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2 });
    const listener = new ApplicationLoadBalancer(stack, 'Balancer', { vpc }).addListener('Http', { port: 80 });
    const { targetGroup } = new ScalableStatelessService(stack, 'Web', {
      image,
      vpc,
      listener,
      ...byHeader,
      deployment: Deployment.blueGreen(),
    });
    listener.addAction('Default', { action: actionOf(10, instancesIn(stack, vpc), targetGroup) });
    expect(() => Template.fromStack(stack)).toThrow(
      /do not forward to the target groups of this service in Shop\/Balancer\/Http\/Resource: .* Use Deployment.rolling\(\)/,
    );
  });

  test('the load balancer may connect to both', () => {
    const template = templateOf(ownListener, 50, flags);
    const ports = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress')).map(({ Properties }) => Properties.ToPort);
    expect(ports).toEqual([80, 80]);
  });
});

function templateOf(create: (stack: Stack, step: Step) => void, step: Step, flags: Record<string, unknown>): Template {
  const stack = newStack(flags);
  // without it, the stack of an imported listener would be empty at first.
  new Topic(stack, 'Unrelated');
  create(stack, step);
  return Template.fromStack(stack);
}
