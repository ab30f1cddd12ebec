import type { ContainerImage } from 'aws-cdk-lib/aws-ecs';

/**
 * What a task runs, and how large it is.
 */
export interface TaskProps {
  /**
   * The image of the container, for x86-64. It listens on `containerPort`, and stops on SIGTERM within a minute.
   *
   * Tasks in the new VPC can pull from ECR of the same region, and from no other registry.
   *
   * @default - the reference search service that this package brings along, built when the app is deployed
   */
  readonly image?: ContainerImage;

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
   * @default - PORT only: the container port. It is set beside others too, unless they have a PORT
   */
  readonly environment?: { [key: string]: string };
}
