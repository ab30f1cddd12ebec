import { type ValidationError, validationError } from '../parse/validation-error';
import { AWS_DEFAULTS } from './default-plan';

/** The CPU architectures of Fargate. */
export const ARCHITECTURES = ['X86_64', 'ARM64'] as const;

/** What a service is billed for besides its tasks, and what the price of a task depends on. */
export interface Infrastructure {
  readonly architecture: (typeof ARCHITECTURES)[number];
  /** The share of the tasks that run on Fargate Spot, from 0 to 1. */
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
  /** Alarms in the template. Application Auto Scaling adds alarms for its target-tracking policies. */
  readonly alarms: number;
  /** The number of those alarms with a period below one minute. */
  readonly highResolutionAlarms: number;
  /** Metrics that ECS publishes every 20 seconds instead of every minute. */
  readonly highResolutionMetrics: number;
  readonly containerInsights: 'disabled' | 'enabled' | 'enhanced';
}

/** An internet-facing load balancer in two Availability Zones, and nothing else that is billed. */
export const DEFAULT_INFRASTRUCTURE: Infrastructure = {
  architecture: 'X86_64',
  spotShare: 0,
  ephemeralStorageGiB: AWS_DEFAULTS.ephemeralStorageGiB,
  loadBalancerNodes: 2,
  isInternetFacing: true,
  hasPublicTasks: false,
  listenerRules: 0,
  natGateways: 0,
  interfaceEndpoints: 0,
  alarms: 0,
  highResolutionAlarms: 0,
  highResolutionMetrics: 0,
  containerInsights: 'disabled',
};

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html */
const MIN_STORAGE_GIB = AWS_DEFAULTS.ephemeralStorageGiB;
const MAX_STORAGE_GIB = 200;

/** Returns an error for each number that is out of range. */
export function infrastructureErrors(infrastructure: Infrastructure): ValidationError[] {
  const { spotShare, ephemeralStorageGiB, loadBalancerNodes } = infrastructure;
  return [
    ...(spotShare >= 0 && spotShare <= 1 ? [] : [validationError('spotShare', 'be from 0 to 1', spotShare)]),
    ...(ephemeralStorageGiB >= MIN_STORAGE_GIB && ephemeralStorageGiB <= MAX_STORAGE_GIB
      ? []
      : [validationError('ephemeralStorageGiB', `be from ${MIN_STORAGE_GIB} to ${MAX_STORAGE_GIB}`, ephemeralStorageGiB)]),
    ...countErrors('loadBalancerNodes', loadBalancerNodes, 1),
    ...countErrors('listenerRules', infrastructure.listenerRules),
    ...countErrors('natGateways', infrastructure.natGateways),
    ...countErrors('interfaceEndpoints', infrastructure.interfaceEndpoints),
    ...countErrors('alarms', infrastructure.alarms),
    ...countErrors('highResolutionAlarms', infrastructure.highResolutionAlarms),
    ...countErrors('highResolutionMetrics', infrastructure.highResolutionMetrics),
  ];
}

function countErrors(name: string, value: number, min = 0): ValidationError[] {
  return Number.isInteger(value) && value >= min ? [] : [validationError(name, `be a whole number of at least ${min}`, value)];
}
