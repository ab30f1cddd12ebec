import { HOURS_PER_MONTH, type Prices } from './prices';

/** Two ways out of a private network, which carry the same data. */
export interface WaysOut {
  readonly natGateways: number;
  /** Interface endpoints, each times its zones. */
  readonly interfaceEndpoints: number;
  readonly gigabytesPerMonth: number;
}

/** What the two ways cost in a month. */
export interface WaysOutCost {
  readonly natDollars: number;
  readonly endpointDollars: number;
  /** From so many gigabytes a month on the endpoints are cheaper; 0 where they always are, infinite where they never are. */
  readonly breakEvenGigabytes: number;
}

/**
 * Holds NAT gateways against interface endpoints.
 *
 * A gateway that leads to the Internet has a public address besides, which is left out here: a bill has it under public addresses.
 */
export function natOrEndpoints(ways: WaysOut, prices: Prices): WaysOutCost {
  const natHours = ways.natGateways * prices.natGatewayHour * HOURS_PER_MONTH;
  const endpointHours = ways.interfaceEndpoints * prices.endpointHour * HOURS_PER_MONTH;
  return {
    natDollars: natHours + ways.gigabytesPerMonth * prices.natGigabyte,
    endpointDollars: endpointHours + ways.gigabytesPerMonth * prices.endpointGigabyte,
    breakEvenGigabytes: breakEven(endpointHours - natHours, prices.natGigabyte - prices.endpointGigabyte),
  };
}

function breakEven(dearerByHours: number, cheaperByGigabyte: number): number {
  if (dearerByHours <= 0) return 0;
  return cheaperByGigabyte > 0 ? dearerByHours / cheaperByGigabyte : Number.POSITIVE_INFINITY;
}

/** Says from which amount of data on endpoints are the cheaper way. */
export function waysOutInWords(ways: WaysOut, prices: Prices): string {
  const { breakEvenGigabytes } = natOrEndpoints(ways, prices);
  const names = `${ways.interfaceEndpoints} interface endpoints`;
  const nat = ways.natGateways === 1 ? 'one NAT gateway' : `${ways.natGateways} NAT gateways`;
  if (breakEvenGigabytes === 0) return `${names} always cost less than ${nat}`;
  if (!Number.isFinite(breakEvenGigabytes)) return `${names} always cost more than ${nat}`;
  return `${names} cost less than ${nat} from ${Math.ceil(breakEvenGigabytes)} GB a month on`;
}
