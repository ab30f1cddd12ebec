import type { AwsPrices } from './aws-prices';

/**
 * What a cost depends on besides the forecast.
 */
export interface CostOptions {
  /**
   * What AWS takes.
   *
   * @default - the on-demand prices of N. Virginia
   */
  readonly prices?: AwsPrices;

  /**
   * What tasks send and fetch in a month through NAT gateways, or else through interface endpoints: images, logs, calls to other
   * services. In GB.
   *
   * @default 0
   */
  readonly outboundGigabytesPerMonth?: number;
}
