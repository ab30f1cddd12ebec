/** How a server is recognized: each part that is given is enough. */
export interface Recognition {
  /** The `Server` header of a response; group 1, if there is one, is the version. */
  readonly serverHeader?: RegExp;
  /** The `X-Powered-By` header of a response. */
  readonly poweredBy?: RegExp;
  /** The command lines of the processes of a task, one per line, or the `ENTRYPOINT` and `CMD` of an image. */
  readonly command?: RegExp;
  /** The name of an image. */
  readonly image?: RegExp;
  /** A library of the program, with the kind of its registry, such as `pypi:uvicorn`, `npm:fastify`, `maven:tomcat-embed-core`, `go:…` or `crates:axum`. */
  readonly library?: string;
}

/** What was measured of one version of a server, with its default settings or with those of `variant`. */
export interface ServerMeasurement {
  /** The settings, if they are not the default: the words of the command, or of the program. */
  readonly variant?: string;
  /** The version that was measured. */
  readonly version: string;
  /** The day of the measurement, such as `2026-11-29`. */
  readonly date: string;
  /**
   * After how many seconds without a request it closes a connection: `each` if after each response, `over 80` if the connection was still open
   * after 80 s.
   */
  readonly idleSeconds: number | 'each' | 'over 80';
  /** Whether a request of 2 s that was 0.7 s old at SIGTERM got its response; undefined if it was not measured. */
  readonly completesRequests?: boolean;
  /** Seconds from SIGTERM to its exit, with one idle connection open; undefined if it had not exited after 35 s. */
  readonly exitSeconds?: number;
  /** Its exit: a code, or `SIGTERM` if the signal itself ended it. */
  readonly exit?: number | 'SIGTERM';
  /** The response to a request with one header of 10,000 bytes: a status, or `closed` if there was none. */
  readonly header10KB?: number | 'closed';
  /** Whether it ends by SIGTERM as process 1 of a container without an init process; undefined if it was not measured. */
  readonly endsAsProcessOne?: boolean;
}

/** A server that has been measured, and what to type so that it works behind a load balancer. */
export interface KnownServer {
  readonly name: string;
  readonly language: string;
  readonly recognition: Recognition;
  /** What keeps idle connections for 65 s. */
  readonly keepAlive?: string;
  /** Whether `keepAlive` was tried: then, for how many seconds a connection stayed open. */
  readonly keepAliveTriedSeconds?: number;
  /** The words by which a command or a file has such a setting already. */
  readonly keepAliveWords?: RegExp;
  /** Whether words of the command set it, so that a command without `keepAliveWords` has the default. */
  readonly isSetByCommand?: boolean;
  /** An environment variable that sets the same, so that the image needs no change. */
  readonly keepAliveVariable?: { readonly name: string; readonly valueOf65Seconds: string };
  /** The longest time that it can keep idle connections, if it cannot exceed that of the load balancer. */
  readonly maxKeepAliveSeconds?: number;
  /** The signal at which it completes what is under way, if that is not SIGTERM. */
  readonly stopSignal?: 'SIGQUIT' | 'SIGINT' | 'SIGWINCH' | 'SIGUSR1';
  /** What makes it complete the requests under way. */
  readonly completeRequests?: string;
  /** What makes it accept headers of 16 KB. */
  readonly longHeaders?: string;
  /** The usual time from start to listening with a quarter of a vCPU, where that is long. */
  readonly startUpSeconds?: number;
  /** What is known of it otherwise, such as by its documentation. */
  readonly note?: string;
  /** The first is that with the default settings, if those were measured. */
  readonly measurements: readonly ServerMeasurement[];
}

/** The major version that a measurement speaks for: later or earlier ones may differ. Before 1.0, the minor version. */
export function versionRange({ version }: Pick<ServerMeasurement, 'version'>): string {
  const [major, minor] = version.split('.');
  return major === '0' && minor !== undefined ? `0.${minor}` : `${major}.x`;
}

/** A measured idle time as a number, for comparisons: 0 if each response closes the connection, Infinity if none was seen. */
export function idleSecondsOf({ idleSeconds }: Pick<ServerMeasurement, 'idleSeconds'>): number {
  if (idleSeconds === 'each') return 0;
  return idleSeconds === 'over 80' ? Number.POSITIVE_INFINITY : idleSeconds;
}
