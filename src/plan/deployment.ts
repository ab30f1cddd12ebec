import { type TrafficShift, trafficShiftMistakes } from './traffic-shift';

/** How ECS exchanges tasks, and what it does about those that fail. */
export interface Deployment {
  /** The tasks that a deployment leaves running, in percent of the desired count. */
  readonly minimumHealthyPercent: number;
  /** The tasks that may run while tasks are exchanged, in percent of the desired count. */
  readonly maximumPercent: number;
  /** Whether a deployment whose tasks fail is given up and rolled back. */
  readonly hasCircuitBreaker: boolean;
  /** How long after its start a task may fail the load balancer's health checks before ECS replaces it. */
  readonly healthCheckGracePeriodSeconds: number;
  /**
   * Whether ECS moves tasks where the availability zones have come to hold uneven numbers of them.
   *
   * @default false
   */
  readonly rebalancesZones?: boolean;
  /** Left out: a deployment rolls, and new tasks come as old ones go. */
  readonly trafficShift?: TrafficShift;
}

/** A percentage of a small count is not exact in binary: what differs by less is meant to be whole. */
const ROUNDING = 1e-9;

/**
 * The tasks that must stay healthy: rounded **up**.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
 */
export function fewestTasks(desiredCount: number, { minimumHealthyPercent }: Deployment): number {
  return Math.max(0, Math.ceil((desiredCount * minimumHealthyPercent) / 100 - ROUNDING));
}

/** The tasks that may run at once: rounded **down**. */
export function mostTasks(desiredCount: number, { maximumPercent }: Deployment): number {
  return Math.floor((desiredCount * maximumPercent) / 100 + ROUNDING);
}

const FEWEST_FAILURES = 3;
const MOST_FAILURES = 200;

/**
 * The failed tasks after which the circuit breaker gives a deployment up: half of the desired count, from 3 to 200.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function circuitBreakerThreshold(desiredCount: number): number {
  return Math.min(MOST_FAILURES, Math.max(FEWEST_FAILURES, Math.ceil(0.5 * desiredCount)));
}

/** Returns one sentence for each rule of ECS that the deployment breaks. */
export function deploymentMistakes(deployment: Deployment): string[] {
  const { minimumHealthyPercent, maximumPercent, healthCheckGracePeriodSeconds, trafficShift } = deployment;
  return [
    ...(trafficShift === undefined ? [] : trafficShiftMistakes(trafficShift)),
    ...whole('minimum healthy percent', minimumHealthyPercent, 0),
    ...whole('maximum percent', maximumPercent, 100),
    ...whole('health check grace period', healthCheckGracePeriodSeconds, 0),
    // ECS could neither stop a task nor start one.
    ...(minimumHealthyPercent >= 100 && maximumPercent === 100 && trafficShift === undefined
      ? [`maximum percent must be above 100 where minimum healthy percent is ${minimumHealthyPercent}, got 100`]
      : []),
  ];
}

function whole(name: string, value: number, least: number): string[] {
  return Number.isInteger(value) && value >= least ? [] : [`${name} must be a whole number of at least ${least}, got ${value}`];
}
