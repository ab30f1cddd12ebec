import { AWS_DEFAULTS } from '../default-plan';
import type { InstanceCapacity } from '../instance-capacity';
import type { TaskSize } from '../task-size';
import { providersOf } from './read-capacity-providers';
import { readLaunchedType } from './read-instances';
import type { Resource } from './resource';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { field } from './template-value';

/** The part of the memory of an instance that the ECS agent and the operating system keep. */
const RESERVED_MIB = 256;

/**
 * Reads the instances that the tasks of a service run on: those of the Auto Scaling group of its first capacity provider that has one. Undefined
 * without such a provider in the template, with managed scaling disabled, or for an instance type of unknown size.
 */
export function readInstanceCapacity(
  template: Template,
  numbers: TemplateNumbers,
  service: Resource,
  task: TaskSize,
): InstanceCapacity | undefined {
  const provider = providersOf(template, service).find((each) => each.properties.AutoScalingGroupProvider !== undefined);
  const groupProvider = provider?.properties.AutoScalingGroupProvider;
  const group = template.referencedResource(groupProvider, 'AWS::AutoScaling::AutoScalingGroup');
  const scaling = field(groupProvider, 'ManagedScaling');
  if (provider === undefined || group === undefined || template.resolvedText(field(scaling, 'Status')) === 'DISABLED') return undefined;
  const launched = readLaunchedType(template, numbers, group);
  if (launched === undefined) return undefined;
  const { size, type, volumeGiB } = launched;
  const number = (name: string, fallback: number): number => numbers.of(`${provider.id} ${name}`, field(scaling, name) ?? fallback);
  return {
    type,
    tasksPerInstance: Math.min(Math.floor(size.cpu / task.cpu), Math.floor((size.memoryMiB - RESERVED_MIB) / task.memoryMiB)),
    minInstances: numbers.required(group, 'MinSize'),
    maxInstances: numbers.required(group, 'MaxSize'),
    targetCapacityPercent: number('TargetCapacity', AWS_DEFAULTS.targetCapacityPercent),
    minStep: number('MinimumScalingStepSize', AWS_DEFAULTS.minScalingStep),
    maxStep: number('MaximumScalingStepSize', AWS_DEFAULTS.maxScalingStep),
    warmupSeconds: number('InstanceWarmupPeriod', AWS_DEFAULTS.instanceWarmupSeconds),
    volumeGiB,
  };
}
