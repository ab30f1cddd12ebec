/** The day on which the prices of EC2 instances were looked up. */
export const INSTANCE_PRICES_AS_OF = '2026-07-28';

/** The month in which the discounts of Spot Instances were published. */
export const INSTANCE_SPOT_AS_OF = '2026-05';

/**
 * The discounts of Spot Instances. The largest is that of https://aws.amazon.com/ec2/spot/pricing, "up to 90%"; AWS names no smallest one.
 *
 * The expected one is the low end of the 60 to 90 % that https://awsnegotiations.com/spot-instance-strategy-guide.html saw in May 2026: N. Virginia has
 * the smallest discounts of the United States (https://www.mmcloud.io/blog/variability-in-aws-ec2-spot-instance-discounts, October 2023).
 */
export const INSTANCE_SPOT_DISCOUNT_PERCENT = { min: 0, expected: 60, max: 90 } as const;

/**
 * On-demand prices of Linux instances of `large` size in N. Virginia, in dollars for an hour; other sizes of a family cost in proportion to their vCPUs.
 *
 * https://aws.amazon.com/ec2/pricing/on-demand as listed on https://instances.vantage.sh.
 */
const LARGE_HOUR: Readonly<Record<string, number>> = {
  m5: 0.096,
  m6a: 0.0864,
  m6g: 0.077,
  m6i: 0.096,
  m7g: 0.0816,
  m7i: 0.1008,
  m8g: 0.08976,
  c5: 0.085,
  c6a: 0.0765,
  c6g: 0.068,
  c6i: 0.085,
  c7g: 0.0725,
  c7i: 0.08925,
  c8g: 0.07976,
  r5: 0.126,
  r6g: 0.1008,
  r6i: 0.126,
  r7g: 0.1071,
  r7i: 0.1323,
};

/** How many times as much as `large` a size costs. */
const TIMES_LARGE: Readonly<Record<string, number>> = {
  large: 1,
  xlarge: 2,
  '2xlarge': 4,
  '4xlarge': 8,
  '8xlarge': 16,
  '12xlarge': 24,
  '16xlarge': 32,
  '24xlarge': 48,
};

/** The same of burstable instances. T2 `small` is not in proportion. */
const MICRO_HOUR: Readonly<Record<string, number>> = { t2: 0.0116, t3: 0.0104, t3a: 0.0094, t4g: 0.0084 };
const TIMES_MICRO: Readonly<Record<string, number>> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  '2xlarge': 32,
};

/** The price of an instance for an hour, by its type. */
export const INSTANCE_HOUR: Readonly<Record<string, number>> = {
  ...pricesOf(MICRO_HOUR, TIMES_MICRO),
  ...pricesOf(LARGE_HOUR, TIMES_LARGE),
  't2.small': 0.023,
  'c7g.medium': 0.0363,
  'm7g.medium': 0.0408,
  'r7g.medium': 0.0536,
};

function pricesOf(hour: Readonly<Record<string, number>>, times: Readonly<Record<string, number>>): Record<string, number> {
  const rows = Object.entries(hour).flatMap(([family, price]) =>
    Object.entries(times).map(([size, factor]) => [`${family}.${size}`, Number((price * factor).toPrecision(8))] as const),
  );
  return Object.fromEntries(rows);
}
