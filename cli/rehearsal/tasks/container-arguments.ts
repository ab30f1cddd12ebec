import { type TaskSize, vcpuOf } from '../../../src/plan/task-size';
import type { ContainerEngineName, TaskContainer } from './task-container';

/** Names whom a container belongs to, so that it can be removed when that one has gone. */
export const OWNER_LABEL = 'cdk-scalable-stateless-service.owner';

/** What a container is known by, and where it is reached. */
export interface ContainerNames {
  readonly name: string;
  readonly owner: string;
  /** A port of 127.0.0.1. */
  readonly port: number;
}

/** The words that an engine's command runs a task with in the foreground, held to its size. */
export function runArguments(
  engine: ContainerEngineName,
  container: TaskContainer,
  size: TaskSize,
  { name, owner, port }: ContainerNames,
): string[] {
  const memory = `${size.memoryMiB}m`;
  const [entryPoint, ...words] = [...(container.entryPoint ?? []), ...(container.command ?? [])];
  const overridesEntryPoint = (container.entryPoint ?? []).length > 0;
  return [
    ...['run', '--name', name, '--label', `${OWNER_LABEL}=${owner}`],
    // signals are for the container alone, and what was not found was looked for before.
    ...['--sig-proxy=false', '--pull=never'],
    // as much memory as memory and swap together: no swap.
    ...['--cpus', String(vcpuOf(size)), '--memory', memory, '--memory-swap', memory],
    ...['--publish', `127.0.0.1:${port}:${container.port}`],
    ...Object.entries({ ...container.environment, PORT: String(container.port) }).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...permissionArguments(engine, container),
    ...(container.hasInitProcess ? ['--init'] : []),
    ...(container.user === undefined ? [] : ['--user', container.user]),
    ...(container.workingDirectory === undefined ? [] : ['--workdir', container.workingDirectory]),
    ...(overridesEntryPoint ? ['--entrypoint', entryPoint!, container.image, ...words] : [container.image, ...(container.command ?? [])]),
  ];
}

/** Where a container may write, and what it may ask of the kernel. */
function permissionArguments(engine: ContainerEngineName, container: TaskContainer): string[] {
  const { hasReadOnlyRoot, writableDirectories = [], droppedCapabilities = [] } = container;
  return [
    ...(hasReadOnlyRoot ? ['--read-only'] : []),
    // podman would lay writable folders over a read-only root, which ECS does not.
    ...(hasReadOnlyRoot && engine === 'podman' ? ['--read-only-tmpfs=false'] : []),
    // volumes without a name, which are removed with the container.
    ...writableDirectories.flatMap((folder) => ['--volume', folder]),
    ...droppedCapabilities.flatMap((name) => ['--cap-drop', name]),
  ];
}
