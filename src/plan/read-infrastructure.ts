import { AWS_DEFAULTS } from './default-plan';
import type { Infrastructure } from './infrastructure';
import { loadBalancerOf } from './load-balancer-of';
import { field, items, type Resource, type Template } from './template';
import type { TemplateNumbers } from './template-numbers';

/** What looks more often than once a minute is of high resolution. */
const MINUTE_SECONDS = 60;

/** What belongs to the service that is read. */
export interface ServiceResources {
  readonly service: Resource;
  readonly taskDefinition: Resource;
  readonly targetGroup: Resource;
}

/**
 * Reads what a service is billed for out of its template.
 *
 * NAT gateways, endpoints and alarms count where the template holds them. What stands in another one is paid for there.
 */
export function readInfrastructure(template: Template, numbers: TemplateNumbers, resources: ServiceResources): Infrastructure {
  const { service, taskDefinition } = resources;
  const network = field(service.properties.NetworkConfiguration, 'AwsvpcConfiguration');
  const alarms = template.ofType('AWS::CloudWatch::Alarm');
  const storage = field(taskDefinition.properties.EphemeralStorage, 'SizeInGiB');
  return {
    architecture: template.plain(field(taskDefinition.properties.RuntimePlatform, 'CpuArchitecture')) === 'ARM64' ? 'ARM64' : 'X86_64',
    spotShare: spotShare(numbers, service),
    ephemeralStorageGiB: numbers.of(`${taskDefinition.id} EphemeralStorage`, storage ?? AWS_DEFAULTS.ephemeralStorageGiB),
    ...readLoadBalancer(template, resources, items(field(network, 'Subnets')).length),
    hasPublicTasks: template.plain(field(network, 'AssignPublicIp')) === 'ENABLED',
    natGateways: template.ofType('AWS::EC2::NatGateway').length,
    interfaceEndpoints: template.ofType('AWS::EC2::VPCEndpoint').reduce((sum, endpoint) => sum + interfacesOf(template, endpoint), 0),
    alarms: alarms.length,
    highResolutionAlarms: alarms.filter(({ properties }) => Number(template.plain(properties.Period) ?? MINUTE_SECONDS) < MINUTE_SECONDS)
      .length,
    highResolutionMetrics: highResolutionMetrics(template, service),
    containerInsights: containerInsights(template, service),
  };
}

type OfLoadBalancer = Pick<Infrastructure, 'loadBalancerNodes' | 'isInternetFacing' | 'listenerRules'>;

/** @param taskZones what stands in for the zones of a load balancer that the template does not hold. */
function readLoadBalancer(template: Template, { targetGroup }: ServiceResources, taskZones: number): OfLoadBalancer {
  const { balancer, rules } = loadBalancerOf(template, targetGroup);
  const nodes = items(balancer?.properties.Subnets ?? balancer?.properties.SubnetMappings).length;
  return {
    loadBalancerNodes: Math.max(1, nodes || taskZones),
    isInternetFacing: template.plain(balancer?.properties.Scheme) !== 'internal',
    listenerRules: rules.length,
  };
}

function interfacesOf(template: Template, { properties }: Resource): number {
  const isInterface = template.plain(properties.VpcEndpointType) === 'Interface';
  return isInterface ? Math.max(1, items(properties.SubnetIds).length) : 0;
}

/** Weights say how tasks are shared among capacity providers; a base of tasks that come first counts as long as there are more. */
function spotShare(numbers: TemplateNumbers, service: Resource): number {
  const providers = items(service.properties.CapacityProviderStrategy).map((provider) => ({
    isSpot: field(provider, 'CapacityProvider') === 'FARGATE_SPOT',
    weight: numbers.of(`${service.id} Weight`, field(provider, 'Weight') ?? 0),
  }));
  const total = providers.reduce((sum, { weight }) => sum + weight, 0);
  if (total > 0) return providers.reduce((sum, { isSpot, weight }) => sum + (isSpot ? weight : 0), 0) / total;
  return providers.length > 0 && providers.every(({ isSpot }) => isSpot) ? 1 : 0;
}

function highResolutionMetrics(template: Template, service: Resource): number {
  return items(field(service.properties.Monitoring, 'MetricConfigurations'))
    .filter((metrics) => Number(template.plain(field(metrics, 'ResolutionSeconds')) ?? MINUTE_SECONDS) < MINUTE_SECONDS)
    .reduce<number>((sum, metrics) => sum + items(field(metrics, 'MetricNames')).length, 0);
}

function containerInsights(template: Template, service: Resource): Infrastructure['containerInsights'] {
  const cluster = template.referredTo(service.properties.Cluster, 'AWS::ECS::Cluster');
  const setting = items(cluster?.properties.ClusterSettings).find((each) => field(each, 'Name') === 'containerInsights');
  const value = template.plain(field(setting, 'Value'));
  return value === 'enabled' || value === 'enhanced' ? value : 'disabled';
}
