import { Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Peer, Port, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { describe, expect, test } from 'vitest';
import {
  LoadTest,
  LoadTestEngine,
  type LoadTestProps,
  Network,
  ScalableStatelessService,
  type ScalableStatelessServiceProps,
  Traffic,
} from '../../src';
import { newApp, WITHOUT_LOGS_AND_ENDPOINTS } from '../synthesize';

const traffic = Traffic.users(50, Duration.minutes(3));

/** A rule of a security group in a template. */
interface Egress {
  readonly FromPort: number;
  readonly CidrIp: string;
}

/** An image in the manifest of the assets. */
interface DockerImage {
  readonly source: { readonly dockerBuildArgs: Record<string, string>; readonly platform: string };
}

interface Synthesized {
  readonly stack: Stack;
  readonly target: ScalableStatelessService;
  readonly load: LoadTest;
  readonly template: Template;
}

/** A load test of a service that has few resources. */
function synthesize(props: Partial<LoadTestProps> = {}, service: ScalableStatelessServiceProps = WITHOUT_LOGS_AND_ENDPOINTS): Synthesized {
  const stack = new Stack(newApp(), 'Shop');
  const target = new ScalableStatelessService(stack, 'Search', service);
  const load = new LoadTest(stack, 'Load', { target, traffic, ...props });
  return {
    stack,
    target,
    load,
    // a test may add to the stack first.
    get template() {
      return Template.fromStack(stack);
    },
  };
}

function existingVpc(stack: Stack) {
  return Vpc.fromVpcAttributes(stack, 'Net', {
    vpcId: 'vpc-12345678',
    availabilityZones: ['eu-west-1a'],
    publicSubnetIds: ['subnet-00000000'],
    privateSubnetIds: ['subnet-11111111'],
    isolatedSubnetIds: ['subnet-22222222'],
  });
}

const definitionOf = (template: Template, id: RegExp) => {
  const found = Object.entries(template.findResources('AWS::ECS::TaskDefinition')).find(([name]) => id.test(name));
  return found![1]['Properties'];
};
const loadDefinitionOf = (template: Template) => definitionOf(template, /^Load/);
const groupOf = (template: Template) =>
  Object.entries(template.findResources('AWS::EC2::SecurityGroup')).find(([name]) => /^LoadSecurityGroup/.test(name))![1]['Properties'];

describe('the task of a load test', () => {
  test('runs in the cluster of its target, with a public image that is named with its version', () => {
    const { load, target, template } = synthesize();
    expect(load.cluster).toBe(target.cluster);
    expect(loadDefinitionOf(template).ContainerDefinitions).toMatchObject([{ Name: 'load', Image: 'grafana/k6:1.8.1' }]);
    expect(loadDefinitionOf(synthesize({ engine: LoadTestEngine.locust() }).template).ContainerDefinitions[0].Image).toBe(
      'locustio/locust:2.47.0',
    );
    const other = LoadTestEngine.k6({ version: '2.2.0' });
    expect(loadDefinitionOf(synthesize({ engine: other }).template).ContainerDefinitions[0].Image).toBe('grafana/k6:2.2.0');
  });

  test('has roles, a log group and a security group of its own, and a task role without permissions', () => {
    const { load, target, template } = synthesize();
    expect(load.logGroup).not.toBe(target.logGroup);
    expect(load.taskDefinition.taskRole).not.toBe(target.taskRole);
    expect(load.connections.securityGroups).toEqual([load.securityGroup]);
    const policies = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.Roles);
    const roles = Object.keys(template.findResources('AWS::IAM::Role')).filter((name) => name.startsWith('LoadTaskRole'));
    expect(roles).toHaveLength(1);
    expect(policies).not.toContainEqual({ Ref: roles[0] });
  });

  test('has no environment variables, which others may read', () => {
    expect(loadDefinitionOf(synthesize().template).ContainerDefinitions[0].Environment).toBeUndefined();
  });

  test.each<[string, Partial<LoadTestProps>, Record<string, string>]>([
    ['one vCPU for k6', {}, { Cpu: '1024', Memory: '2048' }],
    ['one vCPU for each worker of Locust', { engine: LoadTestEngine.locust({ workers: 4 }) }, { Cpu: '4096', Memory: '8192' }],
    ['the next size for three of them', { engine: LoadTestEngine.locust({ workers: 3 }) }, { Cpu: '4096' }],
    ['the size of the props', { cpu: 512, memoryLimitMiB: 1024 }, { Cpu: '512', Memory: '1024' }],
  ])('has %s', (_, props, expected) => {
    expect(loadDefinitionOf(synthesize(props).template)).toMatchObject(expected);
  });

  test('has memory for all of its users', () => {
    const memoryFor = (users: number) =>
      Number(loadDefinitionOf(synthesize({ traffic: Traffic.users(users, Duration.minutes(1)) }).template).Memory);
    expect(memoryFor(5000)).toBeGreaterThan(memoryFor(50));
  });

  test('runs on the architecture of the props', () => {
    const { template } = synthesize({ cpuArchitecture: CpuArchitecture.ARM64 });
    expect(loadDefinitionOf(template).RuntimePlatform.CpuArchitecture).toBe('ARM64');
  });
});

