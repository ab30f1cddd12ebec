import { AWS_DEFAULTS } from './default-plan';

/** The processors that Fargate offers, in AWS's own spelling. */
export const ARCHITECTURES = ['X86_64', 'ARM64'] as const;

/** What a service is billed for besides the hours of its tasks, and what decides the price of those. */
export interface Infrastructure {
  readonly architecture: (typeof ARCHITECTURES)[number];
  /** The share of the tasks that run on Fargate Spot, from 0 to 1. */
  readonly spotShare: number;
  /** The disk of each task, from 20 to 200; Fargate bills what is above 20. */
  readonly ephemeralStorageGiB: number;
  /** One for each zone that the load balancer stands in; AWS may add more under a heavy load. */
  readonly loadBalancerNodes: number;
  /** Whether each of those nodes has a public address. */
  readonly isInternetFacing: boolean;
  /** Whether each task has a public address. */
  readonly hasPublicTasks: boolean;
  /** Rules of the listeners besides their default actions. */
  readonly listenerRules: number;
  readonly natGateways: number;
  /** Interface endpoints, each times the zones that it stands in. Gateway endpoints cost nothing. */
  readonly interfaceEndpoints: number;
  /** Alarms that the template states. Those that Application Auto Scaling makes for its policies come on top. */
  readonly alarms: number;
  /** Those of them that look more often than once a minute. */
  readonly highResolutionAlarms: number;
  /** Metrics that ECS publishes every 20 seconds instead of every minute. */
  readonly highResolutionMetrics: number;
  readonly containerInsights: 'disabled' | 'enabled' | 'enhanced';
}

/** Tasks behind a load balancer that faces the Internet from two zones, and nothing else that costs. */
export const PLAIN_INFRASTRUCTURE: Infrastructure = {
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
const LEAST_STORAGE_GIB = AWS_DEFAULTS.ephemeralStorageGiB;
const MOST_STORAGE_GIB = 200;

/** Returns one sentence for each number that no infrastructure can have. */
export function infrastructureMistakes(infrastructure: Infrastructure): string[] {
  const { spotShare, ephemeralStorageGiB, loadBalancerNodes } = infrastructure;
  return [
    ...(spotShare >= 0 && spotShare <= 1 ? [] : [`spotShare must be from 0 to 1, got ${spotShare}`]),
    ...(ephemeralStorageGiB >= LEAST_STORAGE_GIB && ephemeralStorageGiB <= MOST_STORAGE_GIB
      ? []
      : [`ephemeralStorageGiB must be from ${LEAST_STORAGE_GIB} to ${MOST_STORAGE_GIB}, got ${ephemeralStorageGiB}`]),
    ...counted('loadBalancerNodes', loadBalancerNodes, 1),
    ...counted('listenerRules', infrastructure.listenerRules),
    ...counted('natGateways', infrastructure.natGateways),
    ...counted('interfaceEndpoints', infrastructure.interfaceEndpoints),
    ...counted('alarms', infrastructure.alarms),
    ...counted('highResolutionAlarms', infrastructure.highResolutionAlarms),
    ...counted('highResolutionMetrics', infrastructure.highResolutionMetrics),
  ];
}

function counted(name: string, value: number, least = 0): string[] {
  return Number.isInteger(value) && value >= least ? [] : [`${name} must be a whole number of at least ${least}, got ${value}`];
}
