import { InputError } from '../../parse/input-error';
import { AWS_DEFAULTS } from '../default-plan';
import type { ScalingPolicy } from '../policy';
import type { ParsedPlan, Plan } from '../service-plan';
import { CPU_UNITS_PER_VCPU, type TaskSize } from '../task-size';
import { notFollowed } from './properties/not-followed';
import { readRouting } from './read-deployment';
import { readGroupScaling } from './read-group-scaling';
import { readInfrastructure } from './read-infrastructure';
import { ignoredMatcher, ignoredStickiness, readDeregistrationDelay, readHealthCheck } from './read-target-group';
import type { Resource } from './resource';
import type { Template } from './template';
import { loadBalancerOf, readIdleTimeout, type TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

const HTTP_PORT = 80;

/** Reads the plan of an EC2 Auto Scaling group with a target group. An instance takes the place of a task. */
export function readGroupPlan(template: Template, numbers: TemplateNumbers, group: Resource): ParsedPlan {
  const targetGroup = template.referencedResource(group.properties.TargetGroupARNs, 'AWS::ElasticLoadBalancingV2::TargetGroup');
  if (targetGroup === undefined) throw new InputError([`${group.id} has no target group in this template`]);
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
    idleTimeoutSeconds: numbers.of(
      `${targetGroup.id} idle timeout`,
      readIdleTimeout(template, targetGroup) ?? AWS_DEFAULTS.idleTimeoutSeconds,
    ),
    deregistrationDelaySeconds: readDeregistrationDelay(numbers, targetGroup),
    infrastructure: readInfrastructure(
      template,
      numbers,
      { service: group, taskDefinition: group, targetGroup },
      scaling.ignoredAlarmMetrics,
    ),
    routing: readRouting(template, numbers, targetGroup),
    deployment: {
      minHealthyPercent: AWS_DEFAULTS.minHealthyPercent,
      maxHealthyPercent: AWS_DEFAULTS.maxHealthyPercent,
      hasCircuitBreaker: false,
      healthCheckGracePeriodSeconds: numbers.optional(group, 'HealthCheckGracePeriod', AWS_DEFAULTS.healthCheckGracePeriodSeconds),
    },
    zoneCount: Math.max(1, items(group.properties.VPCZoneIdentifier ?? group.properties.AvailabilityZones).length),
    ...(group.properties.DesiredCapacity !== undefined && { desiredCount: numbers.required(group, 'DesiredCapacity') }),
  };
  const ignored = [...scaling.ignored, ...instance.ignored, ...ignoredGroupSettings(group), ...ignoredMatcher(template, targetGroup)];
  const { balancer } = loadBalancerOf(template, targetGroup);
  const resources = [group, targetGroup, ...(balancer === undefined ? [] : [balancer])];
  const texts = [...ignored, ...ignoredStickiness(template, targetGroup), ...resources.flatMap((each) => notFollowed(template, each))];
  return { plan, ignored: [...new Set(texts)] };
}

function ignoredGroupSettings({ id }: Resource): string[] {
  return [`${id} price of its instances: a bill counts their hours as those of Fargate tasks of the same size`];
}

/** The size and the monitoring of the instances of a group. */
export interface InstanceSettings {
  readonly size: TaskSize;
  readonly cpuReportSeconds: ScalingPolicy['cpuReportSeconds'];
  readonly ignored: readonly string[];
}

/**
 * Reads the instance type of an EC2 Auto Scaling group.
 *
 * @throws InputError for an instance type whose size is unknown.
 */
export function readInstance(template: Template, group: Resource): InstanceSettings {
  const { type, isDetailed } = readLaunchSettings(template, group);
  const size = type === undefined ? undefined : instanceSize(type);
  if (size === undefined) {
    throw new InputError([
      `${group.id} must start instances of a type that is known here, such as t3.micro or m7i.large, got ${type ?? 'none'}: ` +
        'use a known type of the same size, as a forecast depends on vCPUs and memory only',
    ]);
  }
  const ignored = isBurstable(type!) ? [`${group.id} ${type}: CPU credits are not simulated: it can always use all its vCPUs`] : [];
  return { size, cpuReportSeconds: isDetailed ? 60 : 300, ignored };
}

