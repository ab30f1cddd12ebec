import { InputError } from '../../parse/input-error';
import { type CreditMode, cpuCreditsOf } from '../cpu-credits';
import { AWS_DEFAULTS } from '../default-plan';
import type { Infrastructure } from '../infrastructure';
import { instanceArchitecture, instanceSize } from '../instance-types';
import type { Instances, WarmPool } from '../instances';
import type { ScalingPolicy } from '../policy';
import type { TaskSize } from '../task-size';
import { readRefresh } from './read-refresh';
import type { Resource } from './resource';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { field, items, type TemplateValue } from './template-value';

/** What a group launches. */
export interface LaunchedInstances {
  readonly size: TaskSize;
  readonly cpuReportSeconds: ScalingPolicy['cpuReportSeconds'];
  readonly instances: Instances;
  readonly infrastructure: Pick<Infrastructure, 'architecture' | 'hasPublicTasks' | 'onDemandBase' | 'spotBase' | 'spotShare'>;
}

/**
 * Reads the instances of an EC2 Auto Scaling group from its launch template or launch configuration, and its warm pool.
 *
 * @throws InputError for an instance type whose size is unknown.
 */
export function readInstances(template: Template, numbers: TemplateNumbers, group: Resource): LaunchedInstances {
  const launch = readLaunchSettings(template, group);
  const { type } = launch;
  const size = type === undefined ? undefined : instanceSize(type);
  if (type === undefined || size === undefined) {
    throw new InputError([
      `${group.id} must start instances of a type that is known here, such as t3.micro or m7i.large, got ${type ?? 'none'}: ` +
        'use a known type of the same size, as a forecast depends on vCPUs and memory only',
    ]);
  }
  const credits = cpuCreditsOf(type, launch.creditMode);
  const warmPool = readWarmPool(template, numbers, group);
  return {
    size,
    cpuReportSeconds: launch.isDetailed ? 60 : 300,
    instances: {
      type,
      ...(credits && { credits }),
      refreshWarmupSeconds: readRefresh(numbers, group).warmupSeconds,
      capacityRebalance: template.resolvedText(group.properties.CapacityRebalance) === 'true',
      volumeGiB: volumeGiBOf(numbers, group, launch.volumes),
      ...(warmPool && { warmPool }),
    },
    infrastructure: {
      architecture: instanceArchitecture(type),
      hasPublicTasks: launch.isPublic,
      ...readInstancesDistribution(numbers, group, launch.isSpot),
    },
  };
}

/** The type, the size and the volumes of the instances of a group; undefined for a type that is not known. */
export function readLaunchedType(
  template: Template,
  numbers: TemplateNumbers,
  group: Resource,
): { readonly type: string; readonly size: TaskSize; readonly volumeGiB: number } | undefined {
  const { type, volumes } = readLaunchSettings(template, group);
  const size = type === undefined ? undefined : instanceSize(type);
  return type === undefined || size === undefined ? undefined : { type, size, volumeGiB: volumeGiBOf(numbers, group, volumes) };
}

function volumeGiBOf(numbers: TemplateNumbers, group: Resource, volumes: readonly TemplateValue[]): number {
  const sizes = volumes.map((each) => numbers.of(`${group.id} VolumeSize`, field(field(each, 'Ebs'), 'VolumeSize') ?? ROOT_GIB));
  return sizes.reduce((sum, each) => sum + each, 0) || ROOT_GIB;
}

/** The root volume of Amazon Linux 2023, if a launch template has none. */
const ROOT_GIB = 8;

interface LaunchSettings {
  readonly type: string | undefined;
  /** Whether detailed monitoring is enabled: metrics every minute. */
  readonly isDetailed: boolean;
  /** @default - that of the family */
  readonly creditMode?: CreditMode;
  readonly isSpot: boolean;
  readonly isPublic: boolean;
  readonly volumes: readonly TemplateValue[];
}

