import type {
  ContainerDefinitionOptions,
  ContainerImage,
  CpuArchitecture,
  FargateTaskDefinition,
  PropagatedTagSource,
} from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ContainerProps } from './container-props';

/**
 * Properties of the tasks of a service: the container and its size.
 *
 * @internal
 */
export interface TaskProps extends ContainerProps {
  /**
   * The image of the container. The container listens on `containerPort` and exits within `stopTimeout` after SIGTERM.
   *
   * Set the `platform` of an image asset: without it, the image is built for the machine that runs `cdk deploy`, whatever the tasks run on.
   *
   * In a new VPC with `Network.isolatedWithEndpoints()`, tasks can pull images from Amazon ECR in the same region only.
   *
   * @default - the bundled reference search service, built for `cpuArchitecture` when the app is deployed
   */
  readonly image?: ContainerImage;

  /**
   * The task definition to use for tasks in the service, with containers of yours.
   *
   * The container that maps `containerPort` serves the requests; without a `containerPort`, the default container does. Each prop that
   * describes a container or the size of a task must then be left out.
   *
   * @default - a new one, of the other props
   */
  readonly taskDefinition?: FargateTaskDefinition;

  /**
   * The CPU architecture of the tasks. It must be that of the image. ARM64 costs 20 % less.
   *
   * @default - ARM64 for the reference search service; X86_64 for an image of yours, which most images are built for
   */
  readonly cpuArchitecture?: CpuArchitecture;

  /**
   * The number of CPU units of a task: 1,024 are one vCPU. One of 256, 512, 1024, 2048, 4096, 8192, 16384.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * The memory of a task, in MiB. Fargate supports certain values for each `cpu`: 512, 1024 and 2048 for 256 CPU units.
   *
   * @default 512
   */
  readonly memoryLimitMiB?: number;

  /**
   * The ephemeral storage of a task, in GiB: a whole number from 21 to 200.
   *
   * @default - 20, which Fargate does not bill
   */
  readonly ephemeralStorageGiB?: number;

  /**
   * The task execution role, with which ECS pulls images and writes the log. Images, secrets and log drivers grant it their permissions.
   *
   * @default - a new one
   */
  readonly executionRole?: IRole;

  /**
   * The task role, with which the code in a task calls AWS.
   *
   * @default - a new one without permissions
   */
  readonly taskRole?: IRole;

  /**
   * Additional containers of each task, by name. They log to the log group of the task, unless they set `logging`. Together they have at most the
   * `memoryLimitMiB` and `cpu` of the task.
   *
   * @default - none
   */
  readonly sidecars?: { [name: string]: ContainerDefinitionOptions };

  /**
   * Whether ECS Exec is enabled: `aws ecs execute-command` then opens a shell in a task. It needs a writable root file system.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;

  /**
   * Specifies whether to propagate the tags from the task definition or the service to the tasks in the service: `Tags.of(service).add(…)`
   * then also reaches what is billed, the tasks.
   *
   * @default - none: the tasks have no tags
   */
  readonly propagateTags?: PropagatedTagSource;

  /**
   * Specifies whether to turn on Amazon ECS managed tags for the tasks within the service: the names of cluster and service, by which a bill
   * can be split.
   *
   * @default false
   */
  readonly enableECSManagedTags?: boolean;
}
