import type { Infrastructure } from '../../plan/infrastructure';
import { INSTANCE_HOUR, INSTANCE_SPOT_DISCOUNT_PERCENT } from './instance-prices';

/** The prices of AWS, in dollars. Every number can be replaced: `{ ...US_EAST_1_PRICES, natGatewayHour: 0.052 }`. */
export interface Prices {
  readonly region: string;
  /** The day on which the prices were looked up, as year-month-day. */
  readonly asOf: string;
  readonly vcpuHour: Readonly<Record<Infrastructure['architecture'], number>>;
  readonly memoryGigabyteHour: Readonly<Record<Infrastructure['architecture'], number>>;
  /** How much less vCPU and memory cost on Fargate Spot than on demand, in percent. It varies. */
  readonly spotDiscountPercent: SpotDiscountPercent;
  /** How much less an EC2 Spot Instance costs than on demand, in percent. It varies with type, zone and time. */
  readonly instanceSpotDiscountPercent: SpotDiscountPercent;
  /** An EC2 instance, by its type. */
  readonly instanceHour: Readonly<Record<string, number>>;
  /** A vCPU-hour of surplus CPU credits of a burstable instance. */
  readonly surplusVcpuHour: Readonly<Record<Infrastructure['architecture'], number>>;
  /** A volume of an instance (gp3). */
  readonly volumeGigabyteMonth: number;
  /** Ephemeral storage beyond 20 GiB. */
  readonly storageGigabyteHour: number;
  readonly loadBalancerHour: number;
  readonly capacityUnitHour: number;
  readonly natGatewayHour: number;
  readonly natGigabyte: number;
  /** One interface endpoint in one zone. */
  readonly endpointHour: number;
  readonly endpointGigabyte: number;
  readonly publicAddressHour: number;
  /** One metric of an alarm. */
  readonly alarmMonth: number;
  /** One metric of a high-resolution alarm. */
  readonly highResolutionAlarmMonth: number;
  readonly compositeAlarmMonth: number;
  readonly dashboardMonth: number;
  /** How many dashboards cost nothing: the free tier of an account, as far as no other service uses it. */
  readonly freeDashboards: number;
  /** A metric of Container Insights, and one with a resolution of 20 seconds. */
  readonly metricMonth: number;
  /** A metric of Container Insights with enhanced observability. */
  readonly enhancedMetricMonth: number;
  /** To the Internet. */
  readonly outboundGigabyte: number;
}

/** The smallest, the expected and the largest discount. */
export interface SpotDiscountPercent {
  readonly min: number;
  readonly expected: number;
  readonly max: number;
}

/**
 * On-demand prices of N. Virginia, without savings plan, and without free tier but for dashboards.
 *
 * - Tasks, storage: https://aws.amazon.com/fargate/pricing. Of Spot it says "up to a 70% discount", and no smallest one. The expected discount
 *   is the middle of the 50 to 70 % that https://fortem.dev/fargate-spot/ saw in June 2026.
 * - Instances and their Spot discount: `instance-prices.ts`, with their own dates; surplus CPU credits: https://aws.amazon.com/ec2/pricing/on-demand; volumes: https://aws.amazon.com/ebs/pricing.
 * - Load balancer: https://aws.amazon.com/elasticloadbalancing/pricing.
 * - NAT gateways, public addresses: https://aws.amazon.com/vpc/pricing.
 * - Interface endpoints: https://aws.amazon.com/privatelink/pricing.
 * - Alarms, metrics and dashboards: https://aws.amazon.com/cloudwatch/pricing. The first three dashboards of an account are free, with up to 50
 *   metrics each.
 * - To the Internet, the first 10 TB of a month: https://aws.amazon.com/ec2/pricing/on-demand.
 */
export const US_EAST_1_PRICES: Prices = {
  region: 'us-east-1',
  asOf: '2026-09-20',
  vcpuHour: { X86_64: 0.04048, ARM64: 0.03238 },
  memoryGigabyteHour: { X86_64: 0.004445, ARM64: 0.00356 },
  spotDiscountPercent: { min: 0, expected: 60, max: 70 },
  instanceSpotDiscountPercent: INSTANCE_SPOT_DISCOUNT_PERCENT,
  instanceHour: INSTANCE_HOUR,
  surplusVcpuHour: { X86_64: 0.05, ARM64: 0.04 },
  volumeGigabyteMonth: 0.08,
  storageGigabyteHour: 0.000111,
  loadBalancerHour: 0.0225,
  capacityUnitHour: 0.008,
  natGatewayHour: 0.045,
  natGigabyte: 0.045,
  endpointHour: 0.01,
  endpointGigabyte: 0.01,
  publicAddressHour: 0.005,
  alarmMonth: 0.1,
  highResolutionAlarmMonth: 0.3,
  compositeAlarmMonth: 0.5,
  dashboardMonth: 3,
  freeDashboards: 3,
  metricMonth: 0.3,
  enhancedMetricMonth: 0.07,
  outboundGigabyte: 0.09,
};

/** The hours of a month in AWS's price examples: 365 × 24 / 12. */
export const HOURS_PER_MONTH = 730;

/** Validates prices. */
export function priceErrors(prices: Prices): string[] {
  const { spotDiscountPercent, instanceSpotDiscountPercent, ...others } = prices;
  return [
    ...Object.entries(others).flatMap(([name, price]) => pricesErrors(name, price)),
    ...discountErrors('spotDiscountPercent', spotDiscountPercent),
    ...discountErrors('instanceSpotDiscountPercent', instanceSpotDiscountPercent),
  ];
}

function discountErrors(name: string, { min, expected, max }: SpotDiscountPercent): string[] {
  const isRange = min >= 0 && min <= expected && expected <= max && max <= 100;
  return isRange ? [] : [`${name} must be from 0 to 100, with min, expected and max in this order, got ${min}, ${expected} and ${max}`];
}

function pricesErrors(name: string, price: unknown): string[] {
  if (typeof price === 'string') return [];
  if (typeof price === 'object' && price !== null) {
    return Object.entries(price).flatMap(([architecture, each]) => pricesErrors(`${name} of ${architecture}`, each));
  }
  return Number.isFinite(price) && Number(price) >= 0 ? [] : [`${name} must be a price of at least 0, got ${price}`];
}
