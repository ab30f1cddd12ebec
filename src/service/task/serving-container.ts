import { Duration } from 'aws-cdk-lib';
import {
  AppProtocol,
  Capability,
  type ContainerDefinition,
  type ContainerDefinitionOptions,
  type FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  type PortMapping,
} from 'aws-cdk-lib/aws-ecs';
import { ApplicationProtocol, ApplicationProtocolVersion } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { DEFAULTS } from '../../plan/default-plan';
import type { DiscoveryProps } from '../deployment/discovery-props';
import type { ObservabilityProps } from '../observability/observability-props';
import { tracingEnvironment } from '../observability/tracing-collector';
import type { PlanFromProps } from '../plan-from-props';
import type { TargetGroupProps } from '../target-group/target-group-props';
import { architectureOf } from './architecture';
import type { ContainerProps } from './container-props';
import { ServingContainer } from './own-variables';
import { REFERENCE_USER, referenceImage } from './reference-image';
import type { TaskProps } from './task-props';

/** The name of the container that serves the requests, and of its port. */
export const CONTAINER_NAME = 'web';

/** Creates the container that serves the requests. */
export function createContainer(
  taskDefinition: FargateTaskDefinition,
  logGroup: ILogGroup | undefined,
  { container }: PlanFromProps,
  props: TaskProps & ObservabilityProps & DiscoveryProps & TargetGroupProps,
): ContainerDefinition {
  const environment = { ...tracingEnvironment(props.tracing, taskDefinition.node.scope!.node.id), ...container.environment };
  const created = new ServingContainer(taskDefinition, 'Container', {
    taskDefinition,
    ...chosenByCaller(props),
    containerName: CONTAINER_NAME,
    image: props.image ?? referenceImage(architectureOf(props)),
    portMappings: [{ containerPort: container.port, ...namedPort(props) }],
    environment: Object.keys(environment).length === 0 ? undefined : environment,
    stopTimeout: Duration.seconds(container.stopTimeoutSeconds),
    user: userOf(props),
    readonlyRootFilesystem: isReadOnly(props),
    linuxParameters: linuxParametersOf(taskDefinition, props),
    logging: props.logDriver ?? LogDrivers.awsLogs({ logGroup, streamPrefix: 'task' }),
  });
  mountWritableDirectories(taskDefinition, created, props.writableDirectories ?? []);
  return created;
}

/** The props that are passed to the container as they are. */
function chosenByCaller(props: ContainerProps): Partial<ContainerDefinitionOptions> {
  return {
    command: props.command,
    entryPoint: props.entryPoint,
    workingDirectory: props.workingDirectory,
    environmentFiles: props.environmentFiles,
    secrets: props.secrets,
    healthCheck: props.containerHealthCheck,
    ulimits: props.ulimits,
    dockerLabels: props.dockerLabels,
  };
}

/** The name and the protocol of the port, by which Service Connect knows it. It does not understand HTTP within TLS. */
function namedPort(props: DiscoveryProps & TargetGroupProps): Partial<PortMapping> {
  if (props.serviceConnectConfiguration === undefined) return {};
  if (props.targetProtocol === ApplicationProtocol.HTTPS) return { name: CONTAINER_NAME };
  return { name: CONTAINER_NAME, appProtocol: APP_PROTOCOLS[props.protocolVersion ?? ApplicationProtocolVersion.HTTP1] };
}

const APP_PROTOCOLS: Record<ApplicationProtocolVersion, AppProtocol> = {
  [ApplicationProtocolVersion.HTTP1]: AppProtocol.http,
  [ApplicationProtocolVersion.HTTP2]: AppProtocol.http2,
  [ApplicationProtocolVersion.GRPC]: AppProtocol.grpc,
};

/** Whether the root file system is read-only. ECS Exec needs a writable one. */
function isReadOnly({ readonlyRootFilesystem, enableExecuteCommand }: TaskProps): boolean {
  return readonlyRootFilesystem ?? (enableExecuteCommand === true ? false : DEFAULTS.readonlyRootFilesystem);
}

function userOf({ user, image }: TaskProps): string | undefined {
  return user ?? (image === undefined ? REFERENCE_USER : undefined);
}

/** The root user, by name or number. */
const ROOT = /^(root|0+)(:|$)/;

function linuxParametersOf(taskDefinition: FargateTaskDefinition, props: TaskProps): LinuxParameters {
  const parameters = new LinuxParameters(taskDefinition, 'LinuxParameters', {
    initProcessEnabled: props.initProcessEnabled ?? DEFAULTS.initProcessEnabled,
  });
  const user = userOf(props);
  const isKnownNotToBeRoot = user !== undefined && !ROOT.test(user);
  if (props.dropCapabilities ?? isKnownNotToBeRoot) parameters.dropCapabilities(Capability.ALL);
  parameters.addTmpfs(...(props.tmpfs ?? []));
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
