import { CfnOutput, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer, PrefixList, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, ContainerImage, UlimitName } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener,
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type IApplicationListener,
  type IApplicationLoadBalancer,
  IpAddressType,
  ListenerCondition,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { describe, expect, test } from 'vitest';
import {
  AlarmMuteRule,
  Authentication,
  CircuitBreakerThreshold,
  Deployment,
  JwtClaim,
  Network,
  RuleTransform,
  ScalableStatelessService,
  type ScalableStatelessServiceProps,
  WebAcl,
} from '../../src';
import { newApp } from '../synthesize';

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');
const lookedUp = (stack: Stack, name = '/shop/value'): string => StringParameter.valueFromLookup(stack, name);
const number = (stack: Stack): number => Number(lookedUp(stack));
const seconds = (stack: Stack): Duration => Duration.seconds(number(stack));
const certificate = (stack: Stack) => Certificate.fromCertificateArn(stack, 'Secure', 'arn:aws:acm:eu-west-1:123456789012:certificate/1');

const oidc = (sessionTimeout: Duration): Authentication =>
  Authentication.oidc({
    issuer: 'https://login.example.com',
    authorizationEndpoint: 'https://login.example.com/authorize',
    tokenEndpoint: 'https://login.example.com/token',
    userInfoEndpoint: 'https://login.example.com/user',
    clientId: 'shop',
    clientSecret: SecretValue.secretsManager('oidc'),
    sessionTimeout,
  });

type Props = (stack: Stack) => ScalableStatelessServiceProps;

/** The providers of what a first synthesis finds missing. */
function missingOf(props: Props, services = 1): string[] {
  const app = newApp();
  const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  for (let index = 0; index < services; index += 1)
    new ScalableStatelessService(stack, `Search${index}`, { image: IMAGE, ...props(stack) });
  return (app.synth().manifest.missing ?? []).map(({ provider }) => provider);
}

