import { eventKind } from '../run/event-kinds';
import type { OutcomeEvent } from '../run/outcome';
import { isScaleOut } from '../scaling/activity';
import type { Marker } from './chart/draw-markers';
import { type DrawnRun, drawnRuns, endSeconds, type Report } from './report';

/** Events of a rehearsal are not exact to the second. */
const SAME_MOMENT_SECONDS = 5;

/** All markers on the time axis: scaling activities, faults, deployments and other events. */
export function markersOf(report: Report): Marker[] {
  const runs = drawnRuns(report);
  const markers = runs.flatMap((run) => {
    const events = run.outcome.events.map((event) => eventMarker(run, event));
    return [...activityMarkers(run), ...mergeRepeatedMarkers(events, endSeconds(report))];
  });
  return runs.length === 1 ? markers : mergeSharedMarkers(markers, runs.length);
}

/** Merges equal markers of all runs into one, in grey. */
function mergeSharedMarkers(markers: readonly Marker[], runCount: number): Marker[] {
  const isSame = (one: Marker, other: Marker): boolean =>
    one.label === other.label && one.kind === other.kind && Math.abs(one.atSeconds - other.atSeconds) < SAME_MOMENT_SECONDS;
  return markers.flatMap((marker, index) => {
    const sameMarkers = markers.filter((other) => isSame(other, marker));
    const isShared = sameMarkers.length === runCount && new Set(sameMarkers.map(({ color }) => color)).size === runCount;
    if (!isShared) return [marker];
    return markers.indexOf(sameMarkers[0]!) === index ? [{ ...marker, color: 'grey' as const }] : [];
  });
}

function activityMarkers({ outcome, isSingleRun, color }: DrawnRun): Marker[] {
  return outcome.activities.map((activity) => ({
    atSeconds: activity.startSeconds,
    label: `${activity.fromCapacity} → ${activity.toCapacity}`,
    kind: isScaleOut(activity) ? 'scale-out' : 'scale-in',
    color: isSingleRun ? 'grey' : color,
  }));
}

function eventMarker(run: DrawnRun, { atSeconds, kind, description, durationSeconds }: OutcomeEvent): Marker {
  const { marker, color } = eventKind(kind);
  return {
    atSeconds,
    untilSeconds: durationSeconds === undefined ? undefined : atSeconds + durationSeconds,
    label: description,
    kind: marker,
    color: run.isSingleRun ? color : run.color,
  };
}

/** Fewer equal markers than this are not merged. */
const MIN_REPEATS = 3;

/** Equal markers are merged if the time between two of them is at most this share of the whole run. */
const MAX_GAP_SHARE = 1 / 20;

/** Merges markers that repeat: into one with the count, from the first to the last time. */
export function mergeRepeatedMarkers(markers: readonly Marker[], endSeconds: number): Marker[] {
  const series: Marker[][] = [];
  for (const marker of [...markers].sort((one, other) => one.atSeconds - other.atSeconds)) {
    const last = series.find((list) => isRepeat(list.at(-1)!, marker, endSeconds * MAX_GAP_SHARE));
    if (last === undefined) series.unshift([marker]);
    else last.push(marker);
  }
  return series.reverse().flatMap((list) => (list.length < MIN_REPEATS ? list : merge(list)));
}

function isRepeat(before: Marker, marker: Marker, gapSeconds: number): boolean {
  const isMoment = before.untilSeconds === undefined && marker.untilSeconds === undefined;
  const isActivity = marker.kind === 'scale-out' || marker.kind === 'scale-in';
  const isSame = before.label === marker.label && before.kind === marker.kind && before.color === marker.color;
  return isMoment && !isActivity && isSame && marker.atSeconds - before.atSeconds <= gapSeconds;
}

function merge(list: readonly Marker[]): Marker {
  const [first, last] = [list[0]!, list.at(-1)!];
  return { ...first, label: `${first.label}, ${list.length} times`, untilSeconds: last.atSeconds };
}
