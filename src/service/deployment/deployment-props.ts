import type { Duration } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IDeploymentLifecycleHookTarget } from 'aws-cdk-lib/aws-ecs';
import type { Deployment } from './deployment';

/**
 * How a new version takes the place of an old one, and what the tasks run on.
 */
export interface DeploymentProps {
  /**
   * How a new version takes the place of an old one.
   *
   * @default Deployment.rolling()
   */
  readonly deployment?: Deployment;

  /**
   * The tasks that a deployment leaves running, in percent of how many there are, rounded up: a whole number.
   *
   * @default 100
   */
  readonly minHealthyPercent?: number;

  /**
   * The tasks that may run while old ones are exchanged for new ones, in percent of how many there are, rounded down: a whole number of at
   * least 100.
   *
   * @default 200
   */
  readonly maxHealthyPercent?: number;

  /**
   * Whether a rolling deployment whose tasks do not become healthy is given up, and the old version put back. Without it ECS tries on for hours.
   *
   * @default - true where the deployment is rolling, which ECS knows it for alone
   */
  readonly circuitBreaker?: boolean;

  /**
   * Whether a deployment is given up, and the old version put back, when the alarms of this service for server errors or slow responses
   * ring while it goes on.
   *
   * @default true
   */
  readonly rollbackOnAlarms?: boolean;

  /**
   * Further alarms that have a deployment given up. One that watches this very service is added with `addDeploymentAlarms`.
   *
   * @default - none
   */
  readonly deploymentAlarms?: IAlarm[];

  /**
   * What is called at stages of a deployment with two versions side by side, and may stop it.
   *
   * @default - nothing
   */
  readonly lifecycleHooks?: IDeploymentLifecycleHookTarget[];

  /**
   * How long the failed health checks of a new task are not held against it: whole seconds, at most 2,147,483,647.
   *
   * @default Duration.seconds(60)
   */
  readonly healthCheckGracePeriod?: Duration;

  /**
   * Whether ECS moves tasks from zones that have more to zones that have fewer.
   *
   * @default true
   */
  readonly availabilityZoneRebalancing?: boolean;

  /**
   * The part of the tasks above `onDemandBase` that run on Fargate Spot, in percent, from 0 to 100: up to 70 % cheaper, and taken away with
   * two minutes' notice when AWS needs the room. A `cluster` of yours needs the capacity providers of Fargate for it.
   *
   * @default 0
   */
  readonly spotPercent?: number;

  /**
   * How many tasks never run on Fargate Spot: a whole number, at most 100,000.
   *
   * @default - with `spotPercent`, `minCapacity`: what Spot takes away is what scaling has added; else 0
   */
  readonly onDemandBase?: number;

  /**
   * The name of the ECS service: at most 255 letters, digits, underscores and hyphens.
   *
   * @default - made up by CloudFormation, so that a service can be replaced
   */
  readonly serviceName?: string;
}
