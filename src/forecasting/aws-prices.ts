/**
 * What AWS takes, in dollars. What is left out is the on-demand price of N. Virginia in September 2026, without free tier or savings plan.
 *
 * Sources: the price pages of Fargate, Elastic Load Balancing, VPC, PrivateLink, CloudWatch and EC2.
 */
export interface AwsPrices {
  /**
   * The region that the prices are of.
   *
   * @default "us-east-1"
   */
  readonly region?: string;

  /**
   * The day on which they were looked up, as year-month-day.
   *
   * @default "2026-09-20"
   */
  readonly asOf?: string;

  /**
   * One vCPU of an x86 task for an hour.
   *
   * @default 0.04048
   */
  readonly vcpuHour?: number;

  /**
   * One vCPU of an ARM task for an hour.
   *
   * @default 0.03238
   */
  readonly vcpuHourArm?: number;

  /**
   * One GB of memory of an x86 task for an hour.
   *
   * @default 0.004445
   */
  readonly memoryGigabyteHour?: number;

  /**
   * One GB of memory of an ARM task for an hour.
   *
   * @default 0.00356
   */
  readonly memoryGigabyteHourArm?: number;

  /**
   * What a task on Spot costs, in percent of one that is not. It floats.
   *
   * @default 30
   */
  readonly spotPricePercent?: number;

  /**
   * One GB of the disk that a task has beyond 20 GiB, for an hour.
   *
   * @default 0.000111
   */
  readonly storageGigabyteHour?: number;

  /**
   * A load balancer for an hour.
   *
   * @default 0.0225
   */
  readonly loadBalancerHour?: number;

  /**
   * A capacity unit of a load balancer for an hour.
   *
   * @default 0.008
   */
  readonly capacityUnitHour?: number;

  /**
   * A NAT gateway for an hour.
   *
   * @default 0.045
   */
  readonly natGatewayHour?: number;

  /**
   * One GB through a NAT gateway.
   *
   * @default 0.045
   */
  readonly natGigabyte?: number;

  /**
   * An interface endpoint in one zone for an hour.
   *
   * @default 0.01
   */
  readonly endpointHour?: number;

  /**
   * One GB through an interface endpoint.
   *
   * @default 0.01
   */
  readonly endpointGigabyte?: number;

  /**
   * A public IPv4 address for an hour.
   *
   * @default 0.005
   */
  readonly publicAddressHour?: number;

  /**
   * An alarm for a month.
   *
   * @default 0.1
   */
  readonly alarmMonth?: number;

  /**
   * An alarm that looks more often than once a minute, for a month.
   *
   * @default 0.3
   */
  readonly highResolutionAlarmMonth?: number;

  /**
   * A metric of Container Insights, or one that comes every 20 seconds, for a month.
   *
   * @default 0.3
   */
  readonly metricMonth?: number;

  /**
   * A metric of Container Insights with enhanced observability, for a month.
   *
   * @default 0.07
   */
  readonly enhancedMetricMonth?: number;

  /**
   * One GB to the Internet.
   *
   * @default 0.09
   */
  readonly outboundGigabyte?: number;
}