describe('the network of a load test', () => {
  test('has egress to the port of an internet-facing load balancer at any address, and over HTTPS to the registry and the log', () => {
    const { template } = synthesize();
    expect(groupOf(template).SecurityGroupEgress.map(({ FromPort, CidrIp }: Egress) => [FromPort, CidrIp])).toEqual([
      [80, '0.0.0.0/0'],
      [443, '0.0.0.0/0'],
    ]);
    expect(groupOf(template).SecurityGroupIngress).toBeUndefined();
  });

  test('is that of the tasks for an internal load balancer, with egress to its security group only', () => {
    const { template, load, target } = synthesize({}, { internetFacing: false, accessLogs: false, flowLogs: false });
    expect(groupOf(template).SecurityGroupEgress.map(({ FromPort }: Egress) => FromPort)).toEqual([443]);
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { FromPort: 80, DestinationSecurityGroupId: Match.anyValue() });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 80, SourceSecurityGroupId: Match.anyValue() });
    expect(subnetsOf(load)).toEqual(target.vpc.isolatedSubnets.map(({ subnetId }) => subnetId));
    expect(load.runTaskParameters['networkConfiguration'].awsvpcConfiguration.assignPublicIp).toBe('DISABLED');
  });

  test('is the public subnets for an internet-facing load balancer of a network without outbound access: its name has public addresses', () => {
    const { load, target } = synthesize({}, { accessLogs: false, flowLogs: false });
    expect(subnetsOf(load)).toEqual(target.vpc.publicSubnets.map(({ subnetId }) => subnetId));
    expect(load.runTaskParameters['networkConfiguration'].awsvpcConfiguration.assignPublicIp).toBe('ENABLED');
  });

  test('is private subnets behind NAT gateways where there are some', () => {
    const { load, target } = synthesize({}, { ...WITHOUT_LOGS_AND_ENDPOINTS, network: Network.privateWithNat(1) });
    expect(subnetsOf(load)).toEqual(target.vpc.privateSubnets.map(({ subnetId }) => subnetId));
    expect(load.runTaskParameters['networkConfiguration'].awsvpcConfiguration.assignPublicIp).toBe('DISABLED');
  });

  test('is what the props say', () => {
    const stack = new Stack(newApp(), 'Shop');
    const vpc = existingVpc(stack);
    const cluster = Cluster.fromClusterAttributes(stack, 'Fleet', { clusterName: 'fleet', vpc });
    const load = new LoadTest(stack, 'Load', {
      url: 'https://shop.example.com:8443',
      cluster,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      traffic,
    });
    expect(subnetsOf(load)).toEqual(['subnet-22222222']);
    expect(load.cluster).toBe(cluster);
    expect(groupOf(Template.fromStack(stack)).SecurityGroupEgress.map(({ FromPort }: Egress) => FromPort)).toEqual([8443, 443]);
  });

  test('has a new cluster for a URL in a VPC without one', () => {
    const stack = new Stack(newApp(), 'Shop');
    new LoadTest(stack, 'Load', { url: 'http://shop.example.com', vpc: existingVpc(stack), traffic });
    Template.fromStack(stack).resourceCountIs('AWS::ECS::Cluster', 1);
  });

  test('can be in another stack than its target', () => {
    const app = newApp();
    const shop = new Stack(app, 'Shop');
    const target = new ScalableStatelessService(shop, 'Search', { internetFacing: false, accessLogs: false, flowLogs: false });
    const stack = new Stack(app, 'Tests');
    new LoadTest(stack, 'Load', { target, traffic });
    expect(() => app.synth()).not.toThrow();
    expect(shop.dependencies).toEqual([]);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 80 });
  });

  test('admits what its owner allows', () => {
    const { load, stack } = synthesize();
    load.connections.allowTo(Peer.ipv4('10.0.0.0/8'), Port.tcp(5432), 'To a database');
    expect(groupOf(Template.fromStack(stack)).SecurityGroupEgress).toContainEqual(expect.objectContaining({ FromPort: 5432 }));
  });

  function subnetsOf(load: LoadTest): string[] {
    return load.runTaskParameters['networkConfiguration'].awsvpcConfiguration.subnets;
  }
});

