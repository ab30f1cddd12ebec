import type { Duration } from 'aws-cdk-lib';
import type { ContainerDefinitionOptions, ContainerImage, CpuArchitecture, Secret } from 'aws-cdk-lib/aws-ecs';

/**
 * What a task runs, and how large it is.
 */
export interface TaskProps {
  /**
   * The image of the container. It listens on `containerPort`, and stops on SIGTERM within `stopTimeout`.
   *
   * Tasks in a new VPC without NAT can pull from ECR of the same region, and from no other registry.
   *
   * @default - the reference search service that this package brings along, built when the app is deployed
   */
  readonly image?: ContainerImage;

  /**
   * The processor that the tasks run on, and that the image is built for. ARM64 costs a fifth less.
   *
   * @default - ARM64 for the reference search service; X86_64 for an image of yours, as it can only be known to run there
   */
  readonly architecture?: CpuArchitecture;

  /**
   * The port that the container listens on, from 1 to 65535.
   *
   * @default 8080
   */
  readonly containerPort?: number;

  /**
   * The CPU of one task, in CPU units: 1,024 are one vCPU. One of 256, 512, 1024, 2048, 4096, 8192, 16384.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * The memory of one task, in MiB. Fargate offers a few sizes for each `cpu`: 512, 1024 and 2048 for the smallest.
   *
   * @default 512
   */
  readonly memoryLimitMiB?: number;

  /**
   * The environment variables of the container.
   *
   * Everybody who may read the task definition may read them, so that secrets do not belong here.
   *
   * @default - beside an image or a containerPort of yours, PORT: the container port. It is set beside others too, unless they have a PORT
   */
  readonly environment?: { [key: string]: string };

  /**
   * The secrets that the container finds among its environment variables. ECS may read them; the template and the console do not show them.
   *
   * @default - none
   */
  readonly secrets?: { [key: string]: Secret };

  /**
   * Whether the container can write nowhere but to `writableDirectories`, so that whoever breaks in can leave nothing behind.
   *
   * @default true
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * Directories that the container can write to: each is empty when a task starts, and gone when it ends.
   *
   * They belong to root, unless a `VOLUME` of the image says whom they belong to. Fargate has no memory to mount instead.
   *
   * @default - none
   */
  readonly writableDirectories?: string[];

  /**
   * Whom the container runs as: a name or number of the image, such as `10001` or `node:node`.
   *
   * @default - for the reference search service 10001:10001, else whom the image says: root, unless it has a `USER`
   */
  readonly user?: string;

  /**
   * Whether every Linux capability is taken from the container. Nothing in it can then get more rights than it began with: Fargate does not
   * know the `no-new-privileges` of Docker, but this it does.
   *
   * @default - true where it is known not to run as root: for the reference search service, and with a `user` that is not root
   */
  readonly dropCapabilities?: boolean;

  /**
   * Whether a small process stands above that of the container, which hands signals on and clears away what has ended.
   *
   * @default true
   */
  readonly initProcess?: boolean;

  /**
   * How long a task may take between SIGTERM and SIGKILL: whole seconds, from 2 to 120.
   *
   * @default Duration.seconds(60)
   */
  readonly stopTimeout?: Duration;

  /**
   * The disk of one task, in GiB, from 21 to 200.
   *
   * @default - 20, which cost nothing
   */
  readonly ephemeralStorageGiB?: number;

  /**
   * Further containers of each task, by their names. They write to the log of the task unless they say where else.
   *
   * @default - none
   */
  readonly sidecars?: { [name: string]: ContainerDefinitionOptions };

  /**
   * Whether `aws ecs execute-command` opens a shell in a task. It takes a root file system that can be written to.
   *
   * @default false
   */
  readonly enableExecuteCommand?: boolean;
}
