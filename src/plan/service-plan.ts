import { type ValidationError, validationError } from '../parse/validation-error';
import { AWS_DEFAULTS } from './default-plan';
import { type Deployment, deploymentErrors } from './deployment-settings';
import { type HealthCheck, healthCheckErrors } from './health-check';
import { type Infrastructure, infrastructureErrors } from './infrastructure';
import { type InstanceCapacity, instanceCapacityErrors } from './instance-capacity';
import { type Instances, instancesErrors } from './instances';
import { policyErrors, type ScalingPolicy } from './policy';
import { type Routing, routingErrors } from './routing';
import { type TaskContainer, taskContainerErrors } from './task-containers';
import type { TaskSize } from './task-size';

/** The settings of the container that a rehearsal uses to start a task on this machine. */
export interface ContainerPlan {
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** The time between SIGTERM and SIGKILL. */
  readonly stopTimeoutSeconds: number;
  /** The hash of the CDK asset of the image; undefined if the image is not an asset. */
  readonly imageAssetHash?: string;
}

/** The settings of a service that its scaling depends on, read from a synthesized template or taken from the defaults. */
export interface Plan {
  /** The logical ID of the service in its template; with the defaults of the construct, without a template, a name. */
  readonly service: string;
  readonly policy: ScalingPolicy;
  readonly task: TaskSize;
  /**
   * The instances of an EC2 Auto Scaling group, each of which takes the place of a task.
   *
   * @default - tasks on Fargate
   */
  readonly instances?: Instances;
  /**
   * The instances that the tasks of an ECS service run on.
   *
   * @default - Fargate
   */
  readonly capacity?: InstanceCapacity;
  readonly container: ContainerPlan;
  /**
   * The containers of a task, if health checks or dependencies decide when they start and serve.
   *
   * @default - the serving container starts at once, and has no health check of its own
   */
  readonly containers?: readonly TaskContainer[];
  readonly healthCheck: HealthCheck;
  /**
   * The connection idle timeout of the load balancer: a request without a response after it gets a 504.
   *
   * @default 60
   */
  readonly idleTimeoutSeconds?: number;
  readonly deregistrationDelaySeconds: number;
  readonly infrastructure: Infrastructure;
  readonly routing: Routing;
  readonly deployment: Deployment;
  /** The number of Availability Zones that the tasks are spread over. */
  readonly zoneCount: number;
  /**
   * The desired count of the service with which a run starts, within the minimum and the maximum.
   *
   * @default - the minimum
   */
  readonly desiredCount?: number;
}

/** The desired count with which a run starts. */
export function startCountOf({ desiredCount, policy }: Pick<Plan, 'desiredCount' | 'policy'>): number {
  return Math.min(policy.maxCapacity, Math.max(policy.minCapacity, desiredCount ?? policy.minCapacity));
}

/** Whether its instances are burstable. */
export function hasCpuCredits({ instances }: Pick<Plan, 'instances'>): boolean {
  return instances?.credits !== undefined;
}

/** The connection idle timeout of the load balancer of a plan. */
export function idleTimeoutOf({ idleTimeoutSeconds = AWS_DEFAULTS.idleTimeoutSeconds }: Pick<Plan, 'idleTimeoutSeconds'>): number {
  return idleTimeoutSeconds;
}

/** The plan of a template. `ignored` has a text for each scaling setting of the template that is not modeled. */
export interface ParsedPlan {
  readonly plan: Plan;
  readonly ignored: readonly string[];
}

/** Returns the validation errors of a plan. The task size and the container are not validated: a size can be that of an EC2 instance, which may be any. */
export function planErrors(plan: Plan): ValidationError[] {
  const { zoneCount, desiredCount = 0 } = plan;
  return [
    ...policyErrors(plan.policy),
    ...healthCheckErrors(plan.healthCheck),
    ...routingErrors(plan.routing),
    ...deploymentErrors(plan.deployment),
    ...infrastructureErrors(plan.infrastructure),
    ...(plan.capacity === undefined ? [] : instanceCapacityErrors(plan.capacity)),
    ...idleTimeoutErrors(plan),
    ...(plan.instances === undefined ? [] : instancesErrors(plan.instances)),
    ...taskContainerErrors(plan.containers ?? []),
    ...(Number.isInteger(zoneCount) && zoneCount >= 1
      ? []
      : [validationError('the number of Availability Zones', 'be a whole number of at least 1', zoneCount)]),
    ...(Number.isInteger(desiredCount) && desiredCount >= 0
      ? []
      : [validationError('desiredCount', 'be a whole number of at least 0', desiredCount)]),
  ];
}

function idleTimeoutErrors({ idleTimeoutSeconds }: Plan): ValidationError[] {
  if (idleTimeoutSeconds === undefined) return [];
  const { min, max } = IDLE_TIMEOUT_RANGE_SECONDS;
  const isValid = Number.isInteger(idleTimeoutSeconds) && idleTimeoutSeconds >= min && idleTimeoutSeconds <= max;
  return isValid ? [] : [validationError('the idle timeout', `be a whole number of seconds from ${min} to ${max}`, idleTimeoutSeconds)];
}

/** Returns a validation error if the PORT environment variable is a number other than the container port. A reference of a template is not compared. */
export function portVariableErrors(environment: Readonly<Record<string, string>>, containerPort: number): ValidationError[] {
  const { PORT } = environment;
  const isOtherPort = PORT !== undefined && /^\d+$/.test(PORT) && Number(PORT) !== containerPort;
  return isOtherPort
    ? [validationError('environment.PORT', ['be the ', { path: 'containerPort', value: containerPort }, ' or be left out'], PORT)]
    : [];
}

/** Returns a validation error if the container port is not a TCP port from 1 to 65535. */
export function containerPortErrors(containerPort: number): ValidationError[] {
  return Number.isInteger(containerPort) && containerPort >= 1 && containerPort <= 65_535
    ? []
    : [validationError('containerPort', 'be a whole number from 1 to 65535', containerPort)];
}

/**
 * The range of the idle timeout of an Application Load Balancer, in whole seconds.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#connection-idle-timeout
 */
export const IDLE_TIMEOUT_RANGE_SECONDS = { min: 1, max: 4000 } as const;
