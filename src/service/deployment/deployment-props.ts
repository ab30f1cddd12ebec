import type { Duration } from 'aws-cdk-lib';

/**
 * How a new version takes the place of an old one.
 */
export interface DeploymentProps {
  /**
   * How long the failed health checks of a new task are not held against it: whole seconds, at most 2,147,483,647.
   *
   * @default Duration.seconds(60)
   */
  readonly healthCheckGracePeriod?: Duration;
}
