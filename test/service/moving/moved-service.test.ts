import { CustomResource, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Cluster, DeploymentControllerType, type FargateService } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationListener, ApplicationLoadBalancer, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { Deployment, MovedFrom, ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { FLAG_SETS, newApp } from '../../synthesize';
import { compare, type Move, move, movedTemplate, newStack } from './move';
import { addScaling, certificateIn, image, type PatternVariant } from './pattern-variants';

const taskImageOptions = { image };
const plain: PatternVariant = { what: 'with its defaults', props: () => ({ taskImageOptions }) };

function checksOf({ report }: Pick<Move, 'report'>): string[] {
  return [...new Set(report.findings.map(({ check }) => check))];
}

/** What becomes of the resources of a type, for those that the first template has. */
function changesOf({ changes }: Pick<Move, 'changes'>, type: string): string[] {
  return changes
    .ofType(type)
    .filter(({ before }) => before !== undefined)
    .map(({ change }) => change);
}

test('without movedFrom, the update is refused', () => {
  const after = newStack({});
  const cluster = new Cluster(after, 'EcsDefaultClusterMnL3mNNYN');
  new ScalableStatelessService(after, 'Web', { image, cluster });
  const before = newStack({});
  new ApplicationLoadBalancedFargateService(before, 'Web', { taskImageOptions });
  expect(compare(Template.fromStack(before), Template.fromStack(after)).report.outcome).not.toBe('new tasks one by one');
});

describe.each(FLAG_SETS)('%s', (_, flags) => {
  test('the DNS name of the load balancer and the URL are the outputs of the pattern', () => {
    const { before, after } = move(plain, flags);
    expect(after.toJSON().Outputs).toEqual(before.toJSON().Outputs);
  });

  test('the target group has the health check path of the pattern, which the running tasks respond to', () => {
    const { after } = move(plain, flags);
    after.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: '/', Port: 80 });
  });

  test('the security groups, and what they allow, are unchanged', () => {
    const moved = move(plain, flags);
    const types = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];
    expect(new Set(types.flatMap((type) => changesOf(moved, type)))).toEqual(new Set(['unchanged']));
  });

  test('the task role keeps its permissions under their logical ids', () => {
    const grant = ({ taskDefinition }: { taskDefinition: FargateService['taskDefinition'] }) =>
      (taskDefinition.taskRole as Role).addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
    const { changes } = move({ ...plain, added: grant }, flags, grant);
    const roles = changes.all.filter(({ id }) => id.startsWith('WebTaskDefTaskRole'));
    expect(roles.map(({ type, change }) => [type, change])).toEqual([
      ['AWS::IAM::Role', 'unchanged'],
      ['AWS::IAM::Policy', 'unchanged'],
    ]);
  });

  test('what another security group allows the tasks stays as it is', () => {
    const open = (service: { service: FargateService }) => {
      const group = new SecurityGroup(Stack.of(service.service), 'Database', { vpc: service.service.cluster.vpc });
      group.connections.allowFrom(service.service, Port.tcp(5432));
    };
    const moved = move({ ...plain, added: open }, flags, open);
    expect(new Set(changesOf(moved, 'AWS::EC2::SecurityGroupIngress'))).toEqual(new Set(['unchanged']));
  });

  test('what another stack imports is exported under the same name', () => {
    const exported = (create: (stack: Stack) => { service: FargateService; loadBalancer: ApplicationLoadBalancer }) => {
      const stack = newStack(flags);
      const { service, loadBalancer } = create(stack);
      const other = new Stack(stack.node.scope, 'Other', { env: { account: stack.account, region: stack.region } });
      const [group] = service.connections.securityGroups;
      const properties = { group: group!.securityGroupId, name: service.serviceName, address: loadBalancer.loadBalancerDnsName };
      new CustomResource(other, 'Uses', { serviceToken: 'arn:aws:lambda:eu-west-1:123456789012:function:uses', properties });
      return Object.values<{ Export?: object }>(Template.fromStack(stack).toJSON().Outputs).flatMap(({ Export }) => Export ?? []);
    };
    const before = exported((stack) => new ApplicationLoadBalancedFargateService(stack, 'Web', { taskImageOptions }));
    const movedFrom = MovedFrom.applicationLoadBalancedFargateService({ taskImageOptions });
    expect(exported((stack) => new ScalableStatelessService(stack, 'Web', { movedFrom }))).toEqual(before);
  });

  test('a listener rule and an ingress rule that the owner added stay as they are', () => {
    const add = ({ listener, loadBalancer }: Pick<ScalableStatelessService, 'listener' | 'loadBalancer'>) => {
      listener.addTargets('Other', { port: 80, priority: 10, conditions: [ListenerCondition.pathPatterns(['/other'])] });
      loadBalancer.connections.allowFrom(Peer.ipv4('10.0.0.0/8'), Port.tcp(9000));
    };
    const moved = move({ ...plain, added: add }, flags, add);
    expect(checksOf(moved)).toEqual([]);
    expect(changesOf(moved, 'AWS::ElasticLoadBalancingV2::ListenerRule')).toEqual(['unchanged']);
  });

  test.each(['before', 'after'] as const)('another pattern of the stack, created %s it, shares its cluster as before', (when) => {
    const stackWith = (create: (stack: Stack) => void): Template => {
      const stack = newStack(flags);
      if (when === 'before') new ApplicationLoadBalancedFargateService(stack, 'Other', { taskImageOptions });
      create(stack);
      if (when === 'after') new ApplicationLoadBalancedFargateService(stack, 'Other', { taskImageOptions });
      return Template.fromStack(stack);
    };
    const movedFrom = MovedFrom.applicationLoadBalancedFargateService({ taskImageOptions });
    const moved = compare(
      stackWith((stack) => new ApplicationLoadBalancedFargateService(stack, 'Web', { taskImageOptions })),
      stackWith((stack) => new ScalableStatelessService(stack, 'Web', { movedFrom })),
    );
    expect(moved.report).toEqual({ outcome: 'new tasks one by one', findings: [] });
    expect(changesOf(moved, 'AWS::ECS::Cluster')).toEqual(['unchanged']);
    expect(moved.changes.all.filter(({ id, change }) => id.startsWith('Other') && change !== 'unchanged')).toEqual([]);
  });

  test('the owner can keep a policy, and turn ours off', () => {
    const added = ({ service }: { service: FargateService }) => {
      const scaling = service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 });
      scaling.scaleOnCpuUtilization('CpuScaling', { targetUtilizationPercent: 50 });
      scaling.scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '8', minute: '0' }), minCapacity: 5 });
    };
    const own = () => ({ scaleOnCpu: false, minCapacity: 2, maxCapacity: 10 });
    const moved = move({ ...plain, added, own }, flags, ({ scaling }) => {
      scaling.scaleOnCpuUtilization('CpuScaling', { targetUtilizationPercent: 50 });
      scaling.scaleOnSchedule('Morning', { schedule: Schedule.cron({ hour: '8', minute: '0' }), minCapacity: 5 });
    });
    expect(changesOf(moved, 'AWS::ApplicationAutoScaling::ScalingPolicy')).toEqual(['unchanged']);
    expect(changesOf(moved, 'AWS::ApplicationAutoScaling::ScalableTarget')).toEqual(['unchanged']);
    expect(checksOf(moved)).toEqual([]);
  });

  test('a policy whose id is not passed is reported by lint', () => {
    expect(checksOf(move({ ...plain, added: addScaling }, flags))).toEqual(['taken-until-deleted']);
  });

  test.each<[string, (scope: Construct) => Construct]>([
    ['a stage', (scope) => new Stack(new Stage(scope, 'Production'), 'Shop')],
    ['a nested stack', (scope) => new NestedStack(new Stack(scope, 'Shop'), 'Nested')],
  ])('it is kept in %s', (__, create) => {
    const templateOf = (add: (stack: Construct) => void): Template => {
      const scope = create(newApp(flags));
      add(scope);
      return Template.fromStack(Stack.of(scope));
    };
    const before = templateOf((scope) => new ApplicationLoadBalancedFargateService(scope, 'Web', { taskImageOptions }));
    const movedFrom = MovedFrom.applicationLoadBalancedFargateService({ taskImageOptions });
    const after = templateOf((scope) => new ScalableStatelessService(scope, 'Web', { movedFrom }));
    const moved = compare(before, after);
    expect(moved.report).toEqual({ outcome: 'new tasks one by one', findings: [] });
    expect(changesOf(moved, 'AWS::EC2::SecurityGroup')).toEqual(['unchanged', 'unchanged']);
  });

  test.each<[string, (stack: Stack) => ScalableStatelessServiceProps, string, string[]]>([
    ['a certificate', (stack) => ({ certificate: certificateIn(stack) }), 'in place', ['changed-listener']],
    ['blue/green deployments', () => ({ deployment: Deployment.blueGreen() }), 'new tasks one by one', []],
    ['an internal load balancer', () => ({ internetFacing: false }), 'replaced', ['changed-dns-name']],
    ['a name of the load balancer', () => ({ loadBalancerName: 'shop' }), 'replaced', ['changed-dns-name']],
    ['another size', () => ({ cpu: 512, memoryLimitMiB: 1024 }), 'new tasks one by one', []],
    ['peers that may connect', () => ({ allowFrom: [Peer.ipv4('192.0.2.0/24')] }), 'in place', []],
  ])('it can get %s later', (__, own, outcome, checks) => {
    const [before, after] = [plain, { ...plain, own }].map((variant) => movedTemplate(variant, flags));
    const changed = compare(before!, after!);
    expect({ outcome: changed.report.outcome, checks: checksOf(changed) }).toEqual({ outcome, checks });
  });
});

