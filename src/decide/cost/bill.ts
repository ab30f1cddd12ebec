import { isHighResolution } from '../../metrics/metric';
import { AWS_DEFAULTS } from '../../plan/default-plan';
import type { Infrastructure } from '../../plan/infrastructure';
import type { Plan } from '../../plan/service-plan';
import { ALARMS_PER_TARGET_TRACKING } from '../../plan/target-tracking';
import { vcpuOf } from '../../plan/task-size';
import { HOURS_PER_MONTH, type Prices, type SpotDiscountPercent } from './prices';
import type { Usage } from './usage';

/** The parts of a bill, in the order in which they are printed. */
export type BillPartName =
  | 'tasks'
  | 'task storage'
  | 'CPU credits'
  | 'load balancer'
  | 'load balancer capacity'
  | 'public addresses'
  | 'NAT gateways'
  | 'interface endpoints'
  | 'alarms'
  | 'metrics'
  | 'dashboards'
  | 'data to the Internet';

export interface BillPart {
  readonly name: BillPartName;
  readonly dollars: number;
}

/** What a service costs in a month. A part that costs nothing is listed as well. */
export interface Bill {
  readonly dollars: number;
  readonly parts: readonly BillPart[];
}

/** What a bill depends on besides the plan, its usage and the prices. */
export interface BillTerms {
  /** Which discount Spot has. */
  readonly spotDiscount: keyof SpotDiscountPercent;
  /** Data that tasks send and receive through NAT gateways, or through interface endpoints if there is no gateway. */
  readonly gigabytesPerMonth: number;
}

/** Computes the bill of a month. */
export function billOf(plan: Plan, usage: Usage, prices: Prices, terms: BillTerms): Bill {
  const parts = [
    ...taskParts(plan, usage, prices, terms),
    ...networkParts(plan, usage, prices, terms),
    ...monitoringParts(plan, usage, prices),
  ];
  return { dollars: parts.reduce((sum, part) => sum + part.dollars, 0), parts };
}

/**
 * The price of one task on demand for an hour, without additional ephemeral storage. An instance of a type without a price costs as much as a Fargate task of
 * its size.
 */
function dollarsPerTaskHour(
  { task, infrastructure, instances }: Pick<Plan, 'task' | 'infrastructure' | 'instances'>,
  prices: Prices,
): number {
  const instanceHour = instances && prices.instanceHour[instances.type];
  if (instanceHour !== undefined) return instanceHour;
  const { architecture } = infrastructure;
  return vcpuOf(task) * prices.vcpuHour[architecture] + (task.memoryMiB / 1024) * prices.memoryGigabyteHour[architecture];
}

/** Ephemeral storage has no discount on Spot. */
function taskParts(plan: Plan, usage: Usage, prices: Prices, { spotDiscount }: BillTerms): BillPart[] {
  if (plan.instances !== undefined || plan.capacity !== undefined) return instanceParts(plan, usage, prices, spotDiscount);
  const { taskHours, spotTaskHours } = usage;
  const storage = Math.max(0, plan.infrastructure.ephemeralStorageGiB - AWS_DEFAULTS.ephemeralStorageGiB);
  const discountedHours = (spotTaskHours * prices.spotDiscountPercent[spotDiscount]) / 100;
  return [
    { name: 'tasks', dollars: (taskHours - discountedHours) * dollarsPerTaskHour(plan, prices) },
    { name: 'task storage', dollars: taskHours * storage * prices.storageGigabyteHour },
  ];
}

/** Instances of a group, each in place of a task, or those that the tasks of ECS run on. */
function instanceParts(plan: Plan, usage: Usage, prices: Prices, spotDiscount: BillTerms['spotDiscount']): BillPart[] {
  const { instances, capacity, infrastructure } = plan;
  const hours = capacity === undefined ? usage.taskHours : (usage.instanceHours ?? 0);
  const discountedHours = capacity === undefined ? (usage.spotTaskHours * prices.instanceSpotDiscountPercent[spotDiscount]) / 100 : 0;
  const hour = capacity === undefined ? dollarsPerTaskHour(plan, prices) : (prices.instanceHour[capacity.type] ?? 0);
  const volumeGiB = (capacity ?? instances)!.volumeGiB;
  const surplusVcpuHours = usage.surplusVcpuHours ?? 0;
  return [
    { name: 'tasks', dollars: (hours - discountedHours) * hour },
    { name: 'task storage', dollars: (hours / HOURS_PER_MONTH) * volumeGiB * prices.volumeGigabyteMonth },
    ...(instances?.credits === undefined
      ? []
      : [{ name: 'CPU credits' as const, dollars: surplusVcpuHours * prices.surplusVcpuHour[infrastructure.architecture] }]),
  ];
}

