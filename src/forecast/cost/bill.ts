import { AWS_DEFAULTS } from '../../plan/default-plan';
import type { Infrastructure } from '../../plan/infrastructure';
import { isHighResolution } from '../../plan/metric';
import type { Plan } from '../../plan/plan';
import { vcpuOf } from '../../plan/task-size';
import { HOURS_PER_MONTH, type Prices } from './prices';
import type { Usage } from './usage';

/** What a bill is made of, in the order in which it is read. */
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

/** What a service costs in a month. Every part is there, also one that costs nothing. */
export interface Bill {
  readonly dollars: number;
  readonly parts: readonly BillPart[];
}

/** What the load does not say. */
export interface OutboundData {
  /** What tasks send and fetch through NAT gateways, or else through interface endpoints. */
  readonly gigabytesPerMonth: number;
}

/** Writes the bill of a month. */
export function billOf(plan: Plan, usage: Usage, prices: Prices, outbound: OutboundData): Bill {
  const parts = [...taskParts(plan, usage, prices), ...networkParts(plan, usage, prices, outbound), ...watchParts(plan, usage, prices)];
  return { dollars: parts.reduce((sum, part) => sum + part.dollars, 0), parts };
}

/** One task for an hour, without storage beyond what each has. */
function taskHourDollars({ task, infrastructure }: Pick<Plan, 'task' | 'infrastructure'>, prices: Prices): number {
  const { architecture, spotShare } = infrastructure;
  const onDemand = vcpuOf(task) * prices.vcpuHour[architecture] + (task.memoryMiB / 1024) * prices.memoryGigabyteHour[architecture];
  return onDemand * (1 - spotShare * (1 - prices.spotPriceShare));
}

function taskParts(plan: Plan, { taskHours }: Usage, prices: Prices): BillPart[] {
  const storage = Math.max(0, plan.infrastructure.ephemeralStorageGiB - AWS_DEFAULTS.ephemeralStorageGiB);
  return [
    { name: 'tasks', dollars: taskHours * taskHourDollars(plan, prices) },
    { name: 'task storage', dollars: taskHours * storage * prices.storageGigabyteHour },
  ];
}

function networkParts({ infrastructure }: Plan, usage: Usage, prices: Prices, outbound: OutboundData): BillPart[] {
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
    { name: 'data to the Internet', dollars: isInternetFacing ? usage.answeredGigabytes * prices.outboundGigabyte : 0 },
  ];
}

function publicAddressHours(infrastructure: Infrastructure, { taskHours }: Usage): number {
  const nodes = infrastructure.isInternetFacing ? infrastructure.loadBalancerNodes : 0;
  return (nodes + infrastructure.natGateways) * HOURS_PER_MONTH + (infrastructure.hasPublicTasks ? taskHours : 0);
}

/** A target-tracking policy has one alarm for adding and one for taking away. */
const ALARMS_PER_POLICY = 2;

/** Metrics of one cluster, one service and one task definition (https://aws.amazon.com/cloudwatch/pricing, example of ECS). */
const CONTAINER_INSIGHTS_METRICS = 8 + 11 + 6;

/** With enhanced observability each task and its container are watched too: about so many metrics, by the list of those that there are. */
const ENHANCED_METRICS_PER_TASK = 25;

function watchParts({ policy, infrastructure }: Plan, { taskHours }: Usage, prices: Prices): BillPart[] {
  const alarms = policy.targetTracking.map(({ metric }) =>
    isHighResolution(metric) ? prices.highResolutionAlarmMonth : prices.alarmMonth,
  );
  const insights = {
    disabled: 0,
    enabled: CONTAINER_INSIGHTS_METRICS * prices.metricMonth,
    enhanced: (CONTAINER_INSIGHTS_METRICS + (ENHANCED_METRICS_PER_TASK * taskHours) / HOURS_PER_MONTH) * prices.enhancedMetricMonth,
  };
  const standard = infrastructure.alarms - infrastructure.highResolutionAlarms;
  const ofPolicies = ALARMS_PER_POLICY * alarms.reduce((sum, price) => sum + price, 0);
  return [
    {
      name: 'alarms',
      dollars: ofPolicies + standard * prices.alarmMonth + infrastructure.highResolutionAlarms * prices.highResolutionAlarmMonth,
    },
    {
      name: 'metrics',
      dollars: infrastructure.highResolutionMetrics * prices.metricMonth + insights[infrastructure.containerInsights],
    },
  ];
}
