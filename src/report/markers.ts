import { isScaleOut } from '../scaling/activity';
import type { OutcomeEvent, OutcomeEventKind } from '../scenario/outcome';
import type { Marker } from './chart/marker';
import type { Colour } from './chart/palette';
import { type DrawnRun, drawnRuns } from './panels/drawn-run';
import { withoutRepeatedMarkers } from './repeated-markers';
import { endSeconds, type Report } from './report';

const LOOKS: Readonly<Record<OutcomeEventKind, { readonly kind: Marker['kind']; readonly colour: Colour }>> = {
  fault: { kind: 'fault', colour: 'red' },
  'task-lost': { kind: 'fault', colour: 'red' },
  'replacement-healthy': { kind: 'change', colour: 'green' },
  'zone-recovered': { kind: 'change', colour: 'green' },
  'rebalancing-started': { kind: 'change', colour: 'blue' },
  'deployment-started': { kind: 'deployment', colour: 'purple' },
  'deployment-completed': { kind: 'deployment', colour: 'purple' },
  'deployment-failed': { kind: 'deployment', colour: 'red' },
  'rolled-back': { kind: 'deployment', colour: 'purple' },
  'policy-changed': { kind: 'change', colour: 'blue' },
};

/** A rehearsal is never quite on the second. */
const SAME_MOMENT_SECONDS = 5;

/** Everything that is marked on the time axis: what scaling did, what went wrong, what was deployed. */
export function markersOf(report: Report): Marker[] {
  const runs = drawnRuns(report);
  const markers = runs.flatMap((run) => {
    const events = run.outcome.events.map((event) => eventMarker(run, event));
    return [...activityMarkers(run), ...withoutRepeatedMarkers(events, endSeconds(report))];
  });
  return runs.length === 1 ? markers : withSharedOnce(markers, runs.length);
}

/** What all runs were asked to bear, and what came of it in all of them, belongs to none of them. */
function withSharedOnce(markers: readonly Marker[], runCount: number): Marker[] {
  const isSame = (one: Marker, other: Marker): boolean =>
    one.label === other.label && one.kind === other.kind && Math.abs(one.atSeconds - other.atSeconds) < SAME_MOMENT_SECONDS;
  return markers.flatMap((marker, index) => {
    const alike = markers.filter((other) => isSame(other, marker));
    const isShared = alike.length === runCount && new Set(alike.map(({ colour }) => colour)).size === runCount;
    if (!isShared) return [marker];
    return markers.indexOf(alike[0]!) === index ? [{ ...marker, colour: 'grey' as const }] : [];
  });
}

function activityMarkers({ outcome, isAlone, colour }: DrawnRun): Marker[] {
  return outcome.activities.map((activity) => ({
    atSeconds: activity.startSeconds,
    label: `${activity.fromCapacity} → ${activity.toCapacity}`,
    kind: isScaleOut(activity) ? 'scale-out' : 'scale-in',
    colour: isAlone ? 'grey' : colour,
  }));
}

function eventMarker(run: DrawnRun, { atSeconds, kind, description, durationSeconds }: OutcomeEvent): Marker {
  const look = LOOKS[kind];
  return {
    atSeconds,
    untilSeconds: durationSeconds === undefined ? undefined : atSeconds + durationSeconds,
    label: description,
    kind: look.kind,
    colour: run.isAlone ? look.colour : run.colour,
  };
}
