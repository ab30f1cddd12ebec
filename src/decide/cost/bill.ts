import { isHighResolution } from '../../metrics/metric';
import { AWS_DEFAULTS } from '../../plan/default-plan';
import type { Infrastructure } from '../../plan/infrastructure';
import type { Plan } from '../../plan/service-plan';
import { vcpuOf } from '../../plan/task-size';
import { HOURS_PER_MONTH, type Prices } from './prices';
import type { Usage } from './usage';

/** The parts of a bill, in the order in which they are printed. */
export type BillPartName =
  | 'tasks'
  | 'task storage'
  | 'load balancer'
  | 'load balancer capacity'
  | 'public addresses'
  | 'NAT gateways'
  | 'interface endpoints'
  | 'alarms'
  | 'metrics'
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

/** Usage that does not depend on the load. */
export interface DataProcessed {
  /** Data that tasks send and receive through NAT gateways, or through interface endpoints if there is no gateway. */
  readonly gigabytesPerMonth: number;
}

/** Computes the bill of a month. */
export function billOf(plan: Plan, usage: Usage, prices: Prices, outbound: DataProcessed): Bill {
  const parts = [
    ...taskParts(plan, usage, prices),
    ...networkParts(plan, usage, prices, outbound),
    ...monitoringParts(plan, usage, prices),
  ];
  return { dollars: parts.reduce((sum, part) => sum + part.dollars, 0), parts };
}

/** The price of one task for an hour, without additional ephemeral storage. */
function dollarsPerTaskHour({ task, infrastructure }: Pick<Plan, 'task' | 'infrastructure'>, prices: Prices): number {
  const { architecture, spotShare } = infrastructure;
  const onDemand = vcpuOf(task) * prices.vcpuHour[architecture] + (task.memoryMiB / 1024) * prices.memoryGigabyteHour[architecture];
  return onDemand * (1 - spotShare * (1 - prices.spotPriceShare));
}

function taskParts(plan: Plan, { taskHours }: Usage, prices: Prices): BillPart[] {
  const storage = Math.max(0, plan.infrastructure.ephemeralStorageGiB - AWS_DEFAULTS.ephemeralStorageGiB);
  return [
    { name: 'tasks', dollars: taskHours * dollarsPerTaskHour(plan, prices) },
    { name: 'task storage', dollars: taskHours * storage * prices.storageGigabyteHour },
  ];
}

function networkParts({ infrastructure }: Plan, usage: Usage, prices: Prices, outbound: DataProcessed): BillPart[] {
  const { natGateways, interfaceEndpoints, isInternetFacing } = infrastructure;
  const throughNat = natGateways > 0 ? outbound.gigabytesPerMonth : 0;
  const throughEndpoints = natGateways === 0 && interfaceEndpoints > 0 ? outbound.gigabytesPerMonth : 0;
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

/** A target-tracking policy has one alarm to scale out and one to scale in. */
const ALARMS_PER_POLICY = 2;

/** Metrics of one cluster, one service and one task definition (https://aws.amazon.com/cloudwatch/pricing, example of ECS). */
const CONTAINER_INSIGHTS_METRICS = 8 + 11 + 6;

/** Enhanced observability adds metrics of each task and its container: about this many, counted in the list of metrics. */
const ENHANCED_METRICS_PER_TASK = 25;

function monitoringParts({ policy, infrastructure }: Plan, { taskHours }: Usage, prices: Prices): BillPart[] {
  const alarms = policy.targetTracking.map(({ metric }) =>
    isHighResolution(metric) ? prices.highResolutionAlarmMonth : prices.alarmMonth,
  );
  const insights = {
    disabled: 0,
    enabled: CONTAINER_INSIGHTS_METRICS * prices.metricMonth,
    enhanced: (CONTAINER_INSIGHTS_METRICS + (ENHANCED_METRICS_PER_TASK * taskHours) / HOURS_PER_MONTH) * prices.enhancedMetricMonth,
  };
  const standard = infrastructure.alarms - infrastructure.highResolutionAlarms;
  const policyAlarmDollars = ALARMS_PER_POLICY * alarms.reduce((sum, price) => sum + price, 0);
  return [
    {
      name: 'alarms',
      dollars: policyAlarmDollars + standard * prices.alarmMonth + infrastructure.highResolutionAlarms * prices.highResolutionAlarmMonth,
    },
    {
      name: 'metrics',
      dollars: infrastructure.highResolutionMetrics * prices.metricMonth + insights[infrastructure.containerInsights],
    },
  ];
}
