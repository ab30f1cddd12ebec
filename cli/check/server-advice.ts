import { idleTimeoutOf, type Plan } from '../../src/plan/service-plan';
import { KEEP_ALIVE_MARGIN_SECONDS } from '../../src/servers/keep-alive-margin';
import type { KnownServer } from '../../src/servers/known-server';

/** The keep-alive timeout in the table of known servers: 65 s, also as milliseconds. */
const SECONDS_IN_TABLE = /\b65(?=_000|000\b|s\b|\b)/g;

/** What to type, for each kind of failure. */
export interface ServerAdvice {
  readonly keepAlive: string;
  readonly completeRequests: string;
  readonly closeConnections: string;
  readonly exit: string;
  readonly longHeaders: string;
  /** What keeps a connection open after a response that ends it: by its version, because it has no length, or by its header. */
  readonly persistentConnections: { readonly ofVersion: string; readonly ofLength: string; readonly ofHeader: string };
}

/** What to type for a server; for one that is not known, what any server needs. */
export function serverAdvice(server: KnownServer | undefined, plan: Pick<Plan, 'idleTimeoutSeconds'>): ServerAdvice {
  const idleTimeoutSeconds = idleTimeoutOf(plan);
  const seconds = idleTimeoutSeconds + KEEP_ALIVE_MARGIN_SECONDS;
  const named = (setting: string | undefined, general: string): string =>
    setting === undefined ? general : `${server!.name}: ${setting.replace(SECONDS_IN_TABLE, String(seconds))}`;
  return {
    keepAlive: named(
      server?.keepAlive,
      `set the keep-alive timeout of the server to ${seconds} s, above the ${idleTimeoutSeconds} s of the load balancer, or lower its idleTimeout`,
    ),
    completeRequests: named(
      server?.completeRequests,
      'on SIGTERM stop accepting connections, complete what is under way, and only then exit',
    ),
    closeConnections:
      'keep serving for about 5 s after SIGTERM before the server closes its connections, or respond with Connection: close from then on',
    exit: named(server?.completeRequests, 'handle SIGTERM: stop accepting connections, complete what is under way, and exit'),
    persistentConnections: {
      ofVersion: named(server?.keepAlive, `respond with HTTP/1.1, and keep idle connections open for ${seconds} s`),
      ofLength: named(
        server?.keepAlive,
        `send Content-Length or Transfer-Encoding: chunked, and keep idle connections open for ${seconds} s`,
      ),
      ofHeader: named(server?.keepAlive, `leave out Connection: close, and keep idle connections open for ${seconds} s`),
    },
    longHeaders: named(server?.longHeaders, 'raise the limit of the server for one header to 16 KB, and for all of them to 64 KB'),
  };
}
