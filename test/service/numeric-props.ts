import { Duration, SecretValue, type Stack, Tokenization } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Peer, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, UlimitName } from 'aws-cdk-lib/aws-ecs';
import { ApplicationListener, ApplicationLoadBalancer, ListenerCondition } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import {
  AlarmMuteRule,
  Authentication,
  CircuitBreakerThreshold,
  Deployment,
  Network,
  type ScalableStatelessServiceProps as Props,
  ScalableStatelessService,
  WebAcl,
} from '../../src';

type Unit = 'seconds' | 'minutes';

/** A number that a prop takes. */
export interface NumericProp {
  /** The property of a struct, or the parameter of a method, as the assembly names it. */
  readonly name: string;

  /** A number that is valid. */
  readonly valid: number;

  /** Props with the number. */
  readonly props: (number: number, stack: Stack) => Props;

  /** The unit of a duration in the template, and props with a duration. */
  readonly unit?: Unit;
  readonly of?: (duration: Duration, stack: Stack) => Props;
}

const daily = Schedule.cron({ hour: '8', minute: '0' });

const service = (name: keyof Props, valid: number, others: Props = {}): NumericProp => ({
  name: `ScalableStatelessServiceProps.${name}`,
  valid,
  props: (number) => ({ ...others, [name]: number }),
});

const durationIn = (name: string, valid: number, unit: Unit, of: (duration: Duration, stack: Stack) => Props): NumericProp => ({
  name,
  valid,
  unit,
  of,
  props: (number, stack) => of(Duration[unit](number), stack),
});

const duration = (name: keyof Props, valid: number, unit: Unit): NumericProp =>
  durationIn(`ScalableStatelessServiceProps.${name}`, valid, unit, (value) => ({ [name]: value }));

/** A listener of another service, for props that share one. */
export function listenerIn(stack: Stack): Pick<Props, 'vpc' | 'listener' | 'loadBalancer' | 'conditions'> {
  const vpc = Vpc.fromVpcAttributes(stack, 'Theirs', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    publicSubnetIds: ['subnet-1', 'subnet-2'],
    privateSubnetIds: ['subnet-3', 'subnet-4'],
  });
  const listener = ApplicationListener.fromApplicationListenerAttributes(stack, 'Listener', {
    listenerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shop/0123456789abcdef/0123456789abcdef',
    securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
  });
  const loadBalancer = ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
    loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef',
    loadBalancerDnsName: 'shop.example.com',
    securityGroupId: 'sg-1',
    vpc,
  });
  return { vpc, listener, loadBalancer, conditions: [ListenerCondition.pathPatterns(['/a'])] };
}

const certificateOf = (stack: Stack): Props => ({
  certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:123456789012:certificate/1'),
});

/** What has another template with a token than with the number: rules of security groups are resources of their own, and what is computed is left out. */
export const RENDERED_OTHERWISE: readonly string[] = [
  'ScalableStatelessServiceProps.containerPort',
  'ScalableStatelessServiceProps.cpu',
  'ScalableStatelessServiceProps.memoryLimitMiB',
  'ScalableStatelessServiceProps.serverErrorAlarmPercent',
  'ScalableStatelessServiceAttributes.containerPort',
  'TestTrafficOptions.port',
  'healthCheck.port',
];