describe('a value of a parameter may be looked up: the first synthesis ends with what is missing, and not with an error', () => {
  test.each<[string, Props]>([
    ['names', (stack) => ({ loadBalancerName: lookedUp(stack), targetGroupName: lookedUp(stack), serviceName: lookedUp(stack) })],
    ['a range of addresses', (stack) => ({ vpcCidr: lookedUp(stack) })],
    ['a path', (stack) => ({ healthCheck: { path: lookedUp(stack), port: lookedUp(stack), healthyHttpCodes: lookedUp(stack) } })],
    ['a directory', (stack) => ({ writableDirectories: [lookedUp(stack)], workingDirectory: lookedUp(stack), user: lookedUp(stack) })],
    ['a directory in memory', (stack) => ({ tmpfs: [{ containerPath: lookedUp(stack), size: number(stack) }] })],
    ['a variable', (stack) => ({ environment: { PORT: lookedUp(stack), DRAIN_SECONDS: lookedUp(stack) } })],
    ['an image', (stack) => ({ image: ContainerImage.fromRegistry(lookedUp(stack)) })],
    ['a number of tasks', (stack) => ({ minCapacity: number(stack), maxCapacity: number(stack) })],
    [
      'a size',
      (stack) => ({ cpu: number(stack), memoryLimitMiB: number(stack), maxAzs: number(stack), ephemeralStorageGiB: number(stack) }),
    ],
    ['a target', (stack) => ({ requestsPerSecondPerTask: number(stack), targetCpuUtilizationPercent: number(stack) })],
    ['percents', (stack) => ({ spotPercent: number(stack), minHealthyPercent: number(stack), maxHealthyPercent: number(stack) })],
    ['a port', (stack) => ({ listenerPort: number(stack), containerPort: number(stack) })],
    [
      'a port of test traffic',
      (stack) => ({ deployment: Deployment.blueGreen({ testTraffic: { port: number(stack), allowFrom: [Peer.anyIpv4()] } }) }),
    ],
    [
      'times',
      (stack) => ({
        stopTimeout: seconds(stack),
        deregistrationDelay: seconds(stack),
        slowStart: seconds(stack),
        idleTimeout: seconds(stack),
      }),
    ],
    [
      'times of scaling',
      (stack) => ({ scaleOutCooldown: seconds(stack), scaleInCooldown: seconds(stack), scaleOutResponseTimeThreshold: seconds(stack) }),
    ],
    [
      'times of the health check',
      (stack) => ({ healthCheck: { interval: seconds(stack), timeout: seconds(stack), healthyThresholdCount: number(stack) } }),
    ],
    ['times of a deployment', (stack) => ({ deployment: Deployment.canary({ stepPercent: number(stack), stepBakeTime: seconds(stack) }) })],
    [
      'a schedule',
      (stack) => ({ schedules: [{ name: lookedUp(stack), schedule: Schedule.rate(Duration.hours(1)), minCapacity: number(stack) }] }),
    ],
    [
      'a circuit breaker',
      (stack) => ({ deployment: Deployment.rolling({ circuitBreakerThreshold: CircuitBreakerThreshold.count(number(stack)) }) }),
    ],
    ['an approval', (stack) => ({ deployment: Deployment.blueGreen({ approval: { timeout: Duration.minutes(number(stack)) } }) })],
    ['a session', (stack) => ({ certificate: certificate(stack), authentication: oidc(seconds(stack)) })],
    ['open files', (stack) => ({ ulimits: [{ name: UlimitName.NOFILE, softLimit: number(stack), hardLimit: number(stack) }] })],
    [
      'times of alarms',
      (stack) => ({ responseTimeAlarmThreshold: seconds(stack), alarmWarmUp: seconds(stack), serverErrorAlarmPercent: number(stack) }),
    ],
    ['a cookie', (stack) => ({ stickinessCookieDuration: seconds(stack), healthCheckGracePeriod: seconds(stack) })],
    ['NAT gateways', (stack) => ({ network: Network.privateWithNat(number(stack)) })],
    ['a mute rule', (stack) => ({ alarmMuteRules: [AlarmMuteRule.cron('0 2 * * *', seconds(stack))] })],
    ['a rate', (stack) => ({ webAcl: WebAcl.managed({ requestsPerFiveMinutes: number(stack), ruleGroups: [lookedUp(stack)] }) })],
    ['a sidecar', (stack) => ({ sidecars: { agent: { image: IMAGE, memoryLimitMiB: number(stack), cpu: number(stack) } } })],
    [
      'a token',
      (stack) => ({
        certificate: certificate(stack),
        authentication: Authentication.jwt({
          issuer: lookedUp(stack),
          jwksEndpoint: lookedUp(stack),
          additionalClaims: [JwtClaim.singleString(lookedUp(stack), lookedUp(stack))],
        }),
      }),
    ],
    [
      'a domain and its zone',
      (stack) => ({
        domainName: lookedUp(stack),
        hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
          hostedZoneId: lookedUp(stack),
          zoneName: lookedUp(stack, '/zone'),
        }),
      }),
    ],
    ['a certificate', (stack) => ({ certificate: Certificate.fromCertificateArn(stack, 'Mine', lookedUp(stack)) })],
    [
      'more certificates',
      (stack) => ({
        certificate: certificate(stack),
        additionalCertificates: ['/a', '/b'].map((name) => Certificate.fromCertificateArn(stack, name, lookedUp(stack, name))),
      }),
    ],
    ['a web ACL', (stack) => ({ webAcl: WebAcl.fromArn(lookedUp(stack)) })],
    ['a VPC', (stack) => ({ vpc: vpcOf(stack, lookedUp(stack)) })],
    [
      'a cluster',
      (stack) => ({ cluster: Cluster.fromClusterAttributes(stack, 'Fleet', { clusterName: lookedUp(stack), vpc: vpcOf(stack, 'vpc-1') }) }),
    ],
    ['a priority', (stack) => ({ ...joined(stack), priority: number(stack) })],
    ['conditions', (stack) => ({ ...joined(stack), conditions: [ListenerCondition.pathPatterns([lookedUp(stack)])] })],
    ['a transform', (stack) => ({ ...joined(stack), transforms: [RuleTransform.urlRewrite(lookedUp(stack), lookedUp(stack))] })],
  ])('%s', (_, props) => {
    expect(missingOf(props)).toContain('ssm');
  });
});

const vpcOf = (stack: Stack, vpcId: string) =>
  Vpc.fromVpcAttributes(stack, 'Net', {
    vpcId,
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: ['a', 'b'],
    publicSubnetIds: ['s-1', 's-2'],
    privateSubnetIds: ['s-3', 's-4'],
  });

const lookUpVpc = (stack: Stack) => Vpc.fromLookup(stack, 'Net', { vpcName: 'shop' });

