import { Stack, Tokenization } from 'aws-cdk-lib';
import {
  AmazonLinuxCpuType,
  type BlockDevice,
  BlockDeviceVolume,
  EbsDeviceVolumeType,
  LaunchTemplate,
  MachineImage,
  UserData,
} from 'aws-cdk-lib/aws-ec2';
import { ApplicationProtocolVersion, Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { DEFAULTS } from '../plan/default-plan';
import { instanceSize } from '../plan/instance-types';
import type { ServiceNetwork } from '../service/network/service-network';
import type { PlanFromProps } from '../service/plan-from-props';
import { healthCheckProtocolOf } from '../service/target-group/target-groups';
import { REFERENCE_USER } from '../service/task/reference-image';
import type { InstanceImage } from './instance-image';
import { hibernates, INSTANCE_DEFAULTS, instanceTypeOf, isArm } from './instances-plan';
import type { ScalableStatelessInstancesProps } from './instances-props';
import { HOST_PORT, type LocalHealthCheck, type TaskSettings } from './start-up/task-settings';
import { userDataLines } from './start-up/user-data';

/** What an instance is created from. */
export interface InstanceParts {
  readonly network: ServiceNetwork;
  readonly role: IRole;
  readonly logGroup: LogGroup;

  /** Undefined for a program. */
  readonly image?: InstanceImage;

  /** The logical id of the group. */
  readonly groupId: string;
}

/** The names of the lifecycle hooks, which an instance completes. */
export const HOOKS = { launch: 'Serving', termination: 'Drained' } as const;

/** The root device of Amazon Linux 2023. */
const ROOT_DEVICE = '/dev/xvda';

/** A container is one hop further away from the metadata than the instance. */
const HOPS_TO_CONTAINER = 2;

/** Creates the launch template: instance metadata by IMDSv2 only, encrypted volumes, no SSH key. */
export function createLaunchTemplate(
  scope: Construct,
  parts: InstanceParts,
  plan: PlanFromProps,
  props: ScalableStatelessInstancesProps,
): LaunchTemplate {
  const { network, role } = parts;
  const instanceType = instanceTypeOf(props);
  const userData = UserData.forLinux();
  userData.addCommands(...userDataLines(settingsOf(scope, parts, plan, props)));
  const [securityGroup, ...others] = network.taskSecurityGroups;
  const template = new LaunchTemplate(scope, 'LaunchTemplate', {
    instanceType,
    machineImage:
      props.machineImage ??
      MachineImage.latestAmazonLinux2023({ cpuType: isArm(instanceType) ? AmazonLinuxCpuType.ARM_64 : AmazonLinuxCpuType.X86_64 }),
    userData,
    role,
    securityGroup,
    associatePublicIpAddress: network.hasPublicTasks ? true : undefined,
    requireImdsv2: true,
    httpPutResponseHopLimit: parts.image === undefined ? 1 : HOPS_TO_CONTAINER,
    detailedMonitoring: props.detailedMonitoring ?? INSTANCE_DEFAULTS.detailedMonitoring,
    blockDevices: props.blockDevices ?? [rootVolume(hibernates(props) ? mostMemoryGiB(props) : 0)],
    hibernationConfigured: hibernates(props) || undefined,
    keyPair: props.keyPair,
  });
  for (const group of others) template.addSecurityGroup(group);
  return template;
}

/** An instance that hibernates writes its memory to the root volume. */
function rootVolume(memoryGiB: number): BlockDevice {
  const volume = BlockDeviceVolume.ebs(INSTANCE_DEFAULTS.volumeGiB + memoryGiB, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 });
  return { deviceName: ROOT_DEVICE, volume };
}

/** The memory of the largest of the instance types. */
function mostMemoryGiB(props: ScalableStatelessInstancesProps): number {
  const types = [instanceTypeOf(props), ...(props.additionalInstanceTypes ?? [])];
  return Math.max(...types.map((type) => Math.ceil((instanceSize(type.toString())?.memoryMiB ?? 0) / MIB_PER_GIB)));
}

const MIB_PER_GIB = 1024;

function settingsOf(
  scope: Construct,
  { logGroup, image, groupId }: InstanceParts,
  { container, healthCheck, deregistrationDelaySeconds }: PlanFromProps,
  props: ScalableStatelessInstancesProps,
): TaskSettings {
  const { region, stackName } = Stack.of(scope);
  const port = image === undefined ? HOST_PORT : (props.containerPort ?? DEFAULTS.containerPort);
  const { healthCheck: { port: healthCheckPort, healthyHttpCodes = DEFAULT_HEALTHY_CODES } = {} } = props;
  return {
    region,
    stackName,
    groupId,
    logGroupName: logGroup.logGroupName,
    launchHook: HOOKS.launch,
    terminationHook: HOOKS.termination,
    deregistrationDelaySeconds: asText(deregistrationDelaySeconds),
    stopTimeoutSeconds: container.stopTimeoutSeconds,
    healthCheck: {
      scheme: schemeOf(props),
      port: healthCheckPort ?? HOST_PORT,
      path: healthCheck.path,
      healthyCodes: healthyHttpCodes,
      timeoutSeconds: healthCheck.timeoutSeconds,
    },
    environment: { PORT: asText(port), ...props.environment },
    workingDirectory: props.workingDirectory,
    setUpCommands: props.setUpCommands ?? [],
    runs:
      image === undefined
        ? { kind: 'program', commandLine: props.program!, user: props.user }
        : {
            kind: 'container',
            image: image.imageName,
            port,
            healthCheckPort,
            command: props.command ?? [],
            entryPoint: props.entryPoint ?? [],
            user: userOf(props),
            isReadOnly: props.readonlyRootFilesystem ?? DEFAULTS.readonlyRootFilesystem,
            writableDirectories: props.writableDirectories ?? [],
            dropsCapabilities: props.dropCapabilities ?? isKnownNotToBeRoot(userOf(props)),
            hasInitProcess: props.initProcessEnabled ?? DEFAULTS.initProcessEnabled,
          },
  };
}

function asText(number: number): string {
  return Tokenization.stringifyNumber(number);
}

function userOf({ user, image }: ScalableStatelessInstancesProps): string | undefined {
  return user ?? (image === undefined ? REFERENCE_USER : undefined);
}

const ROOT = /^(root|0+)(:|$)/;

function isKnownNotToBeRoot(user: string | undefined): boolean {
  return user !== undefined && !ROOT.test(user);
}

/** Those of Elastic Load Balancing. */
const DEFAULT_HEALTHY_CODES = '200';

function schemeOf(props: ScalableStatelessInstancesProps): LocalHealthCheck['scheme'] {
  const { protocolVersion } = props;
  if (protocolVersion !== undefined && protocolVersion !== ApplicationProtocolVersion.HTTP1) return 'tcp';
  return healthCheckProtocolOf(props) === Protocol.HTTPS ? 'https' : 'http';
}
