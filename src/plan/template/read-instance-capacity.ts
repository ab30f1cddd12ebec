import { AWS_DEFAULTS } from '../default-plan';
import type { InstanceCapacity } from '../instance-capacity';
import type { TaskSize } from '../task-size';
import { interfacesOf, tasksOnInstance } from '../tasks-on-instance';
import { providersOf } from './read-capacity-providers';
import type { ServiceResources } from './read-infrastructure';
import { readLaunchedType } from './read-instances';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import { field } from './template-value';

/**
 * Reads the instances that the tasks of a service run on: those of the Auto Scaling group of its first capacity provider that has one. Undefined
 * without such a provider in the template, with managed scaling disabled, or for an instance type of unknown size.
 */
export function readInstanceCapacity(
  template: Template,
  numbers: TemplateNumbers,
  { service, taskDefinition }: Pick<ServiceResources, 'service' | 'taskDefinition'>,
  task: TaskSize,
): InstanceCapacity | undefined {
  const hasOwnInterfaces = template.resolvedText(taskDefinition.properties.NetworkMode) === 'awsvpc';
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
    tasksPerInstance: tasksOnInstance(task, size, hasOwnInterfaces ? interfacesOf(type) : undefined),
    minInstances: numbers.required(group, 'MinSize'),
    maxInstances: numbers.required(group, 'MaxSize'),
    targetCapacityPercent: number('TargetCapacity', AWS_DEFAULTS.targetCapacityPercent),
    minStep: number('MinimumScalingStepSize', AWS_DEFAULTS.minScalingStep),
    maxStep: number('MaximumScalingStepSize', AWS_DEFAULTS.maxScalingStep),
    warmupSeconds: number('InstanceWarmupPeriod', AWS_DEFAULTS.instanceWarmupSeconds),
    volumeGiB,
  };
}