interface LaunchSettings {
  readonly type: string | undefined;
  /** Whether detailed monitoring is enabled: metrics every minute. */
  readonly isDetailed: boolean;
}

/** Detailed monitoring is disabled by default in a launch template, and enabled in a launch configuration. */
function readLaunchSettings(template: Template, group: Resource): LaunchSettings {
  const { properties } = group;
  const configuration = template.referencedResource(properties.LaunchConfigurationName, 'AWS::AutoScaling::LaunchConfiguration');
  if (configuration !== undefined) {
    const { InstanceType, InstanceMonitoring } = configuration.properties;
    return { type: template.resolvedText(InstanceType), isDetailed: template.resolvedText(InstanceMonitoring) !== 'false' };
  }
  const mixed = field(properties.MixedInstancesPolicy, 'LaunchTemplate');
  const launchTemplate = properties.LaunchTemplate ?? field(mixed, 'LaunchTemplateSpecification');
  const data = template.referencedResource(launchTemplate, 'AWS::EC2::LaunchTemplate')?.properties.LaunchTemplateData;
  const override: TemplateValue | undefined = items(field(mixed, 'Overrides'))[0];
  return {
    type: template.resolvedText(field(override, 'InstanceType') ?? field(data, 'InstanceType')),
    isDetailed: template.resolvedText(field(field(data, 'Monitoring'), 'Enabled')) === 'true',
  };
}

/** vCPUs by instance size, for families in which `large` has two and each size doubles. */
const VCPUS_OF_SIZE: Readonly<Record<string, number>> = {
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
  '8xlarge': 32,
  '12xlarge': 48,
  '16xlarge': 64,
  '24xlarge': 96,
};

/** GiB for each vCPU. */
const GIB_PER_VCPU_OF_FAMILY: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Burstable instances: vCPUs and GiB. https://aws.amazon.com/ec2/instance-types/ */
const BURSTABLE_SIZES: Readonly<Record<string, readonly [number, number]>> = {
  't2.nano': [1, 0.5],
  't2.micro': [1, 1],
  't2.small': [1, 2],
  't2.medium': [2, 4],
  't2.large': [2, 8],
  't2.xlarge': [4, 16],
  't2.2xlarge': [8, 32],
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  '2xlarge': [8, 32],
};

const MIB_PER_GIB = 1024;

/** The CPU and memory of an instance type; undefined for a type that is not in the table. */
export function instanceSize(type: string): TaskSize | undefined {
  const [, family, size] = /^([a-z]\d[a-z]*)\.(\w+)$/.exec(type) ?? [];
  if (family === undefined || size === undefined) return undefined;
  if (family.startsWith('t')) return sizeOf(BURSTABLE_SIZES[type] ?? (family === 't2' ? undefined : BURSTABLE_SIZES[size]));
  const vcpu = size === 'medium' && family.includes('g') ? 1 : VCPUS_OF_SIZE[size];
  const memory = GIB_PER_VCPU_OF_FAMILY[family[0]!];
  // families before 2015 have other sizes.
  if (vcpu === undefined || memory === undefined || Number(family[1]) < 4) return undefined;
  return sizeOf([vcpu, vcpu * memory]);
}

/** Whether an instance type is burstable, with CPU credits. */
export function isBurstable(type: string): boolean {
  return type.startsWith('t');
}

function sizeOf(size: readonly [number, number] | undefined): TaskSize | undefined {
  return size && { cpu: size[0] * CPU_UNITS_PER_VCPU, memoryMiB: size[1] * MIB_PER_GIB };
}
