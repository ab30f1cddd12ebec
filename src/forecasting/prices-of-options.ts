import { type Prices, US_EAST_1_PRICES } from '../forecast/cost/prices';
import type { AwsPrices } from './aws-prices';

/** The prices that the options say, with those of N. Virginia for what they leave out. */
export function pricesOf(options: AwsPrices): Prices {
  const known = US_EAST_1_PRICES;
  const { vcpuHour, vcpuHourArm, memoryGigabyteHour, memoryGigabyteHourArm, spotPricePercent, ...others } = options;
  const said = Object.fromEntries(Object.entries(others).filter(([, price]) => price !== undefined));
  return {
    ...known,
    ...said,
    vcpuHour: { X86_64: vcpuHour ?? known.vcpuHour.X86_64, ARM64: vcpuHourArm ?? known.vcpuHour.ARM64 },
    memoryGigabyteHour: {
      X86_64: memoryGigabyteHour ?? known.memoryGigabyteHour.X86_64,
      ARM64: memoryGigabyteHourArm ?? known.memoryGigabyteHour.ARM64,
    },
    spotPriceShare: spotPricePercent === undefined ? known.spotPriceShare : spotPricePercent / 100,
  };
}
