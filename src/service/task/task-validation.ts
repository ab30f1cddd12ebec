import { Token } from 'aws-cdk-lib';
import type { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { AssetImage, type FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { formatError, type ValidationError, validationError } from '../../parse/validation-error';
import { DEFAULTS } from '../../plan/default-plan';
import type { ObservabilityProps } from '../observability/observability-props';
import { wholeNumberErrors } from '../prop-rules';
import { architectureOf } from './architecture';
import { sidecarSizeErrors } from './container-sizes';
import { containerErrors } from './container-validation';
import { containersOf, servingContainerOf } from './existing-task-definition';
import type { TaskProps } from './task-props';

/** Returns an error for each rule of a task that the props break, besides those of a plan. */
export function taskErrors(props: TaskProps & ObservabilityProps): ValidationError[] {
  if (props.taskDefinition !== undefined) return existingTaskErrors(props.taskDefinition, props);
  return [
    ...containerErrors(props),
    ...wholeNumberErrors('ephemeralStorageGiB', props.ephemeralStorageGiB, 21, 200),
    ...shellErrors(props),
    ...platformErrors(props),
    ...directoryErrors(props),
    ...memoryDirectoryErrors(props),
    ...sidecarSizeErrors(props, taskSizeOf(props)),
  ];
}

function taskSizeOf({ cpu = DEFAULTS.cpu, memoryLimitMiB = DEFAULTS.memoryLimitMiB }: TaskProps): { cpu: number; memoryMiB: number } {
  return { cpu, memoryMiB: memoryLimitMiB };
}

/** The props that describe a new task definition. */
const NEW_TASK_PROPS = [
  ...['image', 'cpuArchitecture', 'cpu', 'memoryLimitMiB', 'ephemeralStorageGiB', 'executionRole', 'taskRole', 'sidecars', 'tracing'],
  ...['command', 'entryPoint', 'workingDirectory', 'environment', 'environmentFiles', 'secrets', 'containerHealthCheck', 'ulimits'],
  ...['dockerLabels', 'logDriver', 'logRouter', 'readonlyRootFilesystem', 'writableDirectories', 'tmpfs', 'user', 'dropCapabilities'],
  ...['initProcessEnabled', 'stopTimeout', 'serverProfile'],
] as const satisfies readonly (keyof (TaskProps & ObservabilityProps))[];

function existingTaskErrors(taskDefinition: FargateTaskDefinition, props: TaskProps & ObservabilityProps): ValidationError[] {
  const { containerPort } = props;
  const container = servingContainerOf(taskDefinition, containerPort);
  const ports = containersOf(taskDefinition).flatMap(({ portMappings }) => portMappings.map((mapping) => mapping.containerPort));
  const needed =
    ports.length === 0 ? 'have a container with portMappings, such as taskDefinition.addContainer(id, { image, portMappings })' : undefined;
  return [
    ...NEW_TASK_PROPS.filter((name) => props[name] !== undefined).map((name) =>
      validationError(name, 'be left out beside taskDefinition, which has its own', 'one'),
    ),
    ...(needed === undefined ? [] : [validationError('taskDefinition', needed)]),
    ...(needed === undefined && (container === undefined || container.portMappings.length === 0)
      ? [validationError('containerPort', `be one that a container of taskDefinition maps (${ports.join(', ')})`, containerPort)]
      : []),
  ];
}

function shellErrors({ enableExecuteCommand, readonlyRootFilesystem }: TaskProps): ValidationError[] {
  return enableExecuteCommand === true && readonlyRootFilesystem === true
    ? [validationError('readonlyRootFilesystem', 'be false beside enableExecuteCommand, whose agent writes to it', true)]
    : [];
}

/** The platform of an image asset, if it sets one, must be the CPU architecture of the tasks. */
function platformErrors(props: TaskProps): ValidationError[] {
  const platform = platformOf(props.image);
  const wanted = architectureOf(props)._cpuArchitecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64';
  return platform === undefined || platform === wanted || platform.startsWith(`${wanted}/`)
    ? []
    : [
        validationError(
          'cpuArchitecture',
          `be that of the image (${platform}), or no task could run it`,
          architectureOf(props)._cpuArchitecture,
        ),
      ];
}

function platformOf(image: TaskProps['image']): string | undefined {
  if (!(image instanceof AssetImage)) return undefined;
  const { props } = image as unknown as { props?: { platform?: Platform } };
  return props?.platform?.platform;
}

function directoryErrors({ writableDirectories = [] }: TaskProps): ValidationError[] {
  const wrong = writableDirectories.filter((directory) => !isDirectory(directory));
  return wrong.map((directory) => validationError('writableDirectories', 'be absolute paths below /', `'${directory}'`));
}

function isDirectory(path: string): boolean {
  return Token.isUnresolved(path) || (path.startsWith('/') && path !== '/');
}

/** What is written to memory counts as memory of the task. */
function memoryDirectoryErrors({
  tmpfs = [],
  memoryLimitMiB = DEFAULTS.memoryLimitMiB,
  writableDirectories = [],
}: TaskProps): ValidationError[] {
  const paths = tmpfs.map(({ containerPath }) => containerPath);
  const size = tmpfs.reduce((sum, each) => sum + each.size, 0);
  const isKnown = ![memoryLimitMiB, ...tmpfs.map((each) => each.size)].some(Token.isUnresolved);
  return [
    ...paths.filter((path) => !isDirectory(path)).map((path) => validationError('tmpfs', 'have absolute paths below /', `'${path}'`)),
    ...paths
      .filter((path, index) => writableDirectories.includes(path) || paths.indexOf(path) !== index)
      .map((path) => validationError('tmpfs', 'have paths that are in no other tmpfs and not in writableDirectories', `'${path}' twice`)),
    ...tmpfs.flatMap((each) =>
      wholeNumberErrors(`tmpfs size of ${each.containerPath}`, each.size, 1, MAX_TMPFS_MIB, 'MiB').map(formatError),
    ),
    ...(isKnown && size >= memoryLimitMiB
      ? [validationError('tmpfs', ['have sizes below ', { path: 'memoryLimitMiB', value: memoryLimitMiB }, ' together'], size)]
      : []),
  ];
}

/** The memory of the largest task. */
const MAX_TMPFS_MIB = 122_880;
