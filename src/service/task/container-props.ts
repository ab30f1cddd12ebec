import type { Duration } from 'aws-cdk-lib';
import type {
  EnvironmentFile,
  FirelensLogRouterDefinitionOptions,
  HealthCheck,
  LogDriver,
  Secret,
  Tmpfs,
  Ulimit,
} from 'aws-cdk-lib/aws-ecs';
import type { ServerProfile } from './server-profile';

/**
 * Properties of the container that serves the requests.
 *
 * @internal
 */
export interface ContainerProps {
  /**
   * The port that the container listens on: a whole number from 1 to 65535.
   *
   * With a `taskDefinition`, the default is the first port that its default container maps.
   *
   * @default 8080
   */
  readonly containerPort?: number;

  /**
   * The command that is passed to the container, which replaces the `CMD` of the image: a list of arguments, not one text with spaces.
   *
   * @default - the `CMD` of the image
   */
  readonly command?: string[];

  /**
   * The entry point that is passed to the container, which replaces the `ENTRYPOINT` of the image: a list of arguments.
   *
   * @default - the `ENTRYPOINT` of the image
   */
  readonly entryPoint?: string[];

  /**
   * The working directory to run commands inside the container in: an absolute path.
   *
   * @default - the `WORKDIR` of the image
   */
  readonly workingDirectory?: string;

  /**
   * The environment variables of the container.
   *
   * They are plain text in the task definition. Use `secrets` for secrets.
   *
   * @default - PORT, the container port, with an `image` or `containerPort` of yours; it is also added to variables of yours that have no PORT
   */
  readonly environment?: { [key: string]: string };

  /**
   * A list of files containing the environment variables to pass to a container: at most 10, each an object in S3 whose name ends with
   * `.env`.
   *
   * Variables of `environment` take precedence. The execution role may read the files.
   *
   * @default - none
   */
  readonly environmentFiles?: EnvironmentFile[];

  /**
   * The secret environment variables of the container, from Secrets Manager or Systems Manager.
   *
   * ECS reads the values; the template and the console do not show them.
   *
   * @default - none
   */
  readonly secrets?: { [key: string]: Secret };

  /**
   * The container health check command and the associated configuration parameters for the container.
   *
   * It runs inside the container, besides `healthCheck`, which the load balancer sends. ECS replaces a task that fails either, and a new task
   * counts as healthy once it passes both. Interval: 5 to 300 seconds, timeout: 2 to 120 seconds, retries: 1 to 10, start period: 0 to 300
   * seconds.
   *
   * @default - none; ECS ignores the `HEALTHCHECK` of an image
   */
  readonly containerHealthCheck?: HealthCheck;

  /**
   * A list of ulimits to set in the container: on Fargate `UlimitName.NOFILE` only, the number of open files.
   *
   * @default - those of Fargate: 65,535 open files
   */
  readonly ulimits?: Ulimit[];

  /**
   * A key/value map of labels to add to the container.
   *
   * @default - none
   */
  readonly dockerLabels?: { [key: string]: string };

  /**
   * The log driver to use for the container. With `LogDrivers.firelens()`, a log router is added to the task.
   *
   * It applies to this container only. Sidecars and the log router still write to the log group.
   *
   * @default - `awslogs`, to the log group of the service
   */
  readonly logDriver?: LogDriver;

  /**
   * The FireLens log router: the container that `LogDrivers.firelens()` sends the log of the container to.
   *
   * Its memory is a part of the memory of the task. What it may write to is granted to the task role.
   *
   * @default - with `LogDrivers.firelens()`, the image of AWS for Fluent Bit in Amazon ECR with 50 MiB reserved; else none
   */
  readonly logRouter?: FirelensLogRouterDefinitionOptions;

  /**
   * Whether the root file system of the container is read-only. It can then write to `writableDirectories` and `tmpfs` only.
   *
   * @default true
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * The directories that the container can write to: absolute paths, each an empty volume that is deleted with the task.
   *
   * They are on the ephemeral storage of the task and owned by root, unless a `VOLUME` of the image names another owner. See also `tmpfs`.
   *
   * @default - none
   */
  readonly writableDirectories?: string[];

  /**
   * The container path, mount options, and size (in MiB) of the tmpfs mount, for each directory that is kept in memory.
   *
   * All users of the container can write to it. What is written counts as memory of the task: the sizes together must be below
   * `memoryLimitMiB`.
   *
   * @default - none
   */
  readonly tmpfs?: Tmpfs[];

  /**
   * The user that the container runs as: a name or number that the image knows, such as `10001` or `node:node`.
   *
   * @default - for the reference search service 10001:10001, else the `USER` of the image, which is root where it has none
   */
  readonly user?: string;

  /**
   * Whether all Linux capabilities of the container are dropped.
   *
   * Its processes then cannot gain privileges: Fargate does not support the `no-new-privileges` option of Docker.
   *
   * @default - true for the reference search service, and with a `user` that is not root
   */
  readonly dropCapabilities?: boolean;

  /**
   * Whether an init process runs in the container, which forwards signals and reaps zombie processes.
   *
   * @default true
   */
  readonly initProcessEnabled?: boolean;

  /**
   * The time between SIGTERM and SIGKILL when a task stops: whole seconds, from 2 to 120.
   *
   * @default Duration.seconds(60)
   */
  readonly stopTimeout?: Duration;

  /**
   * The HTTP server in the container, such as `ServerProfile.uvicorn()`: what a known server needs behind a load balancer is then set, or a
   * warning says what to set in the image.
   *
   * It sets the keep-alive timeout of the server by an environment variable, or else `idleTimeout` below that of the server, and
   * `healthCheckGracePeriod` for a server that starts slowly.
   *
   * @default - nothing is set; a warning remains where the command or the Dockerfile names a server that closes connections before the load
   * balancer
   */
  readonly serverProfile?: ServerProfile;
}
