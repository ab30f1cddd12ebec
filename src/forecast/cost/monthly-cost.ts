import { refuse } from '../../plan/invalid-input';
import type { Plan } from '../../plan/plan';
import type { Outcome } from '../../scenario/outcome';
import type { Scenario } from '../../scenario/scenario';
import { type Bill, billOf } from './bill';
import { waysOutInWords } from './nat-or-endpoints';
import { type Prices, priceMistakes, US_EAST_1_PRICES } from './prices';
import { idleUsage, usageAtPeak, usageLike } from './usage';

/** What a cost depends on besides the scenario. */
export interface CostOptions {
  /**
   * @default - those of N. Virginia
   */
  readonly prices?: Prices;
  /**
   * What tasks send and fetch through NAT gateways, or else through interface endpoints: images, logs, calls to other services.
   *
   * @default 0
   */
  readonly outboundGigabytesPerMonth?: number;
}

/** What a service costs in a month of 730 hours. */
export interface MonthlyCost {
  /** The fewest tasks all the time, and no requests. */
  readonly minimum: Bill;
  /** A month that is like the outcome, over and over. */
  readonly expected: Bill;
  /**
   * The most tasks all the time, under the load of the busiest minute. More than `maxCapacity` are paid for where the outcome has
   * more on average: tasks that drain, are replaced or deployed run beside those that are wanted.
   */
  readonly maximum: Bill;
  /** How interface endpoints compare with NAT gateways, in sentences; none where the tasks use neither. */
  readonly waysOut: readonly string[];
  /** Where and when these prices held. */
  readonly prices: Pick<Prices, 'region' | 'asOf'>;
}

/**
 * Says what a scenario costs in a month, and between which bounds.
 *
 * Left out: logs, traces, the firewall, data between zones, taxes and discounts; what requests carry to the service, of which the
 * load balancer bills the larger answers only.
 *
 * @throws InvalidInput for prices or data below nothing.
 */
export function monthlyCost(scenario: Pick<Scenario, 'plan' | 'workload'>, outcome: Outcome, options: CostOptions = {}): MonthlyCost {
  const { prices = US_EAST_1_PRICES, outboundGigabytesPerMonth: gigabytesPerMonth = 0 } = options;
  refuse([...priceMistakes(prices), ...outboundMistakes(gigabytesPerMonth)]);
  const { plan } = scenario;
  const { minCapacity, maxCapacity } = plan.policy;
  const bill = (usage: Parameters<typeof billOf>[1]): Bill => billOf(plan, usage, prices, { gigabytesPerMonth });
  return {
    minimum: bill(idleUsage(minCapacity)),
    expected: bill(usageLike(scenario, outcome)),
    maximum: bill(usageAtPeak(scenario, outcome, Math.max(maxCapacity, meanTasks(outcome)))),
    waysOut: waysOutOf(plan, prices),
    prices: { region: prices.region, asOf: prices.asOf },
  };
}

/** What pulls an image and writes a log without a NAT gateway: ECR twice, and CloudWatch Logs. */
const ENDPOINTS_PER_ZONE = 3;

/** Endpoints that are there, or would do, against one NAT gateway and against one in each zone. */
function waysOutOf({ infrastructure, zoneCount }: Plan, prices: Prices): string[] {
  if (infrastructure.natGateways + infrastructure.interfaceEndpoints === 0) return [];
  const interfaceEndpoints = infrastructure.interfaceEndpoints || ENDPOINTS_PER_ZONE * zoneCount;
  const gateways = [...new Set([1, zoneCount])];
  return gateways.map((natGateways) => waysOutInWords({ natGateways, interfaceEndpoints, gigabytesPerMonth: 0 }, prices));
}

/** The tasks that are paid for, on average. */
function meanTasks({ totals, timeline }: Outcome): number {
  const seconds = timeline.at(-1)?.atSeconds ?? 0;
  return seconds > 0 ? (totals.taskHours * 3600) / seconds : 0;
}

function outboundMistakes(gigabytes: number): string[] {
  return gigabytes >= 0 && Number.isFinite(gigabytes) ? [] : [`outboundGigabytesPerMonth must be at least 0, got ${gigabytes}`];
}
