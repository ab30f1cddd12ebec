import { AWS_DEFAULTS } from '../default-plan';
import { canarySteps, type Deployment, linearSteps, type ShiftStep, type TrafficShift } from '../deployment-settings';
import type { EarlySuccess } from '../early-success';
import type { FailureThreshold } from '../failure-threshold';
import { isRoutingAlgorithm, type Routing } from '../routing';
import { ignoredLifecycleHooks, readLifecycleHooks } from './read-lifecycle-hooks';
import { readRollbackAlarms } from './read-rollback-alarms';
import { readStickiness } from './read-target-group';
import type { Resource } from './resource';
import type { Template } from './template';
import { type TemplateNumbers, targetGroupAttribute } from './template-attributes';
import { field, items } from './template-value';

/** The deployment configuration of a service, and a text for each setting of it that is not simulated. */
export interface ParsedDeployment {
  readonly deployment: Deployment;
  readonly ignored: readonly string[];
}

/** Reads the deployment configuration of a service. */
export function readDeployment(template: Template, numbers: TemplateNumbers, service: Resource): ParsedDeployment {
  const configuration = service.properties.DeploymentConfiguration;
  const number = (name: string, fallback: number): number => numbers.of(`${service.id} ${name}`, field(configuration, name) ?? fallback);
  const trafficShift = readTrafficShift(template, numbers, service);
  const isRolling = trafficShift === undefined;
  const { rollbackAlarms, ignored } = readRollbackAlarms(template, service);
  const lifecycleHooks = isRolling ? [] : readLifecycleHooks(template, numbers, service);
  const earlySuccess = isRolling ? readEarlySuccess(template, numbers, service) : undefined;
  const deployment: Deployment = {
    ...(trafficShift && { trafficShift }),
    ...(rollbackAlarms && { rollbackAlarms }),
    ...(lifecycleHooks.length > 0 && { lifecycleHooks }),
    ...(earlySuccess && { earlySuccess }),
    ...readCircuitBreaker(template, numbers, service, isRolling),
    // enabled by default.
    rebalancesZones: template.resolvedText(service.properties.AvailabilityZoneRebalancing) !== 'DISABLED',
    minHealthyPercent: number('MinimumHealthyPercent', AWS_DEFAULTS.minHealthyPercent),
    maxHealthyPercent: number('MaximumPercent', AWS_DEFAULTS.maxHealthyPercent),
    healthCheckGracePeriodSeconds: numbers.optional(service, 'HealthCheckGracePeriodSeconds', AWS_DEFAULTS.healthCheckGracePeriodSeconds),
  };
  return {
    deployment,
    ignored: [...ignored, ...ignoredCircuitBreaker(template, service, isRolling), ...ignoredLifecycleHooks(service, isRolling)],
  };
}

type CircuitBreaker = Pick<Deployment, 'hasCircuitBreaker' | 'circuitBreakerThreshold' | 'resetOnHealthyTask' | 'circuitBreakerRollsBack'>;

/** Reads the circuit breaker, which ECS has for rolling deployments only: what the template leaves out has the default of ECS. */
function readCircuitBreaker(template: Template, numbers: TemplateNumbers, service: Resource, isRolling: boolean): CircuitBreaker {
  const circuitBreaker = field(service.properties.DeploymentConfiguration, 'DeploymentCircuitBreaker');
  const text = (name: string): string | undefined => template.resolvedText(field(circuitBreaker, name));
  const threshold = field(circuitBreaker, 'ThresholdConfiguration');
  return {
    hasCircuitBreaker: isRolling && text('Enable') === 'true',
    ...(text('Rollback') === 'false' && { circuitBreakerRollsBack: false }),
    ...(text('ResetOnHealthyTask') !== undefined && { resetOnHealthyTask: text('ResetOnHealthyTask') === 'true' }),
    ...(threshold !== undefined && {
      circuitBreakerThreshold: {
        type: (template.resolvedText(field(threshold, 'Type')) ?? 'none') as FailureThreshold['type'],
        value: numbers.of(`${service.id} ThresholdConfiguration Value`, field(threshold, 'Value')),
      },
    }),
  };
}

/** The text that the circuit breaker of a deployment that shifts traffic is ignored. */
function ignoredCircuitBreaker(template: Template, service: Resource, isRolling: boolean): string[] {
  const isEnabled =
    template.resolvedText(field(field(service.properties.DeploymentConfiguration, 'DeploymentCircuitBreaker'), 'Enable')) === 'true';
  return isEnabled && !isRolling ? [`${service.id} DeploymentCircuitBreaker: ECS has it for rolling deployments only`] : [];
}

