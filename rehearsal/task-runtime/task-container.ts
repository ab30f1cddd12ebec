/** The engines that can run a task as a container. Their command lines have the same options. */
export const CONTAINER_ENGINES = ['docker', 'podman'] as const;

export type ContainerEngineName = (typeof CONTAINER_ENGINES)[number];

/** A task that runs as a container, as an ECS container definition describes it. */
export interface TaskContainer {
  /** A name or an id that the engine of this machine knows. */
  readonly image: string;
  /** The port that the program listens on inside the container. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * The ENTRYPOINT.
   *
   * @default that of the image
   */
  readonly entryPoint?: readonly string[];
  /**
   * The CMD.
   *
   * @default that of the image
   */
  readonly command?: readonly string[];
  /**
   * The user that the program runs as.
   *
   * @default that of the image
   */
  readonly user?: string;
  /** @default that of the image */
  readonly workingDirectory?: string;
  readonly readonlyRootFilesystem: boolean;
  /**
   * Folders inside the container that are writable even if the root file system is read-only.
   *
   * @default none
   */
  readonly writableDirectories?: readonly string[];
  /**
   * Linux capabilities that are dropped, such as `NET_RAW`, or `ALL`.
   *
   * @default none
   */
  readonly droppedCapabilities?: readonly string[];
  /** Whether an init process forwards signals and reaps zombies, as `linuxParameters.initProcessEnabled` of ECS. */
  readonly initProcessEnabled: boolean;
}
