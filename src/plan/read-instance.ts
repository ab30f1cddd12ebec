import { instanceSize, isBurstable } from './instance-types';
import { InvalidInput } from './invalid-input';
import type { ScalingPolicy } from './policy';
import type { TaskSize } from './task-size';
import { field, items, type Resource, type Template, type TemplateValue } from './template';

/** What the instances of a group are. */
export interface ReadInstance {
  readonly size: TaskSize;
  readonly cpuReportSeconds: ScalingPolicy['cpuReportSeconds'];
  readonly ignored: readonly string[];
}

/**
 * Reads what an EC2 auto scaling group starts.
 *
 * @throws InvalidInput for a type of instance whose size is not known here.
 */
export function readInstance(template: Template, group: Resource): ReadInstance {
  const { type, isDetailed } = readLaunch(template, group);
  const size = type === undefined ? undefined : instanceSize(type);
  if (size === undefined) {
    throw new InvalidInput([
      `${group.id} must start instances of a type that is known here, such as t3.micro or m7i.large, got ${type ?? 'none'}: ` +
        'state the type of that size which is known, the forecast depends on its vCPUs and memory alone',
    ]);
  }
  const ignored = isBurstable(type!) ? [`${group.id} ${type}: CPU credits are not followed; it may use all its vCPUs all the time`] : [];
  return { size, cpuReportSeconds: isDetailed ? 60 : 300, ignored };
}

interface Launch {
  readonly type: string | undefined;
  /** Whether instances report every minute. */
  readonly isDetailed: boolean;
}

/** A launch template reports every five minutes unless it says otherwise, a launch configuration every minute. */
function readLaunch(template: Template, group: Resource): Launch {
  const { properties } = group;
  const configuration = template.referredTo(properties.LaunchConfigurationName, 'AWS::AutoScaling::LaunchConfiguration');
  if (configuration !== undefined) {
    const { InstanceType, InstanceMonitoring } = configuration.properties;
    return { type: template.plain(InstanceType), isDetailed: template.plain(InstanceMonitoring) !== 'false' };
  }
  const mixed = field(properties.MixedInstancesPolicy, 'LaunchTemplate');
  const named = properties.LaunchTemplate ?? field(mixed, 'LaunchTemplateSpecification');
  const data = template.referredTo(named, 'AWS::EC2::LaunchTemplate')?.properties.LaunchTemplateData;
  const override: TemplateValue | undefined = items(field(mixed, 'Overrides'))[0];
  return {
    type: template.plain(field(override, 'InstanceType') ?? field(data, 'InstanceType')),
    isDetailed: template.plain(field(field(data, 'Monitoring'), 'Enabled')) === 'true',
  };
}
