import { AWS_DEFAULTS } from './default-plan';
import { InvalidInput } from './invalid-input';
import type { Plan, ReadPlan } from './plan';
import { readRouting } from './read-deployment';
import { readInfrastructure } from './read-infrastructure';
import { readInstance } from './read-instance';
import { readGroupScaling } from './read-scaling/read-group-scaling';
import { ignoredMatcher, ignoredStickiness, readDeregistrationDelay, readHealthCheck } from './read-target-group';
import { items, type Resource, type Template } from './template';
import type { TemplateNumbers } from './template-numbers';

const HTTP_PORT = 80;

/** Reads the plan of an EC2 auto scaling group behind a target group: an instance is what a task is elsewhere. */
export function readGroupPlan(template: Template, numbers: TemplateNumbers, group: Resource): ReadPlan {
  const targetGroup = template.referredTo(group.properties.TargetGroupARNs, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  if (targetGroup === undefined) throw new InvalidInput([`${group.id} must stand behind a target group of this template, got none`]);
  const instance = readInstance(template, group);
  const scaling = readGroupScaling(template, numbers, group, instance.cpuReportSeconds);
  const plan: Plan = {
    service: group.id,
    policy: scaling.policy,
    task: instance.size,
    container: {
      port: numbers.optional(targetGroup, 'Port', HTTP_PORT),
      environment: {},
      stopTimeoutSeconds: AWS_DEFAULTS.stopTimeoutSeconds,
    },
    healthCheck: readHealthCheck(template, numbers, targetGroup),
    deregistrationDelaySeconds: readDeregistrationDelay(numbers, targetGroup),
    infrastructure: readInfrastructure(template, numbers, { service: group, taskDefinition: group, targetGroup }),
    routing: readRouting(template, numbers, targetGroup),
    deployment: {
      minimumHealthyPercent: AWS_DEFAULTS.minHealthyPercent,
      maximumPercent: AWS_DEFAULTS.maxHealthyPercent,
      hasCircuitBreaker: false,
      healthCheckGracePeriodSeconds: numbers.optional(group, 'HealthCheckGracePeriod', AWS_DEFAULTS.healthCheckGracePeriodSeconds),
    },
    zoneCount: Math.max(1, items(group.properties.VPCZoneIdentifier ?? group.properties.AvailabilityZones).length),
  };
  const ignored = [...scaling.ignored, ...instance.ignored, ...ignoredOfGroup(group), ...ignoredMatcher(template, targetGroup)];
  return { plan, ignored: [...ignored, ...ignoredStickiness(template, targetGroup)] };
}

function ignoredOfGroup({ id, properties }: Resource): string[] {
  const count = properties.DesiredCapacity;
  return [
    ...(count === undefined ? [] : [`${id} DesiredCapacity ${JSON.stringify(count)}: a run starts with MinSize`]),
    `${id} price of its instances: a bill counts their hours as those of Fargate tasks of the same size`,
  ];
}