/** A load balancer and a listener of it, which are looked up. */
function lookUpListener(stack: Stack): { loadBalancer: IApplicationLoadBalancer; listener: IApplicationListener } {
  const found = stack.node.tryFindChild('Balancer') as IApplicationLoadBalancer | undefined;
  if (found !== undefined) return { loadBalancer: found, listener: stack.node.findChild('Listener') as IApplicationListener };
  const tags = { app: 'shop' };
  return {
    loadBalancer: ApplicationLoadBalancer.fromLookup(stack, 'Balancer', { loadBalancerTags: tags }),
    listener: ApplicationListener.fromLookup(stack, 'Listener', { loadBalancerTags: tags, listenerPort: 443 }),
  };
}

const joined: Props = (stack) => ({
  ...lookUpListener(stack),
  vpc: (stack.node.tryFindChild('Own') as Vpc) ?? Vpc.fromLookup(stack, 'Own', { vpcId: 'vpc-0a1b2c3d' }),
  conditions: [ListenerCondition.pathPatterns(['/a'])],
  priority: 1,
});

describe('a resource may be looked up: the first synthesis ends with what is missing, and not with an error', () => {
  test.each<[string, string, Props]>([
    ['a VPC', 'vpc-provider', (stack) => ({ vpc: lookUpVpc(stack) })],
    ['a VPC with isolated subnets', 'vpc-provider', (stack) => ({ vpc: lookUpVpc(stack), network: Network.isolatedWithEndpoints() })],
    ['a VPC with public subnets', 'vpc-provider', (stack) => ({ vpc: lookUpVpc(stack), network: Network.public() })],
    [
      'groups of subnets of a VPC',
      'vpc-provider',
      (stack) => ({ vpc: lookUpVpc(stack), taskSubnets: { subnetGroupName: 'App' }, loadBalancerSubnets: { subnetGroupName: 'Edge' } }),
    ],
    ['subnets of a type', 'vpc-provider', (stack) => ({ vpc: lookUpVpc(stack), taskSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } })],
    ['a VPC of an internal load balancer', 'vpc-provider', (stack) => ({ vpc: lookUpVpc(stack), internetFacing: false })],
    [
      'a VPC of a load balancer that authenticates',
      'vpc-provider',
      (stack) => ({
        vpc: lookUpVpc(stack),
        internetFacing: false,
        certificate: certificate(stack),
        authentication: Authentication.jwt({ issuer: 'https://a.example.com', jwksEndpoint: 'https://a.example.com/keys' }),
      }),
    ],
    [
      'the VPC of a cluster, and another VPC',
      'vpc-provider',
      (stack) => ({
        vpc: vpcOf(stack, 'vpc-0a1b2c3d'),
        cluster: Cluster.fromClusterAttributes(stack, 'Fleet', {
          clusterName: 'a',
          vpc: Vpc.fromLookup(stack, 'Look', { vpcId: 'vpc-0a1b2c3d' }),
        }),
      }),
    ],
    [
      'a security group',
      'security-group',
      (stack) => ({
        vpc: lookUpVpc(stack),
        loadBalancerSecurityGroup: SecurityGroup.fromLookupByName(stack, 'Group', 'a', stack.node.findChild('Net') as Vpc),
      }),
    ],
    [
      'security groups of tasks',
      'security-group',
      (stack) => ({ taskSecurityGroups: [SecurityGroup.fromLookupById(stack, 'Group', 'sg-0a1b2c3d')] }),
    ],
    ['a peer', 'security-group', (stack) => ({ allowFrom: [SecurityGroup.fromLookupById(stack, 'Group', 'sg-0a1b2c3d')] })],
    [
      'a prefix list',
      'cc-api-provider',
      (stack) => ({ allowFrom: [Peer.prefixList(PrefixList.fromLookup(stack, 'List', { prefixListName: 'cloudfront' }).prefixListId)] }),
    ],
    [
      'a hosted zone',
      'hosted-zone',
      (stack) => ({ domainName: 'a.example.com', hostedZone: HostedZone.fromLookup(stack, 'Zone', { domainName: 'example.com' }) }),
    ],
    ['a load balancer', 'load-balancer', (stack) => ({ loadBalancer: lookUpListener(stack).loadBalancer })],
    [
      'a load balancer, in a VPC',
      'load-balancer',
      (stack) => ({ loadBalancer: lookUpListener(stack).loadBalancer, vpc: vpcOf(stack, 'vpc-0a1b2c3d') }),
    ],
    [
      'a load balancer with HTTPS and dual stack',
      'load-balancer',
      (stack) => ({
        loadBalancer: lookUpListener(stack).loadBalancer,
        certificate: certificate(stack),
        redirectHttp: true,
        domainName: 'a.example.com',
        hostedZone: HostedZone.fromLookup(stack, 'Zone', { domainName: 'example.com' }),
      }),
    ],
    ['a listener', 'load-balancer-listener', joined],
    ['a listener, in a VPC of the caller', 'load-balancer-listener', (stack) => ({ ...joined(stack), vpc: vpcOf(stack, 'vpc-0a1b2c3d') })],
    ['a key', 'key-provider', (stack) => ({ logEncryptionKey: Key.fromLookup(stack, 'Key', { aliasName: 'alias/logs' }) })],
    [
      'a repository',
      'cc-api-provider',
      (stack) => ({ image: ContainerImage.fromEcrRepository(Repository.fromLookup(stack, 'Images', { repositoryName: 'shop' })) }),
    ],
    [
      'roles',
      'cc-api-provider',
      (stack) => ({
        taskRole: Role.fromLookup(stack, 'Role', { roleName: 'shop' }),
        executionRole: Role.fromLookup(stack, 'Start', { roleName: 'start' }),
      }),
    ],
    ['zones', 'availability-zones', () => ({ maxAzs: 6, ipAddressType: IpAddressType.DUAL_STACK })],
  ])('%s', (_, provider, props) => {
    expect(missingOf(props)).toContain(provider);
  });

  test('two load balancers may both be looked up, each with a service on the same port, and two listeners with the same priority', () => {
    const app = newApp();
    const stack = new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
    for (const name of ['first', 'second']) {
      const tags = { app: name };
      const loadBalancer = ApplicationLoadBalancer.fromLookup(stack, `Balancer-${name}`, { loadBalancerTags: tags });
      const listener = ApplicationListener.fromLookup(stack, `Listener-${name}`, {
        loadBalancerTags: tags,
        listenerProtocol: ApplicationProtocol.HTTPS,
      });
      new ScalableStatelessService(stack, `On-${name}`, { image: IMAGE, loadBalancer, listenerPort: 8080 });
      const conditions = [ListenerCondition.pathPatterns(['/a'])];
      new ScalableStatelessService(stack, `At-${name}`, { image: IMAGE, loadBalancer, listener, conditions, priority: 1 });
    }
    expect(new Set(app.synth().manifest.missing?.map(({ provider }) => provider))).toContain('load-balancer-listener');
  });
});

