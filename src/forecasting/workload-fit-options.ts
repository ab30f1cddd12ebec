import type { Duration } from 'aws-cdk-lib';

/**
 * What measured loads do not tell of a workload.
 */
export interface WorkloadFitOptions {
  /**
   * The CPU of each task that was measured, in CPU units: 1,024 are one vCPU.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * From the start of the container until it listens.
   *
   * @default Duration.seconds(1)
   */
  readonly startUpTime?: Duration;

  /**
   * From SIGTERM until the container has ended. Until then it is taken to answer.
   *
   * @default Duration.seconds(5)
   */
  readonly stopTime?: Duration;
}
