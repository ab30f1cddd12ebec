import { Duration, type Stack } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Cluster, DeploymentControllerType, FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { type ApplicationLoadBalancedFargateServiceProps, ApplicationLoadBalancedServiceRecordType } from 'aws-cdk-lib/aws-ecs-patterns';
import { ApplicationLoadBalancer, ApplicationProtocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FLAG_SETS } from '../../synthesize';
import { move } from './move';
import { addScaling, certificateIn, image, POLICIES } from './pattern-variants';

type Props = ApplicationLoadBalancedFargateServiceProps;

/** Props that a pattern accepts in any combination, each given or left out. */
const PLAIN = fc.record(
  {
    publicLoadBalancer: fc.boolean(),
    openListener: fc.boolean(),
    assignPublicIp: fc.boolean(),
    loadBalancerName: fc.constantFrom('shop', 'orders'),
    listenerPort: fc.constantFrom(8080, 8443),
    serviceName: fc.constant('shop'),
    desiredCount: fc.constantFrom(1, 3, 9),
    idleTimeout: fc.constant(Duration.seconds(100)),
    targetProtocol: fc.constant(ApplicationProtocol.HTTPS),
    circuitBreaker: fc.constant({ rollback: true }),
    deploymentController: fc.constant({ type: DeploymentControllerType.ECS }),
  },
  { requiredKeys: [] },
);

const { ALIAS, CNAME, NONE } = ApplicationLoadBalancedServiceRecordType;

/** Props that need constructs of the stack, or each other. */
const CONSTRUCTED = fc.record({
  hasCluster: fc.boolean(),
  hasStrategies: fc.boolean(),
  hasLoadBalancer: fc.boolean(),
  hasSecurityGroup: fc.boolean(),
  hasTaskDefinition: fc.boolean(),
  isHttps: fc.boolean(),
  domain: fc.constantFrom('none', 'with a certificate', 'without one'),
  recordType: fc.constantFrom(ALIAS, CNAME, NONE),
  redirectHTTP: fc.boolean(),
});

type Constructed = typeof CONSTRUCTED extends fc.Arbitrary<infer Value> ? Value : never;

function propsIn(stack: Stack, chosen: Constructed): Props {
  const vpc = new Vpc(stack, 'Network', { maxAzs: 2 });
  const { hasCluster, hasStrategies: enableFargateCapacityProviders } = chosen;
  const needsCluster = hasCluster || enableFargateCapacityProviders;
  return {
    ...(needsCluster ? { cluster: new Cluster(stack, 'Fleet', { vpc, enableFargateCapacityProviders }) } : { vpc }),
    ...(enableFargateCapacityProviders && { capacityProviderStrategies: [{ capacityProvider: 'FARGATE', weight: 1 }] }),
    ...(chosen.hasLoadBalancer && { loadBalancer: new ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true }) }),
    ...(chosen.hasSecurityGroup && { securityGroups: [new SecurityGroup(stack, 'Tasks', { vpc })] }),
    ...(chosen.hasTaskDefinition ? { taskDefinition: taskDefinitionIn(stack) } : { taskImageOptions: { image } }),
    ...domainProps(stack, chosen),
  };
}

function taskDefinitionIn(stack: Stack): FargateTaskDefinition {
  const taskDefinition = new FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('app', { image, portMappings: [{ containerPort: 3000 }] });
  return taskDefinition;
}

function domainProps(stack: Stack, { isHttps, domain, recordType, redirectHTTP }: Constructed): Props {
  const zone =
    domain === 'none' ? undefined : HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
  const record = zone && { domainName: 'shop.example.com', domainZone: zone, recordType };
  if (!isHttps) return { ...record };
  const certificate = domain === 'without one' ? { protocol: ApplicationProtocol.HTTPS } : { certificate: certificateIn(stack) };
  return { ...record, ...certificate, redirectHTTP };
}

const SERVING = /ElasticLoadBalancingV2|ECS::(Service|Cluster)|EC2::|Route53|CertificateManager|ApplicationAutoScaling/;

test('any combination of the props of a pattern keeps what serves', () => {
  fc.assert(
    fc.property(PLAIN, CONSTRUCTED, fc.boolean(), fc.constantFrom(...FLAG_SETS), (plain, constructed, scales, [, flags]) => {
      const props = (stack: Stack): Props => ({ ...plain, ...propsIn(stack, constructed) });
      const scaling = { added: addScaling, policies: POLICIES, own: () => ({ targetMemoryUtilizationPercent: 80 }) };
      const { changes, report } = move({ what: 'any', props, ...(scales && scaling) }, flags);
      const old = changes.all.filter(({ before, type }) => before !== undefined && SERVING.test(type));
      expect(old.filter(({ id }) => !changes.stays(id)).map(({ id, properties }) => [id, ...properties])).toEqual([]);
      expect(report).toEqual({ outcome: 'new tasks one by one', findings: [] });
    }),
    { numRuns: 25 },
  );
}, 120_000);
