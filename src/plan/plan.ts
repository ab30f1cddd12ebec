import type { Deployment } from './deployment';
import type { HealthCheck } from './health-check';
import type { Infrastructure } from './infrastructure';
import type { ScalingPolicy } from './policy';
import type { Routing } from './routing';
import type { TaskSize } from './task-size';

/** The container that serves the requests, as far as a run on another machine needs it. */
export interface ContainerPlan {
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** How long a task may take between SIGTERM and SIGKILL. */
  readonly stopTimeoutSeconds: number;
  /** The hash of the image asset, where the image is built from a folder of the app. */
  readonly imageAssetHash?: string;
}

/** Everything that scaling depends on, read from a synthesized template. */
export interface Plan {
  /** The logical id of the service in its template. */
  readonly service: string;
  readonly policy: ScalingPolicy;
  readonly task: TaskSize;
  readonly container: ContainerPlan;
  readonly healthCheck: HealthCheck;
  /**
   * How long the load balancer keeps an idle connection, and waits in the middle of a request. A forecast takes AWS's default, whatever this says.
   *
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;
  readonly deregistrationDelaySeconds: number;
  readonly infrastructure: Infrastructure;
  readonly routing: Routing;
  readonly deployment: Deployment;
  /** The availability zones that the tasks are spread over. */
  readonly zoneCount: number;
}

/** A plan and, in words, what the template says about scaling that the plan leaves out. */
export interface ReadPlan {
  readonly plan: Plan;
  readonly ignored: readonly string[];
}
