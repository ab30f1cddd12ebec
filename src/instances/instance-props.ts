import type { Duration } from 'aws-cdk-lib';
import type { BlockDevice, IKeyPair, IMachineImage, InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import type { IRole } from 'aws-cdk-lib/aws-iam';

/**
 * Properties of an instance and of what it runs.
 *
 * @internal
 */
export interface InstanceProps {
  /**
   * The instance type. It must have the architecture of the image.
   *
   * @default - with ARM64 `c7g.medium` (1 vCPU, 2 GiB), with X86_64 `c7i.large` (2 vCPUs, 4 GiB): neither has CPU credits that run out
   */
  readonly instanceType?: InstanceType;

  /**
   * Further instance types that the group may launch where the first one has no capacity, in the order of their priority. They should have the same
   * number of vCPUs as the first: scaling counts instances, whatever their size.
   *
   * @default - none
   */
  readonly additionalInstanceTypes?: InstanceType[];

  /**
   * The CPU architecture of the instances. It must be that of the image.
   *
   * @default - that of `instanceType`; without it, ARM64 for the reference search service and X86_64 for an image or a program of yours
   */
  readonly cpuArchitecture?: CpuArchitecture;

  /**
   * The Amazon Machine Image: Amazon Linux 2023, or one that has `dnf`, `systemd` and the AWS CLI.
   *
   * The default is looked up at each deployment: a newer image replaces the instances, as any change of the launch template does.
   *
   * @default - the latest Amazon Linux 2023 for `cpuArchitecture`
   */
  readonly machineImage?: IMachineImage;

  /**
   * The image of the container that each instance runs, with Docker. It listens on `containerPort` and exits within `stopTimeout` after SIGTERM.
   *
   * Set the `platform` of an image asset: without it, the image is built for the machine that runs `cdk deploy`.
   *
   * In a new VPC with `Network.isolatedWithEndpoints()`, instances can pull images from Amazon ECR in the same region only.
   *
   * @default - the bundled reference search service, built for `cpuArchitecture` when the app is deployed; none with a `program`
   */
  readonly image?: ContainerImage;

  /**
   * A command line that serves requests instead of a container, such as `/opt/shop/bin/server`. It listens on port 8080, which is also in the variable
   * PORT, and exits within `stopTimeout` after SIGTERM. `setUpCommands` install it.
   *
   * @default - a container
   */
  readonly program?: string;

  /**
   * Shell commands that run once, as root, before the container or the program starts. An instance on which one fails is replaced.
   *
   * @default - none
   */
  readonly setUpCommands?: string[];

  /**
   * The port that the container listens on: a whole number from 1 to 65535. The load balancer connects to port 8080 of the instance, which Docker
   * forwards to it, so that it can be changed later.
   *
   * @default 8080
   */
  readonly containerPort?: number;

  /**
   * The command that is passed to the container: a list of arguments, which replaces the `CMD` of the image.
   *
   * @default - the `CMD` of the image
   */
  readonly command?: string[];

  /**
   * The entry point that is passed to the container: a list of arguments, which replaces the `ENTRYPOINT` of the image.
   *
   * @default - the `ENTRYPOINT` of the image
   */
  readonly entryPoint?: string[];

  /**
   * The working directory of the container or the program: an absolute path.
   *
   * @default - the `WORKDIR` of the image; `/` for a program
   */
  readonly workingDirectory?: string;

  /**
   * The environment variables, each on one line. They are plain text in the launch template: let the code read secrets with the role of the instance.
   *
   * @default - PORT, the port to listen on
   */
  readonly environment?: { [key: string]: string };

  /**
   * Whether the root file system of the container is read-only. It can then write to `writableDirectories` only.
   *
   * @default true
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * The directories that the container can write to: absolute paths, each an empty volume that is deleted with the container.
   *
   * @default - none
   */
  readonly writableDirectories?: string[];

  /**
   * The user that the container or the program runs as.
   *
   * @default - for the reference search service 10001:10001, else the `USER` of the image; for a program one that systemd allocates, which
   * can write to `/tmp` only
   */
  readonly user?: string;

  /**
   * Whether all Linux capabilities of the container are dropped. Its processes cannot gain privileges in any case.
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
   * The time between SIGTERM and SIGKILL when an instance stops the container or the program: whole seconds, from 2 to 120.
   *
   * @default Duration.seconds(60)
   */
  readonly stopTimeout?: Duration;

  /**
   * The volumes of an instance.
   *
   * @default - one of 8 GiB, of type gp3 and encrypted with the default key of the account
   */
  readonly blockDevices?: BlockDevice[];

  /**
   * Whether detailed monitoring is enabled: an instance has a datapoint of its CPU each minute. With basic monitoring, it has one every five minutes,
   * and scaling on CPU takes as long.
   *
   * @default true
   */
  readonly detailedMonitoring?: boolean;

  /**
   * Whether Session Manager can open a shell on an instance. No port is open for it.
   *
   * @default true
   */
  readonly ssmSessionPermissions?: boolean;

  /**
   * The SSH key pair of the instances. No security group here opens port 22.
   *
   * @default - none
   */
  readonly keyPair?: IKeyPair;

  /**
   * The role of the instances, with which the code on them calls AWS. What an instance needs to start is added to it.
   *
   * @default - a new one, with what an instance needs to start
   */
  readonly role?: IRole;
}