describe('the image of a load test', () => {
  test('is built from the public one, with the programs, where only Amazon ECR can be reached', () => {
    const { template } = synthesize({}, { internetFacing: false, accessLogs: false, flowLogs: false });
    const [container] = loadDefinitionOf(template).ContainerDefinitions;
    expect(JSON.stringify(container.Image)).toContain('.dkr.ecr.');
    expect(container.EntryPoint[2]).toMatch(/^cd "\$\(mktemp -d\)" && cp \/load-test\/\* \./);
    expect(container.Command).toHaveLength(2);
  });

  test('is built where the props say so, for the architecture of the task', () => {
    const engine = LoadTestEngine.locust({ buildImage: true, version: '2.40.0' });
    const { stack, template } = synthesize({ engine, cpuArchitecture: CpuArchitecture.ARM64 });
    const assets = Object.values(readAssets(stack));
    expect(assets.map(({ source }) => source)).toContainEqual(
      expect.objectContaining({ dockerBuildArgs: { VERSION: '2.40.0' }, platform: 'linux/arm64' }),
    );
    expect(JSON.stringify(loadDefinitionOf(template).ContainerDefinitions[0].Image)).toContain('.dkr.ecr.');
  });

  test('is that of the props, with a warning where there is no route to its registry', () => {
    const engine = LoadTestEngine.k6({ image: ContainerImage.fromRegistry('registry.example.com/k6:1') });
    const { stack } = synthesize({ engine }, { internetFacing: false, accessLogs: false, flowLogs: false });
    Annotations.fromStack(stack).hasWarning('/Shop/Load/TaskDefinition/load', Match.stringLikeRegexp('no route to the registry'));
  });

  function readAssets(stack: Stack): Record<string, DockerImage> {
    const assembly = (stack.node.root as ReturnType<typeof newApp>).synth();
    const manifest = assembly.artifacts.find(({ id }) => id === 'Shop.assets') as unknown as {
      contents: { dockerImages: Record<string, DockerImage> };
    };
    return manifest.contents.dockerImages;
  }
});

describe('a load test is run', () => {
  test('with parameters and a command that name the same', () => {
    const { load, stack } = synthesize();
    const parameters = stack.resolve(load.runTaskParameters);
    expect(parameters).toMatchObject({ launchType: 'FARGATE', startedBy: 'load-test', propagateTags: 'TASK_DEFINITION' });
    expect(JSON.stringify(stack.resolve(load.runCommand))).toContain('aws ecs run-task --cluster ');
  });

  test('by those who are granted it: one action, the two roles, and the tags of the task', () => {
    const { load, stack } = synthesize();
    load.grantRun(new Role(stack, 'Pipeline', { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('^Pipeline'),
      PolicyDocument: { Statement: ['iam:PassRole', 'ecs:RunTask', 'ecs:TagResource'].map((Action) => Match.objectLike({ Action })) },
    });
  });

  test('on a schedule, which is deleted before the tasks are stopped', () => {
    const { template } = synthesize({ schedule: ScheduleExpression.cron({ hour: '3', minute: '0' }) });
    const [schedule] = Object.values(template.findResources('AWS::Scheduler::Schedule'));
    expect(schedule!['Properties']).toMatchObject({
      ScheduleExpression: 'cron(0 3 * * ? *)',
      Target: { EcsParameters: { LaunchType: 'FARGATE', TaskCount: 1 } },
    });
    expect(schedule!['DependsOn']).toContainEqual(expect.stringMatching(/^LoadStopOnDelete/));
  });

  test('with its output, unless that is disabled', () => {
    synthesize().template.hasOutput('*', { Value: Match.objectLike({ 'Fn::Join': Match.anyValue() }) });
    expect(Object.keys(synthesize({ commandOutput: false }).template.findOutputs('*')).filter((name) => name.startsWith('Load'))).toEqual(
      [],
    );
  });
});

describe('a stack can be deleted while a load test runs', () => {
  test('as its tasks are stopped before the cluster, the security group and the routes are deleted', () => {
    const { template } = synthesize();
    const [resource] = Object.values(template.findResources('Custom::StopLoadTest'));
    const dependencies: string[] = resource!['DependsOn'];
    for (const id of [/^LoadSecurityGroup/, /^SearchCluster/, /^SearchVpcPublicSubnet1DefaultRoute/])
      expect(dependencies).toContainEqual(expect.stringMatching(id));
  });

  test('by a function that may stop tasks of this cluster only', () => {
    const { template } = synthesize();
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([name]) => /^LoadStopPolicy/.test(name));
    const statements = policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
    expect(statements.map(({ Action }) => Action)).toEqual([['ecs:StopTask', 'ecs:DescribeTasks'], 'ecs:ListTasks']);
    for (const { Condition } of statements) expect(Condition).toEqual({ ArnEquals: { 'ecs:cluster': expect.anything() } });
  });

  test('without a function where the props say so', () => {
    synthesize({ stopOnDelete: false }).template.resourceCountIs('AWS::Lambda::Function', 0);
  });
});

test('the metrics of a load test have its name', () => {
  const { load } = synthesize({ loadTestName: 'nightly' });
  for (const [metric, name, statistic] of [
    [load.metricRequests(), 'requests', 'Sum'],
    [load.metricFailedRequests(), 'failedRequests', 'Sum'],
    [load.metricFailedPercent(), 'failedPercent', 'Maximum'],
    [load.metricResponseTime(), 'p95Milliseconds', 'Maximum'],
  ] as const)
    expect(metric).toMatchObject({ namespace: 'LoadTest', metricName: name, statistic, dimensions: { loadTest: 'nightly' } });
  expect(synthesize().load.metricRequests().dimensions).toEqual({ loadTest: 'Shop/Load' });
});
