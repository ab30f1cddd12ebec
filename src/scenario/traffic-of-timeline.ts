import type { TimelineRow } from './outcome';
import { Trace } from './trace';
import type { Traffic } from './traffic';

/** The traffic that a run had, minute by minute, as an open load: what a forecast is asked where nobody knew beforehand what would come. */
export function trafficOfTimeline(timeline: readonly TimelineRow[]): Traffic {
  const endsAtSeconds = Float64Array.from(timeline, (row) => row.atSeconds);
  return {
    phases: new Trace(
      endsAtSeconds,
      Float64Array.from(timeline, (row) => row.offeredPerSecond),
    ),
  };
}
