import { AWS_DEFAULTS } from './default-plan';
import type { Deployment } from './deployment';
import { readStickiness } from './read-target-group';
import { readTrafficShift } from './read-traffic-shift';
import { isRoutingAlgorithm, type Routing } from './routing';
import { targetGroupAttribute } from './target-group-attribute';
import { field, items, type Resource, type Template } from './template';
import type { TemplateNumbers } from './template-numbers';

/** Reads how ECS exchanges the tasks of a service. */
export function readDeployment(template: Template, numbers: TemplateNumbers, service: Resource): Deployment {
  const configuration = service.properties.DeploymentConfiguration;
  const number = (name: string, fallback: number): number => numbers.of(`${service.id} ${name}`, field(configuration, name) ?? fallback);
  const trafficShift = readTrafficShift(template, numbers, service);
  return {
    ...(trafficShift && { trafficShift }),
    // ECS switches it on for a service that does not say.
    rebalancesZones: template.plain(service.properties.AvailabilityZoneRebalancing) !== 'DISABLED',
    minimumHealthyPercent: number('MinimumHealthyPercent', AWS_DEFAULTS.minHealthyPercent),
    maximumPercent: number('MaximumPercent', AWS_DEFAULTS.maxHealthyPercent),
    hasCircuitBreaker: template.plain(field(field(configuration, 'DeploymentCircuitBreaker'), 'Enable')) === 'true',
    healthCheckGracePeriodSeconds: numbers.optional(service, 'HealthCheckGracePeriodSeconds', AWS_DEFAULTS.healthCheckGracePeriodSeconds),
  };
}

/** Reads how a target group shares its requests. An algorithm that is not known is read as the one that AWS assumes. */
export function readRouting(template: Template, numbers: TemplateNumbers, targetGroup: Resource): Routing {
  const algorithm = template.plain(targetGroupAttribute(targetGroup, 'load_balancing.algorithm.type')) ?? AWS_DEFAULTS.routingAlgorithm;
  const slowStart = targetGroupAttribute(targetGroup, 'slow_start.duration_seconds') ?? AWS_DEFAULTS.slowStartSeconds;
  const stickinessSeconds = readStickiness(template, numbers, targetGroup);
  return {
    ...(stickinessSeconds !== undefined && { stickinessSeconds }),
    algorithm: isRoutingAlgorithm(algorithm) ? algorithm : AWS_DEFAULTS.routingAlgorithm,
    slowStartSeconds: numbers.of(`${targetGroup.id} slow_start.duration_seconds`, slowStart),
    mitigatesAnomalies: template.plain(targetGroupAttribute(targetGroup, 'load_balancing.algorithm.anomaly_mitigation')) === 'on',
  };
}

/** A load balancer stands in two zones at least, and its tasks with it. */
const FEWEST_ZONES = 2;

/** Counts the zones of the subnets that the tasks stand in. A subnet outside of the template is taken for a zone of its own. */
export function readZoneCount(template: Template, service: Resource): number {
  const network = field(service.properties.NetworkConfiguration, 'AwsvpcConfiguration');
  const zones = items(field(network, 'Subnets')).map((subnet) => {
    const resource = template.referredTo(subnet, 'AWS::EC2::Subnet');
    return JSON.stringify(resource?.properties.AvailabilityZone ?? subnet);
  });
  return zones.length === 0 ? FEWEST_ZONES : new Set(zones).size;
}
