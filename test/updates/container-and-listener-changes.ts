import type { Stack } from 'aws-cdk-lib';
import { Duration } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer } from 'aws-cdk-lib/aws-ec2';
import {
  Cluster,
  ContainerImage,
  EnvironmentFile,
  FargateTaskDefinition,
  FirelensLogRouterType,
  LogDrivers,
  PropagatedTagSource,
  UlimitName,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationProtocolVersion,
  IpAddressType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { AlarmMuteRule, Authentication, Deployment, MovedFrom, RuleTransform } from '../../src';
import {
  BESIDE,
  BLUE_GREEN,
  certificate,
  DEFAULTS,
  DNS,
  EXISTING_VPC,
  HTTPS,
  HTTPS_BLUE_GREEN,
  JOINED_BLUE_GREEN,
  joined,
  type PropChange,
  row,
  TWO_GROUPS,
  vpc,
} from './prop-changes';

const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/router:1';
const role = (stack: Stack, name: string) => Role.fromRoleArn(stack, name, `arn:aws:iam::123456789012:role/${name}`);
const namespace = (stack: Stack) =>
  PrivateDnsNamespace.fromPrivateDnsNamespaceAttributes(stack, 'Namespace', {
    namespaceArn: 'arn:aws:servicediscovery:eu-west-1:123456789012:namespace/ns-1',
    namespaceId: 'ns-1',
    namespaceName: 'shop',
  });
const taskDefinition = (stack: Stack) => {
  const definition = new FargateTaskDefinition(stack, 'Own', { cpu: 512, memoryLimitMiB: 1024 });
  definition.addContainer('web', { image: ContainerImage.fromRegistry(IMAGE), portMappings: [{ containerPort: 8080 }] });
  return definition;
};

const fleet = (stack: Stack) => Cluster.fromClusterAttributes(stack, 'Fleet', { clusterName: 'fleet', vpc: vpc(stack) });

const onLoadBalancer = (stack: Stack, name: string) => ({
  vpc: vpc(stack),
  loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
    loadBalancerDnsName: `${name}.example.com`,
    loadBalancerArn: `arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/${name}/1`,
    securityGroupId: 'sg-1',
  }),
});

/** A certificate of the listener, and more of them, by their names. */
const withCertificates =
  (...names: string[]) =>
  (stack: Stack) => ({
    certificate: certificate(stack),
    additionalCertificates: names.map((name) =>
      Certificate.fromCertificateArn(stack, `Certificate-${name}`, `arn:aws:acm:eu-west-1:123456789012:certificate/${name}`),
    ),
  });

/** A certificate, and an additional one, in either order. */
const exchanged = (stack: Stack, isReversed: boolean) => {
  const [first, second] = [
    certificate(stack),
    Certificate.fromCertificateArn(stack, 'Other', 'arn:aws:acm:eu-west-1:123456789012:certificate/b'),
  ];
  return isReversed ? { certificate: second, additionalCertificates: [first] } : { certificate: first, additionalCertificates: [second] };
};

