import { Duration } from 'aws-cdk-lib';
import { Capability, type ContainerDefinition, type FargateTaskDefinition, LinuxParameters, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { DEFAULTS } from '../../plan/default-plan';
import { allowTracing, collectorOf, tracingEnvironment } from '../observability/collector';
import type { ObservabilityProps } from '../observability/observability-props';
import type { ServicePlan } from '../plan-of-props';
import { REFERENCE_USER, referenceImage } from './reference-image';
import { architectureOf } from './task-definition';
import type { TaskProps } from './task-props';

/** The name of the container that serves the requests. */
export const CONTAINER_NAME = 'web';

/** The container that serves the requests. */
export function createContainer(
  taskDefinition: FargateTaskDefinition,
  logGroup: ILogGroup,
  { container }: ServicePlan,
  props: TaskProps & ObservabilityProps,
): ContainerDefinition {
  const environment = { ...tracingEnvironment(props.tracing, taskDefinition.node.scope!.node.id), ...container.environment };
  const created = taskDefinition.addContainer('Container', {
    containerName: CONTAINER_NAME,
    image: props.image ?? referenceImage(architectureOf(props)),
    portMappings: [{ containerPort: container.port }],
    environment: Object.keys(environment).length === 0 ? undefined : environment,
    secrets: props.secrets,
    stopTimeout: Duration.seconds(container.stopTimeoutSeconds),
    user: userOf(props),
    readonlyRootFilesystem: isReadOnly(props),
    linuxParameters: linuxParametersOf(taskDefinition, props),
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'task' }),
  });
  mountWritableDirectories(taskDefinition, created, props.writableDirectories ?? []);
  return created;
}

/** Puts further containers beside the one that serves: the collector of traces, where they are wanted, and those of the caller. */
export function addSidecars(
  taskDefinition: FargateTaskDefinition,
  logGroup: ILogGroup,
  { sidecars, tracing }: TaskProps & ObservabilityProps,
): ContainerDefinition[] {
  if (tracing !== undefined) allowTracing(taskDefinition.taskRole);
  return Object.entries({ ...collectorOf(tracing), ...sidecars }).map(([name, options]) => {
    const logging = LogDrivers.awsLogs({ logGroup, streamPrefix: name });
    return taskDefinition.addContainer(name, { containerName: name, logging, ...options });
  });
}

/** Whether the container can write nowhere but to its writable directories. A shell from outside needs to write. */
function isReadOnly({ readonlyRootFilesystem, enableExecuteCommand }: TaskProps): boolean {
  return readonlyRootFilesystem ?? (enableExecuteCommand === true ? false : DEFAULTS.readonlyRootFilesystem);
}

function userOf({ user, image }: TaskProps): string | undefined {
  return user ?? (image === undefined ? REFERENCE_USER : undefined);
}

/** A user that is root by its name or its number. */
const ROOT = /^(root|0+)(:|$)/;

function linuxParametersOf(taskDefinition: FargateTaskDefinition, props: TaskProps): LinuxParameters {
  const parameters = new LinuxParameters(taskDefinition, 'LinuxParameters', {
    initProcessEnabled: props.initProcess ?? DEFAULTS.initProcess,
  });
  const user = userOf(props);
  const isKnownNotToBeRoot = user !== undefined && !ROOT.test(user);
  if (props.dropCapabilities ?? isKnownNotToBeRoot) parameters.dropCapabilities(Capability.ALL);
  return parameters;
}

function mountWritableDirectories(
  taskDefinition: FargateTaskDefinition,
  container: ContainerDefinition,
  directories: readonly string[],
): void {
  directories.forEach((containerPath, index) => {
    const sourceVolume = `writable-${index + 1}`;
    taskDefinition.addVolume({ name: sourceVolume });
    container.addMountPoints({ containerPath, sourceVolume, readOnly: false });
  });
}