describe('a value that is known is not compared with the default of one that is looked up', () => {
  test.each<[string, Props]>([
    ['a minimum above the default maximum', (stack) => ({ minCapacity: 10, maxCapacity: number(stack) })],
    ['a CPU size without the default memory', (stack) => ({ cpu: 4096, memoryLimitMiB: number(stack) })],
    ['a large sidecar', (stack) => ({ memoryLimitMiB: number(stack), sidecars: { agent: { image: IMAGE, memoryLimitMiB: 1024 } } })],
    ['a timeout above the default interval', (stack) => ({ healthCheck: { interval: seconds(stack), timeout: Duration.seconds(20) } })],
    ['a base without the default of Spot', (stack) => ({ spotPercent: number(stack), onDemandBase: 1 })],
    ['the only signal', (stack) => ({ scaleOnCpu: false, scaleOnRequests: false, targetMemoryUtilizationPercent: number(stack) })],
    ['a container health check', (stack) => ({ containerHealthCheck: { command: ['CMD', 'true'], interval: seconds(stack) } })],
    [
      'the port of a second listener',
      (stack) => {
        const found = stack.node.tryFindChild('Search0') as ScalableStatelessService | undefined;
        return found === undefined ? {} : { loadBalancer: found.loadBalancer, listenerPort: number(stack) };
      },
    ],
  ])('%s', (_, props) => {
    expect(missingOf(props, 2)).toContain('ssm');
  });
});

test('a number that is none is an error where nothing is looked up', () => {
  const stack = new Stack(newApp(), 'Shop');
  expect(() => new ScalableStatelessService(stack, 'Search', { minCapacity: Number.NaN })).toThrow('minCapacity must be');
});

test('a value that is looked up elsewhere in the stack hides no error', () => {
  const stack = new Stack(newApp(), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  new CfnOutput(stack, 'Value', { value: lookedUp(stack) });
  expect(() => new ScalableStatelessService(stack, 'Search', { minCapacity: 0.5 })).toThrow('minCapacity must be');
});