/** The metrics of an instance with detailed monitoring (https://aws.amazon.com/cloudwatch/pricing). */
const DETAILED_METRICS_PER_INSTANCE = 7;

function networkParts({ infrastructure }: Plan, usage: Usage, prices: Prices, { gigabytesPerMonth }: BillTerms): BillPart[] {
  const { natGateways, interfaceEndpoints, isInternetFacing } = infrastructure;
  const throughNat = natGateways > 0 ? gigabytesPerMonth : 0;
  const throughEndpoints = natGateways === 0 && interfaceEndpoints > 0 ? gigabytesPerMonth : 0;
  return [
    { name: 'load balancer', dollars: HOURS_PER_MONTH * prices.loadBalancerHour },
    { name: 'load balancer capacity', dollars: usage.capacityUnitHours * prices.capacityUnitHour },
    { name: 'public addresses', dollars: publicAddressHours(infrastructure, usage) * prices.publicAddressHour },
    { name: 'NAT gateways', dollars: natGateways * HOURS_PER_MONTH * prices.natGatewayHour + throughNat * prices.natGigabyte },
    {
      name: 'interface endpoints',
      dollars: interfaceEndpoints * HOURS_PER_MONTH * prices.endpointHour + throughEndpoints * prices.endpointGigabyte,
    },
    { name: 'data to the Internet', dollars: isInternetFacing ? usage.responseGigabytes * prices.outboundGigabyte : 0 },
  ];
}

function publicAddressHours(infrastructure: Infrastructure, { taskHours }: Usage): number {
  const nodes = infrastructure.isInternetFacing ? infrastructure.loadBalancerNodes : 0;
  return (nodes + infrastructure.natGateways) * HOURS_PER_MONTH + (infrastructure.hasPublicTasks ? taskHours : 0);
}

/** Metrics of one cluster, one service and one task definition (https://aws.amazon.com/cloudwatch/pricing, example of ECS). */
const CONTAINER_INSIGHTS_METRICS = 8 + 11 + 6;

/** Enhanced observability adds metrics of each task and its container: about this many, counted in the list of metrics. */
const ENHANCED_METRICS_PER_TASK = 25;

function monitoringParts(plan: Plan, { taskHours }: Usage, prices: Prices): BillPart[] {
  const { highResolutionMetrics, containerInsights, dashboards } = plan.infrastructure;
  const isDetailed = plan.instances !== undefined && plan.policy.cpuReportSeconds === 60;
  const detailedMetrics = isDetailed ? (DETAILED_METRICS_PER_INSTANCE * taskHours) / HOURS_PER_MONTH : 0;
  const insights = {
    disabled: 0,
    enabled: CONTAINER_INSIGHTS_METRICS * prices.metricMonth,
    enhanced: (CONTAINER_INSIGHTS_METRICS + (ENHANCED_METRICS_PER_TASK * taskHours) / HOURS_PER_MONTH) * prices.enhancedMetricMonth,
  };
  return [
    { name: 'alarms', dollars: alarmDollars(plan, prices) },
    { name: 'metrics', dollars: (highResolutionMetrics + detailedMetrics) * prices.metricMonth + insights[containerInsights] },
    { name: 'dashboards', dollars: Math.max(0, dashboards - prices.freeDashboards) * prices.dashboardMonth },
  ];
}

/** The alarms of the template and those that AWS creates for target-tracking policies, by their metrics; a composite alarm has its own price. */
function alarmDollars({ policy, infrastructure }: Plan, prices: Prices): number {
  const { alarmMetrics, highResolutionAlarmMetrics, compositeAlarms } = infrastructure;
  const policyAlarmDollars = policy.targetTracking.reduce((sum, { metric, metricsPerAlarm = 1 }) => {
    const price = isHighResolution(metric) ? prices.highResolutionAlarmMonth : prices.alarmMonth;
    return sum + ALARMS_PER_TARGET_TRACKING * metricsPerAlarm * price;
  }, 0);
  return (
    policyAlarmDollars +
    (alarmMetrics - highResolutionAlarmMetrics) * prices.alarmMonth +
    highResolutionAlarmMetrics * prices.highResolutionAlarmMonth +
    compositeAlarms * prices.compositeAlarmMonth
  );
}