/** How the props of the container and of the listener may change. */
export const CONTAINER_AND_LISTENER_CHANGES: readonly PropChange[] = [
  row('command', 'that of the image → another', DEFAULTS, { command: ['serve'] }, 'new tasks one by one'),
  row('entryPoint', 'that of the image → another', DEFAULTS, { entryPoint: ['/init'] }, 'new tasks one by one'),
  row('workingDirectory', 'that of the image → another', DEFAULTS, { workingDirectory: '/app' }, 'new tasks one by one'),
  row(
    'environmentFiles',
    'none → one',
    DEFAULTS,
    (stack) => ({ environmentFiles: [EnvironmentFile.fromBucket(Bucket.fromBucketName(stack, 'Files', 'files'), 'shop.env')] }),
    'new tasks one by one',
  ),
  row('containerHealthCheck', 'none → one', DEFAULTS, { containerHealthCheck: { command: ['CMD-SHELL', 'true'] } }, 'new tasks one by one'),
  row(
    'ulimits',
    'none → one',
    DEFAULTS,
    { ulimits: [{ name: UlimitName.NOFILE, softLimit: 1024, hardLimit: 4096 }] },
    'new tasks one by one',
  ),
  row('dockerLabels', 'none → one', DEFAULTS, { dockerLabels: { team: 'shop' } }, 'new tasks one by one'),
  row('logDriver', 'CloudWatch Logs → another', DEFAULTS, { logDriver: LogDrivers.firelens({}) }, 'new tasks one by one'),
  row(
    'logRouter',
    'none → FireLens',
    {
      logDriver: LogDrivers.firelens({}),
      logRouter: { image: ContainerImage.fromRegistry(IMAGE), firelensConfig: { type: FirelensLogRouterType.FLUENTBIT } },
    },
    {
      logDriver: LogDrivers.firelens({}),
      logRouter: { image: ContainerImage.fromRegistry(IMAGE), firelensConfig: { type: FirelensLogRouterType.FLUENTD } },
    },
    'new tasks one by one',
  ),
  row('tmpfs', 'none → /tmp', DEFAULTS, { tmpfs: [{ containerPath: '/tmp', size: 64 }] }, 'new tasks one by one'),
  row('taskDefinition', 'created → of yours', DEFAULTS, (stack) => ({ taskDefinition: taskDefinition(stack) }), 'new tasks one by one'),
  row(
    'taskDefinition',
    'of yours → with another environment',
    (stack) => ({ taskDefinition: taskDefinition(stack) }),
    (stack) => {
      const definition = taskDefinition(stack);
      definition.defaultContainer?.addEnvironment('COLOR', 'blue');
      return { taskDefinition: definition };
    },
    'new tasks one by one',
  ),
  row('executionRole', 'created → existing', DEFAULTS, (stack) => ({ executionRole: role(stack, 'execution') }), 'new tasks one by one'),
  row('taskRole', 'created → existing', DEFAULTS, (stack) => ({ taskRole: role(stack, 'task') }), 'new tasks one by one'),
  row('propagateTags', 'none → the service', DEFAULTS, { propagateTags: PropagatedTagSource.SERVICE }, 'new tasks one by one'),
  row('enableECSManagedTags', 'false → true', DEFAULTS, { enableECSManagedTags: true }, 'new tasks one by one'),
  row(
    'serviceConnectConfiguration',
    'none → a namespace',
    DEFAULTS,
    { serviceConnectConfiguration: { namespace: 'shop', services: [{ portMappingName: 'web', dnsName: 'search' }] } },
    'new tasks one by one',
  ),
  row(
    'cloudMapOptions',
    'none → a namespace',
    DEFAULTS,
    (stack) => ({ cloudMapOptions: { name: 'search', cloudMapNamespace: namespace(stack) } }),
    'new tasks one by one',
  ),
  row('targetProtocol', 'HTTP → HTTPS', DEFAULTS, { targetProtocol: ApplicationProtocol.HTTPS }, 'outage', { note: BESIDE }),
  row(
    'protocolVersion',
    'HTTP/1.1 → HTTP/2',
    HTTPS,
    (stack) => ({ certificate: certificate(stack), protocolVersion: ApplicationProtocolVersion.HTTP2 }),
    'outage',
    { note: BESIDE },
  ),
  row('loadBalancer', 'own → existing', EXISTING_VPC, (stack) => onLoadBalancer(stack, 'a'), 'replaced', {
    back: 'new tasks one by one',
    note: DNS,
  }),
  row(
    'loadBalancer',
    'existing → another',
    (stack) => onLoadBalancer(stack, 'a'),
    (stack) => onLoadBalancer(stack, 'b'),
    'new tasks one by one',
    { note: 'the old load balancer no longer listens for the service: move the clients to the other one' },
  ),
  row('listenerPort', '80 → 8080', DEFAULTS, { listenerPort: 8080 }, 'in place', { note: 'port 80 no longer listens' }),
  row('listenerPort', '8080 → 9090', { listenerPort: 8080 }, { listenerPort: 9090 }, 'in place', { note: 'port 8080 no longer listens' }),
  row('listenerPort', '80 → 8080, blue/green', BLUE_GREEN, { deployment: Deployment.blueGreen(), listenerPort: 8080 }, 'outage', {
    note: TWO_GROUPS,
  }),
  row(
    'certificate',
    'HTTP → HTTPS on the same port 8080',
    { listenerPort: 8080 },
    (stack) => ({ listenerPort: 8080, certificate: certificate(stack) }),
    'in place',
    { note: 'requests over HTTP on port 8080 fail' },
  ),
  row(
    'certificate',
    'HTTP → HTTPS, on an existing load balancer',
    (stack) => onLoadBalancer(stack, 'a'),
    (stack) => ({ ...onLoadBalancer(stack, 'a'), certificate: certificate(stack) }),
    'in place',
    { note: 'port 80 no longer listens, unless `redirectHttp` is true' },
  ),
  row(
    'certificate',
    'exchanged with an additional one',
    (stack) => exchanged(stack, false),
    (stack) => exchanged(stack, true),
    'in place',
  ),
  row('additionalCertificates', 'none → one', withCertificates(), withCertificates('b'), 'in place'),
  row('additionalCertificates', 'one → one more', withCertificates('b'), withCertificates('c', 'b'), 'in place'),
  row('additionalCertificates', 'two → the second one', withCertificates('b', 'c'), withCertificates('c'), 'in place'),
  row('additionalCertificates', 'in another order', withCertificates('b', 'c'), withCertificates('c', 'b'), 'in place'),
  row(
    'authentication',
    'none → a JSON Web Token',
    HTTPS,
    (stack) => ({
      certificate: certificate(stack),
      authentication: Authentication.jwt({ issuer: 'https://login.example.com', jwksEndpoint: 'https://login.example.com/keys' }),
    }),
    'in place',
    { note: 'requests without a token get 401' },
  ),
  row(
    'authentication',
    'none → a JSON Web Token, blue/green',
    HTTPS_BLUE_GREEN,
    (stack) => ({
      certificate: certificate(stack),
      deployment: Deployment.blueGreen(),
      authentication: Authentication.jwt({ issuer: 'https://login.example.com', jwksEndpoint: 'https://login.example.com/keys' }),
    }),
    'outage',
    { note: TWO_GROUPS },
  ),
  row(
    'transforms',
    'none → one, blue/green',
    JOINED_BLUE_GREEN,
    (stack) => ({ ...joined(stack), deployment: Deployment.blueGreen(), transforms: [RuleTransform.urlRewrite('^/shop', '/')] }),
    'outage',
    { note: TWO_GROUPS },
  ),
  row(
    'transforms',
    'none → one',
    joined,
    (stack) => ({ ...joined(stack), transforms: [RuleTransform.urlRewrite('^/shop', '/')] }),
    'in place',
  ),
  row('ipAddressType', 'IPv4 → dual stack', DEFAULTS, { ipAddressType: IpAddressType.DUAL_STACK }, 'in place'),
  row(
    'ipAddressType',
    'IPv4 → dual stack, of an internal load balancer',
    { internetFacing: false },
    { internetFacing: false, ipAddressType: IpAddressType.DUAL_STACK },
    'in place',
  ),
  row(
    'redirectHttp',
    'false → true, on an existing load balancer',
    (stack) => ({ ...onLoadBalancer(stack, 'a'), certificate: certificate(stack) }),
    (stack) => ({ ...onLoadBalancer(stack, 'a'), certificate: certificate(stack), redirectHttp: true }),
    'in place',
    { note: 'no other listener may be on port 80; on the way back port 80 no longer listens' },
  ),
  row(
    'deployment',
    'blue/green → with a test listener',
    BLUE_GREEN,
    { deployment: Deployment.blueGreen({ testTraffic: { port: 9090, allowFrom: [Peer.ipv4('10.0.0.0/8')] } }) },
    'new tasks one by one',
  ),
  row('healthCheckLogs', 'false → true', DEFAULTS, { healthCheckLogs: true }, 'in place'),
  row('zonalShift', 'false → true', DEFAULTS, { zonalShift: true }, 'in place'),
  row('urlOutput', 'true → false', DEFAULTS, { urlOutput: false }, 'in place'),
  row(
    'movedFrom',
    'a service of the stock pattern → none',
    (stack) => ({ cluster: fleet(stack), movedFrom: MovedFrom.applicationLoadBalancedFargateService({}) }),
    (stack) => ({ cluster: fleet(stack) }),
    'replaced',
    { note: `keep it as long as the service runs; or ${BESIDE}` },
  ),
  row('alarmWarmUp', 'none → 10 minutes', DEFAULTS, { alarmWarmUp: Duration.minutes(10) }, 'in place'),
  row('alarmMuteRules', 'none → one', DEFAULTS, { alarmMuteRules: [AlarmMuteRule.cron('0 2 * * *', Duration.hours(1))] }, 'in place'),
];
