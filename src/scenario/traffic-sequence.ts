import { type Traffic, type TrafficPhase, type TrafficPhases, trafficSeconds } from './traffic';

/** One traffic after the other. The client's limit is that of the first one which has a limit. */
export function followedBy(...traffics: readonly Traffic[]): Traffic {
  const limit = traffics.find((traffic) => traffic.clientLimitRequestsPerSecond !== undefined)?.clientLimitRequestsPerSecond;
  const phases = new PhaseSequence(traffics.map((traffic) => traffic.phases));
  return limit === undefined ? { phases } : { phases, clientLimitRequestsPerSecond: limit };
}

/** The same traffic, so many times over: a day seven times is a week. */
export function repeated(traffic: Traffic, times: number): Traffic {
  return followedBy(...Array.from({ length: times }, () => traffic));
}

/** Traffic that goes on at its last value for so long: a scale-in takes 15 minutes, and shows only when somebody watches. */
export function heldFor(traffic: Traffic, seconds: number): Traffic {
  const last = traffic.phases.at(traffic.phases.length - 1);
  if (last === undefined || seconds <= 0) return traffic;
  return followedBy(traffic, { phases: [{ ...last, from: last.to, durationSeconds: seconds }] });
}

/** Phases of several traffics as one list, without a copy of them: a trace may hold millions. */
class PhaseSequence implements TrafficPhases {
  public readonly length: number;
  public readonly seconds: number;
  /** The index at which each part begins. */
  private readonly starts: readonly number[];

  public constructor(private readonly parts: readonly TrafficPhases[]) {
    const starts: number[] = [];
    let length = 0;
    for (const part of parts) {
      starts.push(length);
      length += part.length;
    }
    this.starts = starts;
    this.length = length;
    this.seconds = parts.reduce((seconds, phases) => seconds + trafficSeconds({ phases }), 0);
  }

  public at(index: number): TrafficPhase | undefined {
    let low = 0;
    let high = this.parts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle]! <= index) low = middle;
      else high = middle;
    }
    return this.parts[low]?.at(index - this.starts[low]!);
  }

  public *[Symbol.iterator](): Iterator<TrafficPhase> {
    for (const part of this.parts) yield* part;
  }
}
