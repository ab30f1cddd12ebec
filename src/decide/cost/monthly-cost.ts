import { throwIfAny } from '../../parse/input-error';
import { baselineVcpu } from '../../plan/cpu-credits';
import { neededInstances } from '../../plan/instance-capacity';
import type { Plan } from '../../plan/service-plan';
import { vcpuOf } from '../../plan/task-size';
import type { Outcome } from '../../run/outcome';
import type { Scenario } from '../../run/scenario';
import { type Bill, billOf } from './bill';
import { INSTANCE_HOUR, INSTANCE_PRICES_AS_OF, INSTANCE_SPOT_AS_OF, INSTANCE_SPOT_DISCOUNT_PERCENT } from './instance-prices';
import { HOURS_PER_MONTH, type Prices, priceErrors, type SpotDiscountPercent, US_EAST_1_PRICES } from './prices';
import { idleUsage, type Usage, usageAtPeak, usageOfRun } from './usage';

/** What the cost depends on besides the scenario. */
export interface CostOptions {
  /**
   * @default - prices of us-east-1
   */
  readonly prices?: Prices;
  /**
   * Data that tasks send and receive through NAT gateways or interface endpoints: images, logs, calls to other services.
   *
   * @default 0
   */
  readonly outboundGigabytesPerMonth?: number;
}

/** What a service costs in a month of 730 hours. */
export interface MonthlyCost {
  /** The minimum capacity all the time, without requests, and with the largest discount of Spot. */
  readonly minimum: Bill;
  /** A month in which the outcome repeats, with the expected discount of Spot. */
  readonly expected: Bill;
  /**
   * The maximum capacity all the time, under the load of the busiest minute, and with the smallest discount of Spot. More than `maxCapacity` tasks are billed if the
   * outcome has more on average: tasks that drain or are replaced run beside the desired ones.
   */
  readonly maximum: Bill;
  /** How the cost of interface endpoints compares with NAT gateways, as texts; empty if the tasks use neither. */
  readonly natVersusEndpoints: readonly string[];
  /** What the bills assume of the account and of AWS, as texts; empty if nothing of it is billed. */
  readonly assumptions: readonly string[];
  /** The region and date of the prices. */
  readonly prices: Pick<Prices, 'region' | 'asOf'>;
}

/**
 * Computes what a scenario costs in a month, with its minimum and maximum.
 *
 * Not included: logs, traces, the web ACL, data between Availability Zones, taxes and discounts; the data of request
 * bodies (the LCUs count response data only).
 *
 * @throws InputError for prices or data below 0.
 */
export function monthlyCost(scenario: Pick<Scenario, 'plan' | 'workload'>, outcome: Outcome, options: CostOptions = {}): MonthlyCost {
  const { prices = US_EAST_1_PRICES, outboundGigabytesPerMonth: gigabytesPerMonth = 0 } = options;
  throwIfAny([...priceErrors(prices), ...outboundErrors(gigabytesPerMonth)]);
  const { plan } = scenario;
  const { minCapacity, maxCapacity } = plan.policy;
  const mostTasks = Math.max(maxCapacity, meanTasks(outcome));
  const bill = (usage: Usage, spotDiscount: keyof SpotDiscountPercent): Bill =>
    billOf(plan, usage, prices, { gigabytesPerMonth, spotDiscount });
  return {
    minimum: bill({ ...idleUsage(plan.infrastructure, minCapacity), ...instanceHoursOf(plan, minCapacity) }, 'max'),
    expected: bill(usageOfRun(scenario, outcome), 'expected'),
    maximum: bill(
      { ...usageAtPeak(scenario, outcome, mostTasks), ...instanceHoursOf(plan, mostTasks), ...surplusAtPeak(plan, outcome, mostTasks) },
      'min',
    ),
    natVersusEndpoints: outboundPathsOf(plan, prices),
    assumptions: [...instanceAssumptions(plan, prices), ...spotAssumptions(plan, prices), ...dashboardAssumptions(plan, prices)],
    prices: { region: prices.region, asOf: prices.asOf },
  };
}

/** The instances that a number of tasks of ECS needs all the time. */
function instanceHoursOf({ capacity }: Plan, tasks: number): Pick<Usage, 'instanceHours'> {
  if (capacity === undefined) return {};
  const instances = Math.min(capacity.maxInstances, Math.max(capacity.minInstances, neededInstances(capacity, tasks)));
  return { instanceHours: instances * HOURS_PER_MONTH };
}

/** What instances in unlimited mode use above their baseline in the busiest minute, all the time. */
function surplusAtPeak({ instances, task }: Plan, { timeline }: Outcome, tasks: number): Pick<Usage, 'surplusVcpuHours'> {
  const { credits } = instances ?? {};
  if (credits?.mode !== 'unlimited') return {};
  const busiestPercent = Math.max(0, ...timeline.map((row) => row.cpuUtilizationPercent ?? 0));
  const surplusVcpu = Math.max(0, (busiestPercent / 100) * vcpuOf(task) - baselineVcpu(credits));
  return { surplusVcpuHours: surplusVcpu * tasks * HOURS_PER_MONTH };
}

function instanceAssumptions({ instances, capacity }: Plan, prices: Prices): string[] {
  const type = instances?.type ?? capacity?.type;
  if (type === undefined) return [];
  const asOf = `the prices of EC2 instances are those of ${INSTANCE_PRICES_AS_OF}`;
  const warm = instances?.warmPool === undefined ? [] : [WARM_POOL[instances.warmPool.state]];
  const price = prices.instanceHour[type];
  // a price of the caller has the date of the caller.
  if (price !== undefined) return [...(price === INSTANCE_HOUR[type] ? [asOf] : []), ...warm];
  const instead =
    capacity === undefined ? 'it costs as much as a Fargate task of the same size' : 'it is left out: give it in instanceHour';
  return [`the price of ${type} is not known here, and ${instead}`, ...warm];
}

