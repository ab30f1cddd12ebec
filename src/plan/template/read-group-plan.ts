import { InputError } from '../../parse/input-error';
import { AWS_DEFAULTS } from '../default-plan';
import type { ParsedPlan, Plan } from '../service-plan';
import { notFollowed } from './properties/not-followed';
import { readRouting } from './read-deployment';
import { readGroupScaling } from './read-group-scaling';
import { readInfrastructure } from './read-infrastructure';
import { readInstances } from './read-instances';
import { readRefresh } from './read-refresh';
import { ignoredMatcher, ignoredStickiness, readDeregistrationDelay, readHealthCheck } from './read-target-group';
import type { Resource } from './resource';
import type { Template } from './template';
import { loadBalancerOf, readIdleTimeout, type TemplateNumbers } from './template-attributes';
import { items } from './template-value';

const HTTP_PORT = 80;

/** Reads the plan of an EC2 Auto Scaling group with a target group. An instance takes the place of a task. */
export function readGroupPlan(template: Template, numbers: TemplateNumbers, group: Resource): ParsedPlan {
  const targetGroup = template.referencedResource(group.properties.TargetGroupARNs, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  if (targetGroup === undefined) throw new InputError([`${group.id} has no target group in this template`]);
  const launched = readInstances(template, numbers, group);
  const refresh = readRefresh(numbers, group);
  const scaling = readGroupScaling(template, numbers, group, launched.cpuReportSeconds);
  const plan: Plan = {
    service: group.id,
    policy: scaling.policy,
    task: launched.size,
    instances: launched.instances,
    container: {
      port: numbers.optional(targetGroup, 'Port', HTTP_PORT),
      environment: {},
      stopTimeoutSeconds: AWS_DEFAULTS.stopTimeoutSeconds,
    },
    healthCheck: readHealthCheck(template, numbers, targetGroup),
    idleTimeoutSeconds: numbers.of(
      `${targetGroup.id} idle timeout`,
      readIdleTimeout(template, targetGroup) ?? AWS_DEFAULTS.idleTimeoutSeconds,
    ),
    deregistrationDelaySeconds: readDeregistrationDelay(numbers, targetGroup),
    infrastructure: {
      ...readInfrastructure(template, numbers, { service: group, taskDefinition: group, targetGroup }, scaling.ignoredAlarmMetrics),
      ...launched.infrastructure,
    },
    routing: readRouting(template, numbers, targetGroup),
    deployment: {
      ...refresh.deployment,
      hasCircuitBreaker: false,
      healthCheckGracePeriodSeconds: numbers.optional(group, 'HealthCheckGracePeriod', AWS_DEFAULTS.healthCheckGracePeriodSeconds),
    },
    zoneCount: Math.max(1, items(group.properties.VPCZoneIdentifier ?? group.properties.AvailabilityZones).length),
    ...(group.properties.DesiredCapacity !== undefined && { desiredCount: numbers.required(group, 'DesiredCapacity') }),
  };
  const ignored = [...scaling.ignored, ...refresh.ignored, ...ignoredMatcher(template, targetGroup)];
  const { balancer } = loadBalancerOf(template, targetGroup);
  const resources = [group, targetGroup, ...(balancer === undefined ? [] : [balancer])];
  const texts = [...ignored, ...ignoredStickiness(template, targetGroup), ...resources.flatMap((each) => notFollowed(template, each))];
  return { plan, ignored: [...new Set(texts)] };
}
