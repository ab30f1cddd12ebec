import type { Infrastructure } from '../../plan/infrastructure';

/** The prices of AWS, in dollars. Every number can be replaced: `{ ...US_EAST_1_PRICES, natGatewayHour: 0.052 }`. */
export interface Prices {
  readonly region: string;
  /** The day on which the prices were looked up, as year-month-day. */
  readonly asOf: string;
  readonly vcpuHour: Readonly<Record<Infrastructure['architecture'], number>>;
  readonly memoryGigabyteHour: Readonly<Record<Infrastructure['architecture'], number>>;
  /** The price of a Fargate Spot task as a share of the on-demand price. It varies. */
  readonly spotPriceShare: number;
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
  readonly alarmMonth: number;
  /** A high-resolution alarm. */
  readonly highResolutionAlarmMonth: number;
  /** A metric of Container Insights, and one with a resolution of 20 seconds. */
  readonly metricMonth: number;
  /** A metric of Container Insights with enhanced observability. */
  readonly enhancedMetricMonth: number;
  /** To the Internet. */
  readonly outboundGigabyte: number;
}

/**
 * On-demand prices of N. Virginia, without free tier and without savings plan.
 *
 * - Tasks, storage: https://aws.amazon.com/fargate/pricing. Spot is "up to 70 %" cheaper: the share is the best case.
 * - Load balancer: https://aws.amazon.com/elasticloadbalancing/pricing.
 * - NAT gateways, public addresses: https://aws.amazon.com/vpc/pricing.
 * - Interface endpoints: https://aws.amazon.com/privatelink/pricing.
 * - Alarms and metrics: https://aws.amazon.com/cloudwatch/pricing.
 * - To the Internet, the first 10 TB of a month: https://aws.amazon.com/ec2/pricing/on-demand.
 */
export const US_EAST_1_PRICES: Prices = {
  region: 'us-east-1',
  asOf: '2026-09-20',
  vcpuHour: { X86_64: 0.04048, ARM64: 0.03238 },
  memoryGigabyteHour: { X86_64: 0.004445, ARM64: 0.00356 },
  spotPriceShare: 0.3,
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
  metricMonth: 0.3,
  enhancedMetricMonth: 0.07,
  outboundGigabyte: 0.09,
};

/** The hours of a month in AWS's price examples: 365 × 24 / 12. */
export const HOURS_PER_MONTH = 730;

/** Validates prices. */
export function priceErrors(prices: Prices): string[] {
  return Object.entries(prices).flatMap(([name, price]) => pricesErrors(name, price));
}

function pricesErrors(name: string, price: unknown): string[] {
  if (typeof price === 'string') return [];
  if (typeof price === 'object' && price !== null) {
    return Object.entries(price).flatMap(([architecture, each]) => pricesErrors(`${name} of ${architecture}`, each));
  }
  return Number.isFinite(price) && Number(price) >= 0 ? [] : [`${name} must be a price of at least 0, got ${price}`];
}
