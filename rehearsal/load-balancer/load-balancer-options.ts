import { AWS_DEFAULTS } from '../../src/plan/default-plan';
import type { HealthCheck } from '../../src/plan/health-check';
import type { Routing } from '../../src/plan/routing';
import type { Clock } from '../../src/time/clock';

/** What a local load balancer needs. */
export interface LoadBalancerOptions {
  readonly clock: Clock;
  readonly healthCheck: HealthCheck;
  /**
   * How requests are distributed to the targets.
   *
   * @default round robin
   */
  readonly routing?: Routing;
  /** Health checks that a new target must pass before it gets requests. */
  readonly initialHealthChecks: number;
  /**
   * The port that it listens on; 0 takes any free one.
   *
   * @default - it does not listen: its requests are those that `onRequest` and `onUpgrade` are called with
   */
  readonly port?: number;
  /**
   * The port that targets get in X-Forwarded-Port.
   *
   * @default - the one that it listens on
   */
  readonly forwardedPort?: number;
  /**
   * How long a target may send nothing during a request, and a client nothing between two requests, on the wall clock.
   *
   * @default 60, as for an Application Load Balancer
   */
  readonly idleTimeoutSeconds?: number;
}

/** The routing by default. */
export const ROUND_ROBIN: Routing = { algorithm: 'round_robin', slowStartSeconds: 0, enableAnomalyMitigation: false };

/** How long a connection may be idle, on the wall clock. */
export function idleTimeoutMillis({ idleTimeoutSeconds = AWS_DEFAULTS.idleTimeoutSeconds }: LoadBalancerOptions): number {
  return idleTimeoutSeconds * 1000;
}
