import { Token } from 'aws-cdk-lib';
import type { CfnTaskDefinition, ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { type NamedValue, type ValidationError, validationError } from '../../parse/validation-error';
import type { ObservabilityProps } from '../observability/observability-props';
import { collectorOf } from '../observability/tracing-collector';
import { LOG_ROUTER_NAME, usesLogRouter } from './log-router';
import type { TaskProps } from './task-props';

/** The part of its task that a container gets. */
interface ContainerSize {
  readonly name: string;
  readonly cpu?: number;

  /** The hard limit. */
  readonly memoryLimitMiB?: number;

  /** The soft limit. */
  readonly memoryReservationMiB?: number;
}

/** The size of a task, each with the prop that it is taken from. */
interface TaskLimits {
  readonly cpu: NamedValue;
  readonly memory: NamedValue;
}

/** Returns an error where the sidecars of the props are larger than the task: ECS rejects such a task definition. */
export function sidecarSizeErrors(props: TaskProps & ObservabilityProps, task: { cpu: number; memoryMiB: number }): ValidationError[] {
  const { sidecars, tracing, logRouter } = props;
  const router = usesLogRouter(props) && logRouter !== undefined ? { [LOG_ROUTER_NAME]: logRouter } : {};
  const sizes = Object.entries({ ...collectorOf(tracing), ...sidecars, ...router }).map(([name, options]) => ({
    name,
    ...sizeOf(options),
  }));
  return sizeErrors('sidecars', sizes, {
    cpu: { path: 'cpu', value: task.cpu },
    memory: { path: 'memoryLimitMiB', value: task.memoryMiB },
  });
}

function sizeOf({ cpu, memoryLimitMiB, memoryReservationMiB }: Omit<ContainerSize, 'name'>): Omit<ContainerSize, 'name'> {
  return { cpu, memoryLimitMiB, memoryReservationMiB };
}

/** Returns an error where the containers of a task definition are larger than the task, also those that were added later. */
export function containerSizeErrors(
  containers: readonly ContainerDefinition[],
  task: { cpu: number; memoryMiB: number },
): ValidationError[] {
  const sizes = containers.map((container) => {
    const { cpu, memory, memoryReservation } = container.renderContainerDefinition() as CfnTaskDefinition.ContainerDefinitionProperty;
    return { name: container.containerName, cpu, memoryLimitMiB: memory, memoryReservationMiB: memoryReservation };
  });
  return sizeErrors('the containers of the task', sizes, {
    cpu: { path: 'its cpu', value: task.cpu },
    memory: { path: 'its memory', value: task.memoryMiB },
  });
}

/** The rules are those of https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
function sizeErrors(path: string, sizes: readonly ContainerSize[], { cpu, memory }: TaskLimits): ValidationError[] {
  const single = sizes.flatMap(({ name, memoryLimitMiB, memoryReservationMiB }) =>
    Math.max(known(memoryLimitMiB), known(memoryReservationMiB)) > known(memory.value, Number.POSITIVE_INFINITY)
      ? [validationError(path, ['have a memory limit of at most ', memory], `${memoryLimitMiB ?? memoryReservationMiB} of ${name}`)]
      : [],
  );
  const reserved = sum(sizes.map(({ memoryLimitMiB, memoryReservationMiB }) => memoryReservationMiB ?? memoryLimitMiB));
  const units = sum(sizes.map((size) => size.cpu));
  return [
    ...(single.length === 0 && reserved > known(memory.value, Number.POSITIVE_INFINITY)
      ? [validationError(path, ['reserve at most ', memory, ' MiB together'], reserved)]
      : single),
    ...(units > known(cpu.value, Number.POSITIVE_INFINITY)
      ? [validationError(path, ['have at most ', cpu, ' CPU units together'], units)]
      : []),
  ];
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce((total: number, value) => total + known(value), 0);
}

/** A number, or another one where it is none or a token. */
function known(value: NamedValue['value'], otherwise = 0): number {
  return typeof value !== 'number' || Token.isUnresolved(value) ? otherwise : value;
}
