import { Token } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { Cluster, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { type ValidationError, validationError } from '../../parse/validation-error';
import { instanceSize } from '../../plan/instance-types';
import { vcpuOf } from '../../plan/task-size';
import { interfacesOf, sizeForTasks, tasksOnInstance } from '../../plan/tasks-on-instance';
import type { DeploymentProps } from '../deployment/deployment-props';
import type { MovingProps } from '../moving/moving-props';
import type { NetworkProps } from '../network/network';
import type { PlanFromProps } from '../plan-from-props';
import { knownErrors, MAX_INTEGER, secondsOf, wholeNumberErrors } from '../prop-rules';
import { architectureOf } from '../task/architecture';
import type { TaskProps } from '../task/task-props';
import type { InstancesCapacityOptions, ManagedInstancesOptions } from './capacity';
import { refreshErrors } from './instance-refresh';

type Props = DeploymentProps & NetworkProps & TaskProps & MovingProps;

/** Returns an error for each rule of capacity on instances that the props break. */
export function capacityPropErrors(plan: PlanFromProps, props: Props): ValidationError[] {
  const { capacity } = props;
  if (capacity === undefined || capacity._kind === 'fargate') return [];
  return [
    ...(props.cluster === undefined || props.cluster instanceof Cluster
      ? []
      : [
          validationError(
            'cluster',
            'be one of this app with capacity on instances, which adds a capacity provider to it',
            'an imported one',
          ),
        ]),
    ...(['spotPercent', 'onDemandBase', 'ephemeralStorageGiB', 'movedFrom'] as const)
      .filter((name) => props[name] !== undefined)
      .map((name) => validationError(name, 'be left out with capacity on instances, as it is for Fargate', 'one')),
    ...(props.network?._kind === 'public'
      ? [validationError('network', 'be another one with capacity on instances: their tasks have no public IP address', 'Network.public()')]
      : []),
    ...(capacity._instances === undefined ? [] : instancesErrors(capacity._instances, plan, props)),
    ...(capacity._managed === undefined ? [] : managedErrors(capacity._managed, plan)),
  ];
}

function managedErrors({ maxVcpus }: ManagedInstancesOptions, { task }: PlanFromProps): ValidationError[] {
  const errors = [...knownErrors({ 'capacity.maxVcpus': maxVcpus }), ...wholeNumberErrors('capacity.maxVcpus', maxVcpus, 1, MAX_INTEGER)];
  if (errors.length > 0 || maxVcpus === undefined || Token.isUnresolved(task.cpu) || maxVcpus >= vcpuOf(task)) return errors;
  return [validationError('capacity.maxVcpus', `be at least ${Math.ceil(vcpuOf(task))}, which a task needs`, maxVcpus)];
}

const MAX_WARMUP_SECONDS = 10_000;

function instancesErrors(options: InstancesCapacityOptions, plan: PlanFromProps, props: Props): ValidationError[] {
  const { instanceType, minInstances, maxInstances, targetCapacityPercent, instanceWarmupPeriod } = options;
  const isArm = instanceType.architecture === InstanceArchitecture.ARM_64;
  const architecture = architectureOf(props)._cpuArchitecture;
  const isExpected = isArm === (architecture === CpuArchitecture.ARM64._cpuArchitecture);
  return [
    ...(isExpected
      ? []
      : [
          validationError(
            'capacity.instanceType',
            `have the architecture ${architecture}, or cpuArchitecture be changed`,
            instanceType.toString(),
          ),
        ]),
    ...knownErrors({ 'capacity.minInstances': minInstances, 'capacity.maxInstances': maxInstances }),
    ...wholeNumberErrors('capacity.minInstances', minInstances, 0, maxInstances ?? MAX_INTEGER),
    ...wholeNumberErrors('capacity.maxInstances', maxInstances, 1, MAX_INTEGER),
    ...wholeNumberErrors('capacity.targetCapacityPercent', targetCapacityPercent, 1, 100),
    ...knownErrors({ 'capacity.instanceWarmupPeriod': secondsOf(instanceWarmupPeriod) }),
    ...wholeNumberErrors('capacity.instanceWarmupPeriod', secondsOf(instanceWarmupPeriod), 0, MAX_WARMUP_SECONDS, 'seconds'),
    ...refreshErrors(options.instanceRefresh),
    ...unknownMaximumErrors(options, plan),
    ...sizeErrors(options, plan),
  ];
}

/** The maximum number of instances is computed from these numbers. */
function unknownMaximumErrors({ maxInstances }: InstancesCapacityOptions, { task, policy, deployment }: PlanFromProps): ValidationError[] {
  const numbers = [policy.maxCapacity, deployment.maxHealthyPercent, task.cpu, task.memoryMiB];
  if (maxInstances !== undefined || !numbers.some(Token.isUnresolved)) return [];
  return ['capacity.maxInstances must be given where maxCapacity, maxHealthyPercent, cpu or memoryLimitMiB is a token'];
}

/** A task fits on an instance, and all tasks on all instances. */
function sizeErrors(options: InstancesCapacityOptions, plan: PlanFromProps): ValidationError[] {
  const { task, policy } = plan;
  const type = options.instanceType.toString();
  const size = instanceSize(type);
  if (size === undefined || [task.cpu, task.memoryMiB].some(Token.isUnresolved)) return [];
  const free = sizeForTasks(size);
  if (task.cpu > free.cpu || task.memoryMiB > free.memoryMiB) {
    const rule = `be larger, or cpu and memoryLimitMiB smaller: beside the container agent, tasks have ${free.cpu} CPU units and ${free.memoryMiB} MiB of it, and one needs ${task.cpu} and ${task.memoryMiB}`;
    return [validationError('capacity.instanceType', rule, type)];
  }
  const { maxInstances } = options;
  if (maxInstances === undefined || Token.isUnresolved(maxInstances) || Token.isUnresolved(policy.maxCapacity)) return [];
  const each = tasksOnInstance(task, size, interfacesOf(type));
  const needed = Math.ceil(policy.maxCapacity / each);
  return maxInstances >= needed
    ? []
    : [
        validationError(
          'capacity.maxInstances',
          `be at least ${needed}: ${policy.maxCapacity} tasks, of which ${each} fit on a ${type}`,
          maxInstances,
        ),
      ];
}

/** The maximum number of instances: with the tasks that a deployment adds, and never below the minimum. */
export function maxInstancesOf(options: InstancesCapacityOptions, { task, policy, deployment }: PlanFromProps): number {
  const { instanceType, minInstances = 0, maxInstances } = options;
  if (maxInstances !== undefined) return maxInstances;
  const size = instanceSize(instanceType.toString());
  const each = size === undefined ? 1 : tasksOnInstance(task, size, interfacesOf(instanceType.toString()));
  return Math.max(minInstances, Math.ceil((policy.maxCapacity * deployment.maxHealthyPercent) / (100 * each)));
}
