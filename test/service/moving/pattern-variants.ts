import { Duration, type Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { GatewayVpcEndpointAwsService, InterfaceVpcEndpointAwsService, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  type CapacityProviderStrategy,
  Cluster,
  ContainerImage,
  CpuArchitecture,
  DeploymentControllerType,
  FargatePlatformVersion,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
  PropagatedTagSource,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import {
  type ApplicationLoadBalancedFargateService,
  type ApplicationLoadBalancedFargateServiceProps,
  ApplicationLoadBalancedServiceRecordType,
} from 'aws-cdk-lib/aws-ecs-patterns';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationProtocolVersion,
  IpAddressType,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { MovedPolicies, ScalableStatelessServiceProps } from '../../../src';

/** A service of the stock pattern, and what its owner writes instead. */
export interface PatternVariant {
  readonly what: string;
  readonly props: (stack: Stack) => ApplicationLoadBalancedFargateServiceProps;

  /** What the owner added to the pattern. */
  readonly added?: (pattern: ApplicationLoadBalancedFargateService) => void;
  readonly policies?: MovedPolicies;

  /** What the owner adds in the same update. */
  readonly own?: (stack: Stack) => ScalableStatelessServiceProps;

  /** The checks that find something, for a change that clients notice. */
  readonly findings?: readonly string[];
}

export const image = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1');
const taskImageOptions = { image };
const ARN = 'arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';

export const certificateIn = (stack: Stack) => Certificate.fromCertificateArn(stack, 'Certificate', ARN);
const zoneIn = (stack: Stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
const vpcIn = (stack: Stack) => new Vpc(stack, 'Network', { maxAzs: 2 });

/** The ids that `addScaling` gives its policies. */
export const POLICIES = { cpuUtilizationId: 'CpuScaling', requestCountId: 'RequestScaling', memoryUtilizationId: 'MemoryScaling' };

/** The three policies that a pattern can have. */
export function addScaling({ service, targetGroup }: ApplicationLoadBalancedFargateService): void {
  const scaling = service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 10 });
  scaling.scaleOnCpuUtilization('CpuScaling', { targetUtilizationPercent: 50 });
  scaling.scaleOnMemoryUtilization('MemoryScaling', { targetUtilizationPercent: 80 });
  scaling.scaleOnRequestCount('RequestScaling', { targetGroup, requestsPerTarget: 6000 });
}

export const PATTERN_VARIANTS: readonly PatternVariant[] = [
  { what: 'with its defaults', props: () => ({ taskImageOptions }) },
  { what: 'in a vpc', props: (stack) => ({ taskImageOptions, vpc: vpcIn(stack) }) },
  { what: 'in a cluster', props: (stack) => ({ taskImageOptions, cluster: new Cluster(stack, 'Fleet', { vpc: vpcIn(stack) }) }) },
  {
    what: 'in imported VPC and cluster',
    props: (stack) => {
      const vpc = Vpc.fromVpcAttributes(stack, 'Network', {
        vpcId: 'vpc-0123456789abcdef0',
        availabilityZones: ['eu-west-1a', 'eu-west-1b'],
        publicSubnetIds: ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'],
        privateSubnetIds: ['subnet-0123456789abcdefc', 'subnet-0123456789abcdefd'],
      });
      return { taskImageOptions, cluster: Cluster.fromClusterAttributes(stack, 'Fleet', { clusterName: 'fleet', vpc }) };
    },
  },
  { what: 'with a certificate', props: (stack) => ({ taskImageOptions, certificate: certificateIn(stack) }) },
  {
    what: 'with a certificate, a domain and a redirect',
    props: (stack) => ({
      taskImageOptions,
      certificate: certificateIn(stack),
      domainName: 'shop.example.com',
      domainZone: zoneIn(stack),
      redirectHTTP: true,
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
    }),
  },
  {
    what: 'with a new certificate for its domain',
    props: (stack) => ({
      taskImageOptions,
      protocol: ApplicationProtocol.HTTPS,
      domainName: 'shop.example.com',
      domainZone: zoneIn(stack),
      redirectHTTP: true,
    }),
  },
  {
    what: 'with a CNAME record',
    props: (stack) => ({
      taskImageOptions,
      certificate: certificateIn(stack),
      domainName: 'shop.example.com',
      domainZone: zoneIn(stack),
      recordType: ApplicationLoadBalancedServiceRecordType.CNAME,
    }),
  },
  {
    what: 'with a domain and no record',
    props: (stack) => ({
      taskImageOptions,
      certificate: certificateIn(stack),
      domainName: 'shop.example.com',
      domainZone: zoneIn(stack),
      recordType: ApplicationLoadBalancedServiceRecordType.NONE,
    }),
  },
  {
    what: 'with a domain and plain HTTP',
    props: (stack) => ({ taskImageOptions, domainName: 'shop.example.com', domainZone: zoneIn(stack) }),
  },
  { what: 'with an internal load balancer', props: () => ({ taskImageOptions, publicLoadBalancer: false }) },
  { what: 'with a name of its load balancer', props: () => ({ taskImageOptions, loadBalancerName: 'shop' }) },
  {
    what: 'with a named internal load balancer',
    props: () => ({ taskImageOptions, loadBalancerName: 'shop', publicLoadBalancer: false }),
  },
  {
    what: 'on a load balancer of the app',
    props: (stack) => {
      const vpc = vpcIn(stack);
      return { taskImageOptions, vpc, loadBalancer: new ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true }) };
    },
  },
  {
    what: 'on an imported load balancer',
    props: (stack) => {
      const vpc = Vpc.fromVpcAttributes(stack, 'Network', {
        vpcId: 'vpc-0123456789abcdef0',
        availabilityZones: ['eu-west-1a', 'eu-west-1b'],
        publicSubnetIds: ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'],
        privateSubnetIds: ['subnet-0123456789abcdefc', 'subnet-0123456789abcdefd'],
      });
      const loadBalancer = ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
        loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/1',
        loadBalancerDnsName: 'shop.example.com',
        securityGroupId: 'sg-0123456789abcdef0',
        vpc,
      });
      return { taskImageOptions, vpc, loadBalancer };
    },
  },
  { what: 'on another port', props: () => ({ taskImageOptions, listenerPort: 8080 }) },
  {
    what: 'on another port of HTTPS, redirected',
    props: (stack) => ({ taskImageOptions, certificate: certificateIn(stack), listenerPort: 8443, redirectHTTP: true }),
  },
  {
    what: 'with a closed listener',
    props: () => ({ taskImageOptions, openListener: false }),
  },
  {
    what: 'with HTTPS to the tasks',
    props: () => ({ taskImageOptions: { image, containerPort: 8443 }, targetProtocol: ApplicationProtocol.HTTPS }),
  },
  {
    what: 'with dual stack and an idle timeout',
    props: (stack) => ({
      taskImageOptions,
      vpc: Vpc.fromVpcAttributes(stack, 'Network', {
        vpcId: 'vpc-0123456789abcdef0',
        availabilityZones: ['eu-west-1a', 'eu-west-1b'],
        publicSubnetIds: ['subnet-0123456789abcdefa', 'subnet-0123456789abcdefb'],
        privateSubnetIds: ['subnet-0123456789abcdefc', 'subnet-0123456789abcdefd'],
      }),
      ipAddressType: IpAddressType.DUAL_STACK,
      idleTimeout: Duration.seconds(120),
    }),
  },
  {
    what: 'with a task definition',
    props: (stack) => {
      const taskDefinition = new FargateTaskDefinition(stack, 'Task', { cpu: 512, memoryLimitMiB: 1024 });
      taskDefinition.addContainer('app', { image, portMappings: [{ containerPort: 3000 }] });
      return { taskDefinition };
    },
  },
  {
    what: 'with all options of the image',
    props: (stack) => ({
      cpu: 512,
      memoryLimitMiB: 1024,
      taskImageOptions: {
        image,
        containerName: 'shop',
        containerPort: 3000,
        family: 'shop',
        environment: { LEVEL: 'info' },
        command: ['serve'],
        entryPoint: ['/bin/shop'],
        dockerLabels: { team: 'shop' },
        taskRole: new Role(stack, 'Code', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }),
        executionRole: new Role(stack, 'Start', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') }),
      },
      healthCheck: { command: ['CMD', 'true'] },
    }),
  },
  { what: 'with public tasks', props: () => ({ taskImageOptions, assignPublicIp: true }) },
  {
    what: 'with subnets and security groups of the tasks',
    props: (stack) => {
      const vpc = new Vpc(stack, 'Network', {
        subnetConfiguration: [
          { name: 'Public', subnetType: SubnetType.PUBLIC },
          { name: 'App', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
          { name: 'Data', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
        ],
      });
      return {
        taskImageOptions,
        vpc,
        taskSubnets: { subnetGroupName: 'App' },
        securityGroups: [new SecurityGroup(stack, 'Tasks', { vpc })],
      };
    },
  },
  {
    what: 'with capacity provider strategies',
    props: (stack) => ({
      taskImageOptions,
      cluster: new Cluster(stack, 'Fleet', { vpc: vpcIn(stack), enableFargateCapacityProviders: true }),
      capacityProviderStrategies: [
        { capacityProvider: 'FARGATE', weight: 1, base: 2 },
        { capacityProvider: 'FARGATE_SPOT', weight: 3 },
      ] satisfies CapacityProviderStrategy[],
    }),
  },
  {
    what: 'with capacity provider strategies, and Spot in the same update',
    props: (stack) => ({
      taskImageOptions,
      cluster: new Cluster(stack, 'Fleet', { vpc: vpcIn(stack), enableFargateCapacityProviders: true }),
      capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }],
    }),
    own: () => ({ spotPercent: 50 }),
  },
  { what: 'with a circuit breaker', props: () => ({ taskImageOptions, circuitBreaker: { rollback: true } }) },
  {
    what: 'with the deployment controller ECS',
    props: () => ({ taskImageOptions, deploymentController: { type: DeploymentControllerType.ECS } }),
  },
  {
    what: 'with a name, a count, percents, tags and ECS Exec',
    props: () => ({
      taskImageOptions,
      serviceName: 'shop',
      desiredCount: 8,
      minHealthyPercent: 50,
      maxHealthyPercent: 150,
      healthCheckGracePeriod: Duration.minutes(3),
      propagateTags: PropagatedTagSource.SERVICE,
      enableECSManagedTags: true,
      enableExecuteCommand: true,
    }),
  },
  {
    what: 'with Cloud Map',
    props: (stack) => {
      const cluster = new Cluster(stack, 'Fleet', { vpc: vpcIn(stack), defaultCloudMapNamespace: { name: 'shop.local' } });
      return { taskImageOptions, cluster, cloudMapOptions: { name: 'web' } };
    },
  },
  {
    what: 'with scaling, its policies kept by id',
    props: () => ({ taskImageOptions }),
    added: addScaling,
    policies: POLICIES,
    own: () => ({ targetMemoryUtilizationPercent: 80 }),
  },
  {
    what: 'with a policy on CPU only',
    props: () => ({ taskImageOptions }),
    added: ({ service }) => {
      service.autoScaleTaskCount({ maxCapacity: 4 }).scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 50 });
    },
    policies: { cpuUtilizationId: 'Cpu' },
  },
  {
    what: 'with gRPC to the tasks',
    props: (stack) => ({
      taskImageOptions: { image, containerPort: 50_051 },
      certificate: certificateIn(stack),
      protocolVersion: ApplicationProtocolVersion.GRPC,
    }),
  },
  {
    what: 'with HTTPS on a load balancer of the app, redirected',
    props: (stack) => {
      const vpc = vpcIn(stack);
      const loadBalancer = new ApplicationLoadBalancer(new Construct(stack, 'Edge'), 'Balancer', { vpc, internetFacing: true });
      return { taskImageOptions, vpc, loadBalancer, certificate: certificateIn(stack), redirectHTTP: true, loadBalancerName: 'unused' };
    },
  },
  {
    what: 'with a log driver, secrets and a size of its container',
    props: (stack) => ({
      cpu: 1024,
      memoryLimitMiB: 2048,
      containerCpu: 512,
      containerMemoryLimitMiB: 1024,
      platformVersion: FargatePlatformVersion.VERSION1_4,
      runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
      taskImageOptions: {
        image,
        logDriver: LogDrivers.awsLogs({ streamPrefix: 'shop', logGroup: new LogGroup(stack, 'Logs') }),
        secrets: {
          KEY: Secret.fromSsmParameter(StringParameter.fromSecureStringParameterAttributes(stack, 'Key', { parameterName: '/key' })),
        },
      },
    }),
  },
  { what: 'without a log', props: () => ({ taskImageOptions: { image, enableLogging: false } }) },
  {
    what: 'in isolated subnets with endpoints',
    props: (stack) => {
      const vpc = new Vpc(stack, 'Network', {
        natGateways: 0,
        subnetConfiguration: [
          { name: 'Public', subnetType: SubnetType.PUBLIC },
          { name: 'Closed', subnetType: SubnetType.PRIVATE_ISOLATED },
        ],
        gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
      });
      const { ECR, ECR_DOCKER, CLOUDWATCH_LOGS } = InterfaceVpcEndpointAwsService;
      for (const service of [ECR, ECR_DOCKER, CLOUDWATCH_LOGS]) vpc.addInterfaceEndpoint(service.shortName, { service });
      return { taskImageOptions, vpc, publicLoadBalancer: false };
    },
  },
  {
    what: 'with plain HTTP, and a certificate in the same update',
    props: () => ({ taskImageOptions }),
    own: (stack) => ({ certificate: certificateIn(stack) }),
    findings: ['changed-listener'],
  },
];