/** Every number of the public props of the construct. */
export const NUMERIC_PROPS: readonly NumericProp[] = [
  duration('alarmWarmUp', 5, 'minutes'),
  service('containerPort', 8081),
  service('cpu', 512, { memoryLimitMiB: 1024 }),
  duration('deregistrationDelay', 31, 'seconds'),
  service('ephemeralStorageGiB', 33),
  duration('healthCheckGracePeriod', 61, 'seconds'),
  duration('idleTimeout', 62, 'seconds'),
  duration('responseTimeAlarmThreshold', 3, 'seconds'),
  service('listenerPort', 8088),
  service('maxAzs', 2),
  service('maxCapacity', 17),
  service('maxHealthyPercent', 175),
  service('memoryLimitMiB', 1024),
  service('minCapacity', 4),
  service('minHealthyPercent', 75),
  service('onDemandBase', 3, { spotPercent: 40 }),
  { name: 'ScalableStatelessServiceProps.priority', valid: 77, props: (priority, stack) => ({ ...listenerIn(stack), priority }) },
  service('requestsPerSecondPerTask', 150),
  duration('scaleInCooldown', 301, 'seconds'),
  duration('scaleOutCooldown', 121, 'seconds'),
  duration('scaleOutResponseTimeThreshold', 2, 'seconds'),
  service('scaleOutResponseTimeMinTotalRequestsPerSecond', 3, { scaleOutResponseTimeThreshold: Duration.seconds(1) }),
  service('serverErrorAlarmPercent', 2),
  duration('slowStart', 45, 'seconds'),
  service('spotPercent', 30),
  duration('stickinessCookieDuration', 3601, 'seconds'),
  duration('stopTimeout', 70, 'seconds'),
  service('targetCpuUtilizationPercent', 45),
  service('targetMemoryUtilizationPercent', 71),
  durationIn('ApprovalOptions.timeout', 61, 'minutes', (value) => ({ deployment: Deployment.blueGreen({ approval: { timeout: value } }) })),
  durationIn('BlueGreenOptions.bakeTime', 7, 'minutes', (value) => ({ deployment: Deployment.blueGreen({ bakeTime: value }) })),
  {
    name: 'TestTrafficOptions.port',
    valid: 9443,
    props: (port) => ({ deployment: Deployment.blueGreen({ testTraffic: { port, allowFrom: [Peer.anyIpv4()] } }) }),
  },
  { name: 'TrafficShiftOptions.stepPercent', valid: 12, props: (stepPercent) => ({ deployment: Deployment.canary({ stepPercent }) }) },
  durationIn('TrafficShiftOptions.stepBakeTime', 8, 'minutes', (value) => ({ deployment: Deployment.linear({ stepBakeTime: value }) })),
  {
    name: 'RollingOptions.earlySuccessHealthyPercent',
    valid: 100,
    props: (earlySuccessHealthyPercent) => ({ deployment: Deployment.rolling({ earlySuccessHealthyPercent }) }),
  },
  ...(['count', 'boundedPercent', 'unboundedPercent'] as const).map(
    (kind): NumericProp => ({
      name: `CircuitBreakerThreshold.${kind}(${kind === 'count' ? 'tasks' : 'percent'})`,
      valid: 13,
      props: (number) => ({ deployment: Deployment.rolling({ circuitBreakerThreshold: CircuitBreakerThreshold[kind](number) }) }),
    }),
  ),
  durationIn('AlarmMuteRule.cron(duration)', 90, 'minutes', (value) => ({ alarmMuteRules: [AlarmMuteRule.cron('0 2 * * *', value)] })),
  durationIn('AlarmMuteRule.once(duration)', 90, 'minutes', (value) => ({
    alarmMuteRules: [AlarmMuteRule.once('2027-01-31T23:00', value)],
  })),
  durationIn('HealthCheckOptions.interval', 20, 'seconds', (value) => ({ healthCheck: { interval: value } })),
  durationIn('HealthCheckOptions.timeout', 4, 'seconds', (value) => ({ healthCheck: { timeout: value } })),
  {
    name: 'HealthCheckOptions.healthyThresholdCount',
    valid: 3,
    props: (healthyThresholdCount) => ({ healthCheck: { healthyThresholdCount } }),
  },
  {
    name: 'HealthCheckOptions.unhealthyThresholdCount',
    valid: 4,
    props: (unhealthyThresholdCount) => ({ healthCheck: { unhealthyThresholdCount } }),
  },
  {
    name: 'ManagedWebAclOptions.requestsPerFiveMinutes',
    valid: 5001,
    props: (number) => ({ webAcl: WebAcl.managed({ requestsPerFiveMinutes: number }) }),
  },
  { name: 'Network.privateWithNat(natGateways)', valid: 1, props: (number) => ({ network: Network.privateWithNat(number) }) },
  {
    name: 'ScheduledCapacity.minCapacity',
    valid: 4,
    props: (minCapacity) => ({ schedules: [{ name: 'day', schedule: daily, minCapacity }] }),
  },
  {
    name: 'ScheduledCapacity.maxCapacity',
    valid: 18,
    props: (maxCapacity) => ({ schedules: [{ name: 'day', schedule: daily, maxCapacity }] }),
  },
  durationIn('UserAuthenticationOptions.sessionTimeout', 7200, 'seconds', (value, stack) => ({
    ...certificateOf(stack),
    authentication: Authentication.oidc({
      authorizationEndpoint: 'https://id.example.com/authorize',
      clientId: 'shop',
      clientSecret: SecretValue.secretsManager('oidc'),
      issuer: 'https://id.example.com',
      tokenEndpoint: 'https://id.example.com/token',
      userInfoEndpoint: 'https://id.example.com/userinfo',
      sessionTimeout: value,
    }),
  })),
  {
    name: 'ScalableStatelessServiceAttributes.containerPort',
    valid: 8082,
    props: (containerPort, stack) => {
      const theirs = ScalableStatelessService.fromScalableStatelessServiceAttributes(stack, 'Theirs', {
        clusterName: 'shop',
        serviceName: 'cart',
        url: 'https://cart.example.com',
        loadBalancerFullName: 'app/cart/50dc6c495c0c9188',
        targetGroupFullNames: ['targetgroup/cart/73e2d6bc24d8a067'],
        taskSecurityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Tasks', 'sg-2')],
        containerPort,
      });
      theirs.connections.allowDefaultPortFrom(Peer.ipv4('10.0.0.0/8'));
      return {};
    },
  },
  // numbers in structs of the CDK.
  { name: 'ulimits', valid: 70_001, props: (number) => ({ ulimits: [{ name: UlimitName.NOFILE, softLimit: number, hardLimit: number }] }) },
  { name: 'tmpfs', valid: 65, props: (size) => ({ tmpfs: [{ containerPath: '/tmp', size }] }) },
  { name: 'containerHealthCheck.retries', valid: 4, props: (retries) => ({ containerHealthCheck: { command: ['CMD', 'true'], retries } }) },
  ...(['interval', 'timeout', 'startPeriod'] as const).map((name) =>
    durationIn(`containerHealthCheck.${name}`, 21, 'seconds', (value) => ({
      containerHealthCheck: { command: ['CMD', 'true'], interval: Duration.seconds(60), [name]: value },
    })),
  ),
  { name: 'healthCheck.port', valid: 8089, props: (number) => ({ healthCheck: { port: Tokenization.stringifyNumber(number) } }) },
  ...(['cpu', 'memoryLimitMiB', 'memoryReservationMiB'] as const).map(
    (name): NumericProp => ({
      name: `sidecars.${name}`,
      valid: 64,
      props: (number) => ({
        sidecars: { side: { image: ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/side:1'), [name]: number } },
      }),
    }),
  ),
];
