/** The engines that can run a task as a container. Their commands take the same words. */
export const CONTAINER_ENGINES = ['docker', 'podman'] as const;

export type ContainerEngineName = (typeof CONTAINER_ENGINES)[number];

/** How a task is started as a container, as a container definition of ECS says it. */
export interface TaskContainer {
  /** A name or an id that the engine of this machine knows. */
  readonly image: string;
  /** Where its program listens, inside. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Left out: that of the image. */
  readonly entryPoint?: readonly string[];
  /** Left out: that of the image. */
  readonly command?: readonly string[];
  /** Left out: that of the image. */
  readonly user?: string;
  /** Left out: that of the image. */
  readonly workingDirectory?: string;
  readonly hasReadOnlyRoot: boolean;
  /** Folders inside that can be written to also where the root cannot. Left out: none. */
  readonly writableDirectories?: readonly string[];
  /** The rights of the kernel that it does without, such as `NET_RAW`, or `ALL`. Left out: none. */
  readonly droppedCapabilities?: readonly string[];
  /** Whether a small first process passes signals on and collects what has ended. */
  readonly hasInitProcess: boolean;
}
