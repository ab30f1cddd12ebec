import type { Load } from '../../src/traffic/traffic-phases';

/** The parameters of the load worker. */
export interface LoadSetup {
  readonly url: string;
  readonly paths: readonly string[];
  /** The timeout for a response, and for an idle connection. */
  readonly idleTimeoutSeconds?: number;
  /** Sent with each request besides those of HTTP, each with its line end. */
  readonly headers?: string;
  /** The memory of its request log. */
  readonly memory: SharedArrayBuffer;
}

/** A message to the load worker. */
export type LoadCommand =
  | { readonly kind: 'set'; readonly load: Load; readonly limitRequestsPerSecond?: number }
  | { readonly kind: 'stop' };

/** A message from the load worker. */
export type LoadEvent =
  | { readonly kind: 'failure'; readonly failure: string }
  | { readonly kind: 'stopped'; readonly unfinishedRequests: number };
