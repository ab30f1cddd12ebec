import { type ValidationError, validationError } from '../parse/validation-error';

/** The EC2 instances that the tasks of an ECS service run on: the Auto Scaling group of a capacity provider with managed scaling. */
export interface InstanceCapacity {
  /** Such as `m7g.large`. */
  readonly type: string;
  /** How many tasks of the service fit on an instance, by CPU and memory. */
  readonly tasksPerInstance: number;
  readonly minInstances: number;
  readonly maxInstances: number;
  /** The target of `CapacityProviderReservation`: below 100, instances are kept in reserve. */
  readonly targetCapacityPercent: number;
  /** The fewest and the most instances that one scale-out adds. */
  readonly minStep: number;
  readonly maxStep: number;
  /** How long an instance that was launched is counted as on its way. */
  readonly warmupSeconds: number;
  /** The EBS volumes of an instance. */
  readonly volumeGiB: number;
}

/** The instances that a number of tasks needs, with those that the target keeps in reserve. */
export function neededInstances({ tasksPerInstance, targetCapacityPercent }: InstanceCapacity, tasks: number): number {
  const used = Math.ceil(tasks / tasksPerInstance);
  return Math.ceil((100 * used) / targetCapacityPercent - 1e-9);
}

/** Returns an error for each number that ECS rejects, and for a task that does not fit on an instance. */
export function instanceCapacityErrors(capacity: InstanceCapacity): ValidationError[] {
  const { type, tasksPerInstance, minInstances, maxInstances, targetCapacityPercent, minStep, maxStep } = capacity;
  const isCount = (value: number, min: number): boolean => Number.isInteger(value) && value >= min;
  return [
    ...(tasksPerInstance >= 1 ? [] : [`a task must fit on an instance, and ${type} is too small: use a larger type or a smaller task`]),
    ...(isCount(minInstances, 0) && isCount(maxInstances, 1) && minInstances <= maxInstances
      ? []
      : [
          validationError(
            'the instances of the capacity provider',
            'be from 0 to a maximum of at least 1',
            `${minInstances} to ${maxInstances}`,
          ),
        ]),
    ...(targetCapacityPercent >= 1 && targetCapacityPercent <= 100
      ? []
      : [validationError('targetCapacity', 'be from 1 to 100', targetCapacityPercent)]),
    ...(isCount(minStep, 1) && minStep <= maxStep
      ? []
      : [validationError('the scaling step size', 'be at least 1, up to its maximum', `${minStep} to ${maxStep}`)]),
  ];
}
