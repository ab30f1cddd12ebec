import { type Duration, Token } from 'aws-cdk-lib';
import { InputError } from '../../parse/input-error';
import { idleSecondsOf, type KnownServer } from '../../servers/known-server';
import { KNOWN_SERVERS, knownServer } from '../../servers/known-servers';
import { secondsOf } from '../prop-rules';

/** What differs from the defaults of a server. */
export interface ServerProfileOptions {
  /**
   * The keep-alive timeout of the server, as your image sets it: whole seconds of at least 1. The construct cannot read it from your program.
   *
   * @default - where an environment variable can set it, 5 seconds above `idleTimeout`, and the construct sets the variable; else the default of
   * the server
   */
  readonly keepAliveTimeout?: Duration;
}

/**
 * The HTTP server in the container, from the table of known servers: it is measured when each closes idle connections, and what a stop signal
 * does to it.
 *
 * A server that closes an idle connection before the load balancer does causes HTTP 502 responses. With a profile, the construct sets the
 * keep-alive timeout of the server by an environment variable where there is one, or else `idleTimeout` below that of the server, and a
 * grace period for servers that start slowly. Props and variables of yours take precedence.
 */
export class ServerProfile {
  /**
   * A server by its name in the table.
   *
   * @param name such as `uvicorn` or `Spring Boot on Jetty`, in any case
   * @throws InputError for a name that the table does not have, and lists those that it has.
   */
  public static of(name: string, options: ServerProfileOptions = {}): ServerProfile {
    const server = knownServer(name);
    if (server !== undefined) return new ServerProfile(server, options);
    throw new InputError([`the name of a server must be one of ${KNOWN_SERVERS.map((each) => each.name).join(', ')}, got '${name}'`]);
  }

  /** uvicorn. Its variable `UVICORN_TIMEOUT_KEEP_ALIVE` is set. */
  public static uvicorn(options?: ServerProfileOptions): ServerProfile {
    return ServerProfile.of('uvicorn', options);
  }

  /**
   * gunicorn. Its variable `GUNICORN_CMD_ARGS` is set, to threads that keep connections: the default workers close each connection. Words of
   * the command take precedence.
   */
  public static gunicorn(options?: ServerProfileOptions): ServerProfile {
    return ServerProfile.of('gunicorn', options);
  }

  /** Spring Boot on Tomcat, its default. Its variable `SERVER_TOMCAT_KEEPALIVETIMEOUT` is set. */
  public static springBootTomcat(options?: ServerProfileOptions): ServerProfile {
    return ServerProfile.of('Spring Boot on Tomcat', options);
  }

  /** Spring Boot on Jetty. Its variable `SERVER_JETTY_CONNECTIONIDLETIMEOUT` is set. */
  public static springBootJetty(options?: ServerProfileOptions): ServerProfile {
    return ServerProfile.of('Spring Boot on Jetty', options);
  }

  /** Spring Boot on Undertow. Its variable `SERVER_UNDERTOW_NOREQUESTTIMEOUT` is set. */
  public static springBootUndertow(options?: ServerProfileOptions): ServerProfile {
    return ServerProfile.of('Spring Boot on Undertow', options);
  }

  /** Node.js, and frameworks on its `http.Server`. Pass the `keepAliveTimeout` that your program sets. */
  public static nodeJs(options?: ServerProfileOptions): ServerProfile {
    return ServerProfile.of('Node.js', options);
  }

  /** puma. Pass the `persistent_timeout` that your configuration sets. */
  public static puma(options?: ServerProfileOptions): ServerProfile {
    return ServerProfile.of('puma', options);
  }

  /** nginx. It completes requests at SIGQUIT only, so the image needs `STOPSIGNAL SIGQUIT`, which the official one has. */
  public static nginx(options?: ServerProfileOptions): ServerProfile {
    return ServerProfile.of('nginx', options);
  }

  /** The name of the server in the table. */
  public readonly name: string;

  private constructor(
    /** @internal */
    public readonly _server: KnownServer,
    private readonly options: ServerProfileOptions,
  ) {
    this.name = _server.name;
  }

  /**
   * The keep-alive timeout that the options give, in seconds.
   *
   * @internal
   */
  public get _givenSeconds(): number | undefined {
    return secondsOf(this.options.keepAliveTimeout);
  }

  /**
   * How long the server keeps an idle connection, in seconds: as given, or else by default. Undefined where it was not measured, or is a
   * token; 0 if each response closes the connection, Infinity if it was open longer than was measured.
   *
   * @internal
   */
  public get _keepAliveSeconds(): number | undefined {
    const given = this._givenSeconds;
    if (given !== undefined) return Token.isUnresolved(given) ? undefined : given;
    const measured = this._server.measurements.find(({ variant }) => variant === undefined) ?? this._server.measurements[0];
    return measured && idleSecondsOf(measured);
  }
}
