import { type ValidationError, validationError } from '../parse/validation-error';

/** What a container waits for before it starts: that the other one has started, has run to its end, or is healthy. */
export const DEPENDENCY_CONDITIONS = ['START', 'COMPLETE', 'SUCCESS', 'HEALTHY'] as const;

/**
 * The health check of a container.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export interface ContainerHealthCheck {
  /** Seconds from the start of the container to its first check, and between two checks: from 5 to 300. */
  readonly intervalSeconds: number;
  /** From 2 to 60. */
  readonly timeoutSeconds: number;
  /** Failed checks in a row with which it is unhealthy: from 1 to 10. */
  readonly retries: number;
  /** Seconds after its start in which failed checks do not count: from 0 to 300. */
  readonly startPeriodSeconds: number;
}

/** A container of a task definition, as far as it decides when a task serves. */
export interface TaskContainer {
  readonly name: string;
  /** Whether the load balancer sends requests to it. */
  readonly isServing: boolean;
  readonly isEssential: boolean;
  /** @default - none */
  readonly healthCheck?: ContainerHealthCheck;
  readonly dependsOn: readonly { readonly containerName: string; readonly condition: (typeof DEPENDENCY_CONDITIONS)[number] }[];
}

/** When the containers of a task start and become healthy. */
export interface ContainerTimes {
  /** From the start of the first containers until the serving one starts. */
  readonly servingStartSeconds: number;
  /** From the start of the serving container until each essential container with a health check is healthy; 0 if none has one. */
  readonly healthySeconds: number;
  /** From the start of the serving container until it is unhealthy, because it does not listen yet; undefined if it listens in time. */
  readonly unhealthySeconds?: number;
}

/**
 * The times of a task whose serving container listens after its start-up. The others are assumed to pass their first health check, and
 * those that run to their end to do so at once.
 */
export function containerTimes(containers: readonly TaskContainer[], startUpSeconds: number): ContainerTimes {
  const serving = containers.find(({ isServing }) => isServing);
  const startOf = (container: TaskContainer): number =>
    Math.max(
      0,
      ...container.dependsOn.map(({ containerName, condition }) => {
        const other = containers.find(({ name }) => name === containerName);
        return other === undefined ? 0 : startOf(other) + (condition === 'HEALTHY' ? firstPass(other, startUpSeconds) : 0);
      }),
    );
  const servingStartSeconds = serving === undefined ? 0 : startOf(serving);
  const checked = containers.filter(({ isEssential, healthCheck }) => isEssential && healthCheck !== undefined);
  const healthyAtSeconds = checked.map((container) => startOf(container) + firstPass(container, startUpSeconds));
  const unhealthySeconds = serving?.healthCheck && unhealthyAfter(serving.healthCheck);
  return {
    servingStartSeconds,
    healthySeconds: Math.max(0, ...healthyAtSeconds.map((seconds) => seconds - servingStartSeconds)),
    ...(unhealthySeconds !== undefined && unhealthySeconds < startUpSeconds && { unhealthySeconds }),
  };
}

/** From the start of a container until its first check that passes. */
function firstPass({ healthCheck, isServing }: TaskContainer, startUpSeconds: number): number {
  if (healthCheck === undefined) return 0;
  const { intervalSeconds } = healthCheck;
  return intervalSeconds * Math.max(1, isServing ? Math.ceil(startUpSeconds / intervalSeconds) : 1);
}

/**
 * From the start of a container whose checks all fail until it is unhealthy. A check counts that begins at the end of the start period or
 * later.
 */
function unhealthyAfter({ intervalSeconds, startPeriodSeconds, retries }: ContainerHealthCheck): number {
  const uncountedChecks = Math.max(0, Math.ceil(startPeriodSeconds / intervalSeconds) - 1);
  return intervalSeconds * (uncountedChecks + retries);
}

/** Returns an error for each rule of ECS that the containers break. */
export function taskContainerErrors(containers: readonly TaskContainer[]): ValidationError[] {
  return [
    ...containers.flatMap(({ name, healthCheck }) => (healthCheck === undefined ? [] : healthCheckErrors(name, healthCheck))),
    ...containers.flatMap((container) => dependencyErrors(container, containers)),
    ...containers.filter((container) => dependsOnItself(container, containers)).map(({ name }) => `container ${name} depends on itself`),
  ];
}

function healthCheckErrors(name: string, healthCheck: ContainerHealthCheck): ValidationError[] {
  const { intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = healthCheck;
  return [
    ...rangeErrors(`the health check interval of ${name}`, intervalSeconds, 5, 300),
    ...rangeErrors(`the health check timeout of ${name}`, timeoutSeconds, 2, 60),
    ...rangeErrors(`the health check retries of ${name}`, retries, 1, 10),
    ...rangeErrors(`the start period of ${name}`, startPeriodSeconds, 0, 300),
  ];
}

function rangeErrors(path: string, value: number, min: number, max: number): ValidationError[] {
  return Number.isInteger(value) && value >= min && value <= max
    ? []
    : [validationError(path, `be a whole number from ${min} to ${max}`, value)];
}

function dependencyErrors({ name, dependsOn }: TaskContainer, containers: readonly TaskContainer[]): ValidationError[] {
  return dependsOn.flatMap(({ containerName, condition }): ValidationError[] => {
    const other = containers.find((candidate) => candidate.name === containerName);
    if (other === undefined) return [`container ${name} depends on '${containerName}', which the task does not have`];
    if (!DEPENDENCY_CONDITIONS.includes(condition))
      return [validationError(`the dependency condition of ${name}`, `be one of ${DEPENDENCY_CONDITIONS.join(', ')}`, condition)];
    return condition === 'HEALTHY' && other.healthCheck === undefined
      ? [`container ${name} waits for ${containerName} to be healthy, which has no health check`]
      : [];
  });
}

/** Whether the dependencies of a container lead back to it. */
function dependsOnItself(container: TaskContainer, containers: readonly TaskContainer[]): boolean {
  const reached = new Set<string>();
  const follow = ({ dependsOn }: TaskContainer): void => {
    for (const { containerName } of dependsOn) {
      if (reached.has(containerName)) continue;
      reached.add(containerName);
      const other = containers.find(({ name }) => name === containerName);
      if (other !== undefined) follow(other);
    }
  };
  follow(container);
  return reached.has(container.name);
}
