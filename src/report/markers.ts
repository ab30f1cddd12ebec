import { isScaleOut } from '../scaling/activity';
import type { Marker } from './chart/marker';
import { type DrawnRun, drawnRuns } from './panels/drawn-run';
import type { Report } from './report';

/** Everything that is marked on the time axis: what scaling did, what went wrong, what was deployed. */
export function markersOf(report: Report): Marker[] {
  return drawnRuns(report).flatMap(activityMarkers);
}

function activityMarkers({ outcome, isAlone, colour }: DrawnRun): Marker[] {
  return outcome.activities.map((activity) => ({
    atSeconds: activity.startSeconds,
    label: `${activity.fromCapacity} → ${activity.toCapacity}`,
    kind: isScaleOut(activity) ? 'scale-out' : 'scale-in',
    colour: isAlone ? 'grey' : colour,
  }));
}
