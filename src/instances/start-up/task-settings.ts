/** What an instance runs, and what it has to know of its group. Texts may be tokens. */
export interface TaskSettings {
  readonly region: string;
  readonly stackName: string;

  /** The logical id of the Auto Scaling group. */
  readonly groupId: string;
  readonly logGroupName: string;
  readonly launchHook: string;
  readonly terminationHook: string;
  readonly deregistrationDelaySeconds: number | string;
  readonly stopTimeoutSeconds: number;
  readonly healthCheck: LocalHealthCheck;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory?: string;
  readonly setUpCommands: readonly string[];
  readonly runs: ContainerOfInstance | ProgramOfInstance;
}

/** The health check of the load balancer, as an instance sends it to itself before it is in service. */
export interface LocalHealthCheck {
  readonly scheme: 'http' | 'https' | 'tcp';
  readonly port: number | string;
  readonly path: string;

  /** The HTTP codes of a healthy task, such as `200,202` or `200-299`. */
  readonly healthyCodes: string;
  readonly timeoutSeconds: number | string;
}

/** A container on an instance. */
export interface ContainerOfInstance {
  readonly kind: 'container';
  readonly image: string;
  readonly port: number;

  /** Another port for health checks. */
  readonly healthCheckPort?: string;
  readonly command: readonly string[];
  readonly entryPoint: readonly string[];
  readonly user?: string;
  readonly isReadOnly: boolean;
  readonly writableDirectories: readonly string[];
  readonly dropsCapabilities: boolean;
  readonly hasInitProcess: boolean;
}

/** A program on an instance. */
export interface ProgramOfInstance {
  readonly kind: 'program';
  readonly commandLine: string;

  /** Without one, systemd allocates a user for the time that the program runs. */
  readonly user?: string;
}

/** The port of an instance that the load balancer connects to. It is that of the target group, which would be replaced with another one. */
export const HOST_PORT = 8080;

/** The folder of what an instance knows. */
export const SETTINGS_FOLDER = '/etc/task';
