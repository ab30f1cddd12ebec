import type { Traffic, TrafficPhases } from '../traffic/traffic-phases';

/** What traffic has besides its phases. */
export interface TrafficDetails {
  /** The most requests per second that its client sends. */
  readonly limit?: number;
  /** Why its text could not be read. */
  readonly errors: readonly string[];
  /** What its text leaves open. */
  readonly remarks?: readonly string[];
}

/** The details of traffic that is followed by other traffic. */
export function joinDetails(one: TrafficDetails, other: TrafficDetails): TrafficDetails {
  return {
    limit: smallerOf(one.limit, other.limit),
    errors: [...one.errors, ...other.errors],
    remarks: [...new Set([...(one.remarks ?? []), ...(other.remarks ?? [])])],
  };
}

/** Phases with their details, without those that are missing. */
export function trafficWith(phases: TrafficPhases, { limit, remarks = [] }: TrafficDetails): Traffic {
  return {
    phases,
    ...(limit === undefined ? {} : { clientLimitRequestsPerSecond: limit }),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
}

/** The smaller of two optional limits. */
function smallerOf(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