/** Reads the early success criteria of a rolling deployment; undefined if they are not enabled. */
function readEarlySuccess(template: Template, numbers: TemplateNumbers, service: Resource): EarlySuccess | undefined {
  const criteria = field(service.properties.DeploymentConfiguration, 'EarlySuccessCriteria');
  if (template.resolvedText(field(criteria, 'Enable')) !== 'true') return undefined;
  return {
    healthyPercent: numbers.of(`${service.id} EarlySuccessCriteria HealthyPercent`, field(criteria, 'HealthyPercent')),
    cleanup: (template.resolvedText(field(criteria, 'SourceServiceRevisionCleanup')) ?? 'none') as EarlySuccess['cleanup'],
  };
}

/** Reads the routing of a target group. An unknown algorithm is read as the default of AWS. */
export function readRouting(template: Template, numbers: TemplateNumbers, targetGroup: Resource): Routing {
  const algorithm =
    template.resolvedText(targetGroupAttribute(targetGroup, 'load_balancing.algorithm.type')) ?? AWS_DEFAULTS.loadBalancingAlgorithm;
  const slowStart = targetGroupAttribute(targetGroup, 'slow_start.duration_seconds') ?? AWS_DEFAULTS.slowStartSeconds;
  const stickinessSeconds = readStickiness(template, numbers, targetGroup);
  return {
    ...(stickinessSeconds !== undefined && { stickinessSeconds }),
    algorithm: isRoutingAlgorithm(algorithm) ? algorithm : AWS_DEFAULTS.loadBalancingAlgorithm,
    slowStartSeconds: numbers.of(`${targetGroup.id} slow_start.duration_seconds`, slowStart),
    enableAnomalyMitigation:
      template.resolvedText(targetGroupAttribute(targetGroup, 'load_balancing.algorithm.anomaly_mitigation')) === 'on',
  };
}

/** A load balancer has at least two Availability Zones, and so have its tasks. */
const MIN_ZONES = 2;

/** Counts the Availability Zones of the subnets of the tasks. Each subnet outside the template counts as a zone. */
export function readZoneCount(template: Template, service: Resource): number {
  const network = field(service.properties.NetworkConfiguration, 'AwsvpcConfiguration');
  const zones = items(field(network, 'Subnets')).map((subnet) => {
    const resource = template.referencedResource(subnet, 'AWS::EC2::Subnet');
    return JSON.stringify(resource?.properties.AvailabilityZone ?? subnet);
  });
  return zones.length === 0 ? MIN_ZONES : new Set(zones).size;
}

const SECONDS_PER_MINUTE = 60;

/** Reads the traffic shift of a deployment; undefined for a rolling update. */
export function readTrafficShift(template: Template, numbers: TemplateNumbers, service: Resource): TrafficShift | undefined {
  const configuration = service.properties.DeploymentConfiguration;
  const strategy = template.resolvedText(field(configuration, 'Strategy'));
  if (strategy !== 'BLUE_GREEN' && strategy !== 'CANARY' && strategy !== 'LINEAR') return undefined;
  const number = (group: string | undefined, name: string, fallback: number): number => {
    const value = field(group === undefined ? configuration : field(configuration, group), name);
    return numbers.of(`${service.id} ${name}`, value ?? fallback);
  };
  return {
    steps: stepsOf(strategy, number),
    bakeSeconds: number(undefined, 'BakeTimeInMinutes', AWS_DEFAULTS.bakeMinutes) * SECONDS_PER_MINUTE,
  };
}

function stepsOf(
  strategy: 'BLUE_GREEN' | 'CANARY' | 'LINEAR',
  number: (group: string, name: string, fallback: number) => number,
): ShiftStep[] {
  const { canary, linear } = AWS_DEFAULTS;
  switch (strategy) {
    case 'BLUE_GREEN':
      return [];
    case 'CANARY': {
      const minutes = number('CanaryConfiguration', 'CanaryBakeTimeInMinutes', canary.stepMinutes);
      return canarySteps(number('CanaryConfiguration', 'CanaryPercent', canary.stepPercent), minutes * SECONDS_PER_MINUTE);
    }
    case 'LINEAR': {
      const minutes = number('LinearConfiguration', 'StepBakeTimeInMinutes', linear.stepMinutes);
      return linearSteps(number('LinearConfiguration', 'StepPercent', linear.stepPercent), minutes * SECONDS_PER_MINUTE);
    }
  }
}
