import { AWS_DEFAULTS } from '../default-plan';
import type { Infrastructure } from '../infrastructure';
import { MINUTE_SECONDS, readAlarmsAndDashboards } from './read-alarms';
import { readSpotSettings } from './read-capacity-providers';
import type { Resource } from './resource';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { loadBalancerOf } from './template-attributes';
import { field, items } from './template-value';

/** The resources of the service that is read. */
export interface ServiceResources {
  readonly service: Resource;
  readonly taskDefinition: Resource;
  readonly targetGroup: Resource;
}

/**
 * Reads from a template what a service is billed for.
 *
 * NAT gateways, endpoints, alarms and dashboards count where they are in this template.
 *
 * @param ignoredAlarmMetrics the metrics of the alarms of target-tracking policies that the plan ignores.
 */
export function readInfrastructure(
  template: Template,
  numbers: TemplateNumbers,
  resources: ServiceResources,
  ignoredAlarmMetrics: number,
): Infrastructure {
  const { service, taskDefinition } = resources;
  const network = field(service.properties.NetworkConfiguration, 'AwsvpcConfiguration');
  const alarmsAndDashboards = readAlarmsAndDashboards(template);
  const storage = field(taskDefinition.properties.EphemeralStorage, 'SizeInGiB');
  return {
    architecture:
      template.resolvedText(field(taskDefinition.properties.RuntimePlatform, 'CpuArchitecture')) === 'ARM64' ? 'ARM64' : 'X86_64',
    ...readSpotSettings(template, numbers, service),
    ephemeralStorageGiB: numbers.of(`${taskDefinition.id} EphemeralStorage`, storage ?? AWS_DEFAULTS.ephemeralStorageGiB),
    ...readLoadBalancer(template, resources, items(field(network, 'Subnets')).length),
    hasPublicTasks: template.resolvedText(field(network, 'AssignPublicIp')) === 'ENABLED',
    natGateways: template.resourcesOfType('AWS::EC2::NatGateway').length,
    interfaceEndpoints: template
      .resourcesOfType('AWS::EC2::VPCEndpoint')
      .reduce((sum, endpoint) => sum + endpointInterfaces(template, endpoint), 0),
    ...alarmsAndDashboards,
    alarmMetrics: alarmsAndDashboards.alarmMetrics + ignoredAlarmMetrics,
    highResolutionMetrics: highResolutionMetrics(template, service),
    containerInsights: containerInsights(template, service),
  };
}

type LoadBalancerSettings = Pick<Infrastructure, 'loadBalancerNodes' | 'isInternetFacing' | 'listenerRules'>;

/** @param taskZones the number of zones to assume for a load balancer that is not in the template. */
function readLoadBalancer(template: Template, { targetGroup }: ServiceResources, taskZones: number): LoadBalancerSettings {
  const { balancer, rules } = loadBalancerOf(template, targetGroup);
  const nodes = items(balancer?.properties.Subnets ?? balancer?.properties.SubnetMappings).length;
  return {
    loadBalancerNodes: Math.max(1, nodes || taskZones),
    isInternetFacing: template.resolvedText(balancer?.properties.Scheme) !== 'internal',
    listenerRules: rules.length,
  };
}

function endpointInterfaces(template: Template, { properties }: Resource): number {
  const isInterface = template.resolvedText(properties.VpcEndpointType) === 'Interface';
  return isInterface ? Math.max(1, items(properties.SubnetIds).length) : 0;
}

function highResolutionMetrics(template: Template, service: Resource): number {
  return items(field(service.properties.Monitoring, 'MetricConfigurations'))
    .filter((metrics) => Number(template.resolvedText(field(metrics, 'ResolutionSeconds')) ?? MINUTE_SECONDS) < MINUTE_SECONDS)
    .reduce<number>((sum, metrics) => sum + items(field(metrics, 'MetricNames')).length, 0);
}

function containerInsights(template: Template, service: Resource): Infrastructure['containerInsights'] {
  const cluster = template.referencedResource(service.properties.Cluster, 'AWS::ECS::Cluster');
  const setting = items(cluster?.properties.ClusterSettings).find((each) => field(each, 'Name') === 'containerInsights');
  const value = template.resolvedText(field(setting, 'Value'));
  return value === 'enabled' || value === 'enhanced' ? value : 'disabled';
}