describe('it is refused, with what to write instead:', () => {
  const refusal = (props: (stack: Stack) => Partial<ScalableStatelessServiceProps> & { pattern?: object }): string => {
    const stack = newStack({});
    const { pattern, ...own } = props(stack);
    const movedFrom = MovedFrom.applicationLoadBalancedFargateService({ taskImageOptions, ...pattern });
    try {
      new ScalableStatelessService(stack, 'Web', { movedFrom, ...own });
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each<[string, Parameters<typeof refusal>[0], RegExp]>([
    [
      'CodeDeploy',
      () => ({ pattern: { deploymentController: { type: DeploymentControllerType.CODE_DEPLOY } } }),
      /movedFrom must have the deployment controller ECS: .* beside the old one, without movedFrom, and move the traffic by weight, got CODE_DEPLOY/,
    ],
    [
      'an external controller',
      () => ({ pattern: { deploymentController: { type: DeploymentControllerType.EXTERNAL } } }),
      /movedFrom must have the deployment controller ECS/,
    ],
    [
      'Spot beside a launch type',
      () => ({ spotPercent: 50 }),
      /spotPercent must be left out beside movedFrom without capacityProviderStrategies/,
    ],
    ['no image', () => ({ pattern: { taskImageOptions: undefined } }), /image must be given, here or in the taskImageOptions of movedFrom/],
    [
      'a strategy whose fields Python has dropped',
      () => ({ pattern: { capacityProviderStrategies: [{ capacity_provider: 'FARGATE' }] } }),
      /movedFrom.capacityProviderStrategies\[0\] must have capacityProvider \(in Python, use CapacityProviderStrategy/,
    ],
    [
      'another listener',
      (stack) => ({
        conditions: [ListenerCondition.pathPatterns(['/'])],
        priority: 1,
        loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'B', {
          loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1',
          securityGroupId: 'sg-0123456789abcdef0',
        }),
        listener: ApplicationListener.fromApplicationListenerAttributes(stack, 'L', {
          listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/1/2',
          securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'G', 'sg-0123456789abcdef0'),
        }),
      }),
      /listener must be left out beside movedFrom/,
    ],
    [
      'a load balancer of another stack',
      (stack) => {
        const other = new Stack(stack.node.scope, 'Other', { env: { account: stack.account, region: stack.region } });
        const { vpc } = new Cluster(other, 'Fleet');
        return { pattern: { vpc, loadBalancer: new ApplicationLoadBalancer(other, 'Balancer', { vpc }) } };
      },
      /movedFrom must have a loadBalancer of the same stack/,
    ],
  ])('%s', (_, props, message) => {
    expect(refusal(props)).toMatch(message);
  });
});