const STOPPED_POOL = 'the instances of the warm pool wait stopped, and their volumes are not counted';

const WARM_POOL = {
  Stopped: STOPPED_POOL,
  Hibernated: STOPPED_POOL,
  Running: 'the instances of the warm pool are not counted, although they run and are billed',
} as const;

function spotAssumptions({ infrastructure: { spotShare, spotBase }, instances }: Plan, prices: Prices): string[] {
  if (spotShare === 0 && spotBase === 0) return [];
  const { spotDiscountPercent, instanceSpotDiscountPercent } = prices;
  const discounts = instances === undefined ? spotDiscountPercent : instanceSpotDiscountPercent;
  const what = instances === undefined ? 'Fargate Spot is' : 'Spot Instances are';
  // discounts of the caller have the date of the caller.
  const asOf = discounts === INSTANCE_SPOT_DISCOUNT_PERCENT ? `, as published in ${INSTANCE_SPOT_AS_OF}` : '';
  const { min, expected, max } = discounts;
  return [`${what} ${max} % cheaper in the cheapest month, ${expected} % in this one and ${min} % in the most expensive one${asOf}`];
}

function dashboardAssumptions({ infrastructure: { dashboards } }: Plan, { freeDashboards }: Prices): string[] {
  if (dashboards === 0 || freeDashboards === 0) return [];
  return [`the first ${freeDashboards} dashboards of an account are free, and this is the only stack of the account that has any`];
}

/** The endpoints that replace a NAT gateway for images and logs: two of ECR, and CloudWatch Logs. */
const ENDPOINTS_PER_ZONE = 3;

/** The endpoints of the plan, or those that would be enough, compared with one NAT gateway and with one in each zone. */
function outboundPathsOf({ infrastructure, zoneCount }: Plan, prices: Prices): string[] {
  if (infrastructure.natGateways + infrastructure.interfaceEndpoints === 0) return [];
  const interfaceEndpoints = infrastructure.interfaceEndpoints || ENDPOINTS_PER_ZONE * zoneCount;
  const gateways = [...new Set([1, zoneCount])];
  return gateways.map((natGateways) => formatOutboundCosts({ natGateways, interfaceEndpoints, gigabytesPerMonth: 0 }, prices));
}

/** The tasks that are billed, on average. */
function meanTasks({ totals, timeline }: Outcome): number {
  const seconds = timeline.at(-1)?.atSeconds ?? 0;
  return seconds > 0 ? (totals.taskHours * 3600) / seconds : 0;
}

function outboundErrors(gigabytes: number): string[] {
  return gigabytes >= 0 && Number.isFinite(gigabytes) ? [] : [`outboundGigabytesPerMonth must be at least 0, got ${gigabytes}`];
}

/** Two kinds of outbound access of a private network, for the same data. */
export interface OutboundPaths {
  readonly natGateways: number;
  /** Interface endpoints, counted in each zone. */
  readonly interfaceEndpoints: number;
  readonly gigabytesPerMonth: number;
}

/** What each of them costs in a month. */
export interface OutboundCost {
  readonly natDollars: number;
  readonly endpointDollars: number;
  /** The data per month from which the endpoints cost less; 0 if they always do, infinite if they never do. */
  readonly breakEvenGigabytes: number;
}

/**
 * Compares NAT gateways with interface endpoints.
 *
 * The public address of a gateway is not included: a bill lists it under public addresses.
 */
export function compareOutboundPaths(paths: OutboundPaths, prices: Prices): OutboundCost {
  const natFixedDollars = paths.natGateways * prices.natGatewayHour * HOURS_PER_MONTH;
  const endpointFixedDollars = paths.interfaceEndpoints * prices.endpointHour * HOURS_PER_MONTH;
  return {
    natDollars: natFixedDollars + paths.gigabytesPerMonth * prices.natGigabyte,
    endpointDollars: endpointFixedDollars + paths.gigabytesPerMonth * prices.endpointGigabyte,
    breakEvenGigabytes: breakEvenGigabytesOf(endpointFixedDollars - natFixedDollars, prices.natGigabyte - prices.endpointGigabyte),
  };
}

function breakEvenGigabytesOf(extraFixedDollarsPerMonth: number, savedGigabyteDollars: number): number {
  if (extraFixedDollarsPerMonth <= 0) return 0;
  return savedGigabyteDollars > 0 ? extraFixedDollarsPerMonth / savedGigabyteDollars : Number.POSITIVE_INFINITY;
}

/** Describes from which amount of data the endpoints cost less. */
export function formatOutboundCosts(paths: OutboundPaths, prices: Prices): string {
  const { breakEvenGigabytes } = compareOutboundPaths(paths, prices);
  const names = `${paths.interfaceEndpoints} interface endpoints`;
  const nat = paths.natGateways === 1 ? 'one NAT gateway' : `${paths.natGateways} NAT gateways`;
  if (breakEvenGigabytes === 0) return `${names} always cost less than ${nat}`;
  if (!Number.isFinite(breakEvenGigabytes)) return `${names} always cost more than ${nat}`;
  return `${names} cost less than ${nat} from ${Math.ceil(breakEvenGigabytes)} GB a month on`;
}
