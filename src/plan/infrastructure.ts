import { type ValidationError, validationError } from '../parse/validation-error';
import { AWS_DEFAULTS } from './default-plan';

/** The CPU architectures of Fargate. */
export const ARCHITECTURES = ['X86_64', 'ARM64'] as const;

/** What a service is billed for besides its tasks, and what the price of a task depends on. */
export interface Infrastructure {
  readonly architecture: (typeof ARCHITECTURES)[number];
  /** The base of the capacity providers other than Fargate Spot: so many tasks, the first ones, never run on Spot. */
  readonly onDemandBase: number;
  /** The base of Fargate Spot: so many tasks, the first ones, always run on Spot. AWS allows one of the two bases. */
  readonly spotBase: number;
  /** The share of Fargate Spot of the tasks above the base, by the weights of the capacity providers, from 0 to 1. */
  readonly spotShare: number;
  /** The ephemeral storage of each task, from 20 to 200. Fargate bills the part above 20. */
  readonly ephemeralStorageGiB: number;
  /** One for each Availability Zone of the load balancer. AWS may add more under heavy load. */
  readonly loadBalancerNodes: number;
  /** Whether each of those nodes has a public address. */
  readonly isInternetFacing: boolean;
  /** Whether each task has a public address. */
  readonly hasPublicTasks: boolean;
  /** Rules of the listeners besides their default actions. */
  readonly listenerRules: number;
  readonly natGateways: number;
  /** Interface endpoints, each times its Availability Zones. Gateway endpoints are free. */
  readonly interfaceEndpoints: number;
  /**
   * The metrics that the alarms of the template watch, and those of target-tracking policies that are not simulated: an alarm is billed for
   * each of its metrics. Application Auto Scaling adds the alarms of the policies of the plan.
   */
  readonly alarmMetrics: number;
  /** The part of those metrics that belongs to alarms with a period below one minute. */
  readonly highResolutionAlarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  /** Metrics that ECS publishes every 20 seconds instead of every minute. */
  readonly highResolutionMetrics: number;
  readonly containerInsights: 'disabled' | 'enabled' | 'enhanced';
}

/** An internet-facing load balancer in two Availability Zones, and nothing else that is billed. */
export const DEFAULT_INFRASTRUCTURE: Infrastructure = {
  architecture: 'X86_64',
  onDemandBase: 0,
  spotBase: 0,
  spotShare: 0,
  ephemeralStorageGiB: AWS_DEFAULTS.ephemeralStorageGiB,
  loadBalancerNodes: 2,
  isInternetFacing: true,
  hasPublicTasks: false,
  listenerRules: 0,
  natGateways: 0,
  interfaceEndpoints: 0,
  alarmMetrics: 0,
  highResolutionAlarmMetrics: 0,
  compositeAlarms: 0,
  dashboards: 0,
  highResolutionMetrics: 0,
  containerInsights: 'disabled',
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html */
const MIN_STORAGE_GIB = AWS_DEFAULTS.ephemeralStorageGiB;
const MAX_STORAGE_GIB = 200;

/** The numbers that may be any whole number from 0. */
const COUNTS = [
  'onDemandBase',
  'spotBase',
  'listenerRules',
  'natGateways',
  'interfaceEndpoints',
  'alarmMetrics',
  'highResolutionAlarmMetrics',
  'compositeAlarms',
  'dashboards',
  'highResolutionMetrics',
] as const satisfies readonly (keyof Infrastructure)[];

/** Returns an error for each number that is out of range. */
export function infrastructureErrors(infrastructure: Infrastructure): ValidationError[] {
  const { spotShare, ephemeralStorageGiB, loadBalancerNodes } = infrastructure;
  return [
    ...(spotShare >= 0 && spotShare <= 1 ? [] : [validationError('spotShare', 'be from 0 to 1', spotShare)]),
    ...(ephemeralStorageGiB >= MIN_STORAGE_GIB && ephemeralStorageGiB <= MAX_STORAGE_GIB
      ? []
      : [validationError('ephemeralStorageGiB', `be from ${MIN_STORAGE_GIB} to ${MAX_STORAGE_GIB}`, ephemeralStorageGiB)]),
    ...countErrors('loadBalancerNodes', loadBalancerNodes, 1),
    ...COUNTS.flatMap((name) => countErrors(name, infrastructure[name])),
  ];
}

function countErrors(name: string, value: number, min = 0): ValidationError[] {
  return Number.isInteger(value) && value >= min ? [] : [validationError(name, `be a whole number of at least ${min}`, value)];
}

/**
 * How many of a number of tasks run on Fargate Spot, where the strategy of the capacity providers holds: first the base, then by weight. AWS
 * does not document how it rounds, so the result may have a fraction.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export function spotTasksOf({ onDemandBase, spotBase, spotShare }: Infrastructure, tasks: number): number {
  return Math.min(tasks, spotBase) + Math.max(0, tasks - onDemandBase - spotBase) * spotShare;
}
