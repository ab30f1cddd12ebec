import { type Prices as PriceList, priceErrors, US_EAST_1_PRICES } from '../decide/cost/prices';
import { throwIfAny } from '../parse/input-error';
import { parseJsonObject } from '../parse/json-fields';
import { applyOverrides } from '../parse/overrides';

/**
 * The prices of AWS in dollars, of one region on one day.
 */
export class Prices {
  /**
   * The on-demand prices of us-east-1 (Northern Virginia) on 2026-09-20, without savings plan, and without free tier but for three dashboards.
   */
  public static usEast1(): Prices {
    return new Prices(US_EAST_1_PRICES);
  }

  /**
   * The prices of us-east-1 with some replaced, such as
   * `{"region": "eu-central-1", "asOf": "2026-11-01", "vcpuHour": {"X86_64": 0.04656, "ARM64": 0.03725}, "natGatewayHour": 0.052}`.
   *
   * Keys: `region`, `asOf`; `vcpuHour` and `memoryGigabyteHour` by architecture, `spotDiscountPercent` (of Fargate) and
   * `instanceSpotDiscountPercent` with `min`, `expected` and `max` (from 0 to 100), `storageGigabyteHour`; `loadBalancerHour`, `capacityUnitHour`; `natGatewayHour`, `natGigabyte`, `endpointHour`,
   * `endpointGigabyte`, `publicAddressHour`, `outboundGigabyte`; `alarmMonth` and `highResolutionAlarmMonth` for each metric of an alarm,
   * `compositeAlarmMonth`, `dashboardMonth`, `freeDashboards`, `metricMonth`, `enhancedMetricMonth`. Throws an error for each key that is
   * unknown, each price below 0, and discounts out of range or order.
   *
   * @param json a JSON object.
   */
  public static fromJson(json: string): Prices {
    const errors: string[] = [];
    const replaced = parseJsonObject(json, 'prices', '{"natGatewayHour": 0.052}');
    const prices = applyOverrides(US_EAST_1_PRICES, replaced, 'prices', errors, { region: 'any text', asOf: 'any text' });
    throwIfAny([...errors, ...priceErrors(prices)]);
    return new Prices(prices);
  }

  private constructor(private readonly prices: PriceList) {}

  /**
   * @internal
   */
  public _prices(): PriceList {
    return this.prices;
  }
}
