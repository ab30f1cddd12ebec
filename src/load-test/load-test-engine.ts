import type { ContainerImage } from 'aws-cdk-lib/aws-ecs';

/**
 * Options of k6.
 */
export interface K6Options {
  /**
   * The version of k6: the tag of the public image `grafana/k6`.
   *
   * @default "1.8.1"
   */
  readonly version?: string;

  /**
   * The image that is used to start the container. It has `k6`, `sh`, `mktemp` and `sleep`, as the public image has.
   *
   * @default - `grafana/k6`; where the load test has no route to Docker Hub, an image in Amazon ECR that is built from it
   */
  readonly image?: ContainerImage;

  /**
   * Whether the image is built from the public one, during the deployment, and stored in Amazon ECR. This needs Docker.
   *
   * @default - true where the load test has no route to Docker Hub
   */
  readonly buildImage?: boolean;

  /**
   * The maximum number of virtual users that send requests per second: an open load needs as many as requests are in flight. Requests that find none
   * are not sent, and are counted as dropped.
   *
   * @default - requests of two seconds, at least 100, at most 10,000
   */
  readonly maxVUs?: number;
}

/**
 * Options of Locust.
 */
export interface LocustOptions {
  /**
   * The version of Locust: the tag of the public image `locustio/locust`.
   *
   * @default "2.47.0"
   */
  readonly version?: string;

  /**
   * The image that is used to start the container. It has `locust`, `sh`, `mktemp` and `sleep`, as the public image has.
   *
   * @default - `locustio/locust`; where the load test has no route to Docker Hub, an image in Amazon ECR that is built from it
   */
  readonly image?: ContainerImage;

  /**
   * Whether the image is built from the public one, during the deployment, and stored in Amazon ECR. This needs Docker.
   *
   * @default - true where the load test has no route to Docker Hub
   */
  readonly buildImage?: boolean;

  /**
   * The number of worker processes, in one task: a whole number from 1 to 16. A process of Locust uses one vCPU.
   *
   * @default 1
   */
  readonly workers?: number;
}

/**
 * The load generator of a load test.
 */
export class LoadTestEngine {
  /**
   * k6, from Grafana Labs. One process uses all vCPUs of the task.
   */
  public static k6(options: K6Options = {}): LoadTestEngine {
    return new LoadTestEngine('k6', options);
  }

  /**
   * Locust. Its users are in one process, or in several worker processes of the same task.
   */
  public static locust(options: LocustOptions = {}): LoadTestEngine {
    return new LoadTestEngine('locust', options);
  }

  private constructor(
    /** @internal */
    public readonly _tool: 'k6' | 'locust',
    /** @internal */
    public readonly _options: K6Options & LocustOptions,
  ) {}
}
