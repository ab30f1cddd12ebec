import type { Duration } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ContainerImage, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { HealthCheckOptions } from './service/health-check-options';

/**
 * What a `ScalableStatelessService` can be told. Everything has a default.
 */
export interface ScalableStatelessServiceProps {
  /**
   * The network of the load balancer and the tasks.
   *
   * It needs public subnets in two zones for the load balancer, and private ones for the tasks: those with a way out where
   * there are any, else isolated ones. No endpoint is added to it, so isolated tasks only start where there are some already.
   *
   * @default - the VPC of the cluster; without a cluster, a new one over two zones without NAT gateways, from which tasks reach
   * ECR, CloudWatch Logs, S3 and DynamoDB through endpoints, and nothing else
   */
  readonly vpc?: IVpc;

  /**
   * The cluster that the service belongs to.
   *
   * @default - a new one in the VPC
   */
  readonly cluster?: ICluster;

  /**
   * The image of the container, for x86-64. It listens on `containerPort`, and stops on SIGTERM within a minute.
   *
   * Tasks in the new VPC can pull from ECR of the same region, and from no other registry.
   *
   * @default - the reference search service that this package brings along, built when the app is deployed
   */
  readonly image?: ContainerImage;

  /**
   * The port that the container listens on, from 1 to 65535.
   *
   * @default 8080
   */
  readonly containerPort?: number;

  /**
   * The CPU of one task, in CPU units: 1,024 are one vCPU. One of 256, 512, 1024, 2048, 4096, 8192, 16384.
   *
   * @default 256
   */
  readonly cpu?: number;

  /**
   * The memory of one task, in MiB. Fargate offers a few sizes for each `cpu`: 512, 1024 and 2048 for the smallest.
   *
   * @default 512
   */
  readonly memoryLimitMiB?: number;

  /**
   * The environment variables of the container.
   *
   * Everybody who may read the task definition may read them, so that secrets do not belong here.
   *
   * @default - PORT only: the container port. It is set beside others too, unless they have a PORT
   */
  readonly environment?: { [key: string]: string };

  /**
   * How the load balancer finds out whether a task can serve.
   *
   * @default - what `HealthCheckOptions` has for each of its parts
   */
  readonly healthCheck?: HealthCheckOptions;

  /**
   * The fewest tasks, at least 1. Two let the service survive the loss of one.
   *
   * @default 2
   */
  readonly minCapacity?: number;

  /**
   * The most tasks, at least `minCapacity`.
   *
   * @default 6
   */
  readonly maxCapacity?: number;

  /**
   * The CPU use that scaling aims at, in percent of what the tasks may use, averaged over them: above 0, at most 100.
   *
   * What is left above the target carries the load until more tasks serve.
   *
   * @default 60
   */
  readonly targetCpuUtilizationPercent?: number;

  /**
   * The requests that scaling aims at, for each task, in requests per **second**; above 0, may be a fraction.
   *
   * The metric behind it, `ALBRequestCountPerTarget`, counts in a **minute**: this number reaches CloudFormation multiplied
   * by 60. The CDK's own `requestsPerTarget` passes its number on and names no unit. Who took it for a rate per second asked for a
   * sixtieth of the load that was meant, and got the most tasks as soon as there were visitors: 50 there is less than one
   * request per second.
   *
   * As CloudFormation cannot multiply, a number that only a deployment knows, such as a parameter, is refused.
   *
   * @default 100
   */
  readonly requestsPerSecondPerTask?: number;

  /**
   * How long after adding tasks no more are added, unless even more are needed: whole seconds, may be 0.
   *
   * @default Duration.seconds(120)
   */
  readonly scaleOutCooldown?: Duration;

  /**
   * How long after removing a task no other is removed: whole seconds, may be 0.
   *
   * @default Duration.seconds(300)
   */
  readonly scaleInCooldown?: Duration;
}