/** Detailed monitoring is disabled by default in a launch template, and enabled in a launch configuration. */
function readLaunchSettings(template: Template, group: Resource): LaunchSettings {
  const { properties } = group;
  const configuration = template.referencedResource(properties.LaunchConfigurationName, 'AWS::AutoScaling::LaunchConfiguration');
  if (configuration !== undefined) {
    const { InstanceType, InstanceMonitoring, SpotPrice, AssociatePublicIpAddress, BlockDeviceMappings } = configuration.properties;
    return {
      type: template.resolvedText(InstanceType),
      isDetailed: template.resolvedText(InstanceMonitoring) !== 'false',
      isSpot: SpotPrice !== undefined,
      isPublic: template.resolvedText(AssociatePublicIpAddress) === 'true',
      volumes: items(BlockDeviceMappings),
    };
  }
  const mixed = field(properties.MixedInstancesPolicy, 'LaunchTemplate');
  const launchTemplate = properties.LaunchTemplate ?? field(mixed, 'LaunchTemplateSpecification');
  const data = template.referencedResource(launchTemplate, 'AWS::EC2::LaunchTemplate')?.properties.LaunchTemplateData;
  const override: TemplateValue | undefined = items(field(mixed, 'Overrides'))[0];
  const creditMode = template.resolvedText(field(field(data, 'CreditSpecification'), 'CpuCredits'));
  const [network] = items(field(data, 'NetworkInterfaces'));
  return {
    type: template.resolvedText(field(override, 'InstanceType') ?? field(data, 'InstanceType')),
    isDetailed: template.resolvedText(field(field(data, 'Monitoring'), 'Enabled')) === 'true',
    ...((creditMode === 'standard' || creditMode === 'unlimited') && { creditMode }),
    isSpot: template.resolvedText(field(field(data, 'InstanceMarketOptions'), 'MarketType')) === 'spot',
    isPublic: template.resolvedText(field(network, 'AssociatePublicIpAddress')) === 'true',
    volumes: items(field(data, 'BlockDeviceMappings')),
  };
}

/** The distribution of a mixed instances policy: the first instances, and a share of the others, are on demand. */
function readInstancesDistribution(
  numbers: TemplateNumbers,
  group: Resource,
  isSpot: boolean,
): Pick<Infrastructure, 'onDemandBase' | 'spotBase' | 'spotShare'> {
  const distribution = field(group.properties.MixedInstancesPolicy, 'InstancesDistribution');
  if (distribution === undefined) return { onDemandBase: 0, spotBase: 0, spotShare: Number(isSpot) };
  const onDemandPercent = numbers.of(`${group.id} on-demand percentage`, field(distribution, 'OnDemandPercentageAboveBaseCapacity') ?? 100);
  const onDemandBase = numbers.of(`${group.id} OnDemandBaseCapacity`, field(distribution, 'OnDemandBaseCapacity') ?? 0);
  return { onDemandBase, spotBase: 0, spotShare: 1 - onDemandPercent / 100 };
}

function readWarmPool(template: Template, numbers: TemplateNumbers, group: Resource): WarmPool | undefined {
  const pool = template
    .resourcesOfType('AWS::AutoScaling::WarmPool')
    .find(({ properties }) => template.referencedResource(properties.AutoScalingGroupName, group.type)?.id === group.id)?.properties;
  if (pool === undefined) return undefined;
  const state = template.resolvedText(field(pool, 'PoolState'));
  const maxPrepared = field(pool, 'MaxGroupPreparedCapacity');
  const maxPreparedCapacity = maxPrepared === undefined ? -1 : numbers.of(`${group.id} MaxGroupPreparedCapacity`, maxPrepared);
  return {
    state: state === 'Running' || state === 'Hibernated' ? state : 'Stopped',
    minSize: numbers.of(`${group.id} warm pool MinSize`, field(pool, 'MinSize') ?? AWS_DEFAULTS.warmPoolMinSize),
    // -1 is the maximum capacity of the group.
    ...(maxPreparedCapacity >= 0 && { maxPreparedCapacity }),
  };
}
