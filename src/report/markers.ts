import { isScaleOut } from '../scaling/activity';
import { faultInWords } from '../scenario/fault';
import type { OutcomeEvent, OutcomeEventKind } from '../scenario/outcome';
import type { Marker } from './chart/marker';
import type { Colour } from './chart/palette';
import { type DrawnRun, drawnRuns } from './panels/drawn-run';
import type { Report } from './report';

const LOOKS: Readonly<Record<OutcomeEventKind, { readonly kind: Marker['kind']; readonly colour: Colour }>> = {
  fault: { kind: 'fault', colour: 'red' },
  'task-lost': { kind: 'fault', colour: 'red' },
  'replacement-healthy': { kind: 'change', colour: 'green' },
  'deployment-started': { kind: 'deployment', colour: 'purple' },
  'deployment-completed': { kind: 'deployment', colour: 'purple' },
  'deployment-failed': { kind: 'deployment', colour: 'red' },
  'rolled-back': { kind: 'deployment', colour: 'purple' },
  'policy-changed': { kind: 'change', colour: 'blue' },
};

/** Everything that is marked on the time axis: what scaling did, what went wrong, what was deployed. */
export function markersOf(report: Report): Marker[] {
  return drawnRuns(report).flatMap((run) => [...activityMarkers(run), ...run.outcome.events.map((event) => eventMarker(run, event))]);
}

function activityMarkers({ outcome, isAlone, colour }: DrawnRun): Marker[] {
  return outcome.activities.map((activity) => ({
    atSeconds: activity.startSeconds,
    label: `${activity.fromCapacity} → ${activity.toCapacity}`,
    kind: isScaleOut(activity) ? 'scale-out' : 'scale-in',
    colour: isAlone ? 'grey' : colour,
  }));
}

function eventMarker(run: DrawnRun, { atSeconds, kind, description }: OutcomeEvent): Marker {
  const look = LOOKS[kind];
  return {
    atSeconds,
    untilSeconds: kind === 'fault' ? endOfFault(run, atSeconds, description) : undefined,
    label: description,
    kind: look.kind,
    colour: run.isAlone ? look.colour : run.colour,
  };
}

/** An event says when a fault began; how long it lasts is part of the question. */
function endOfFault({ scenario }: DrawnRun, atSeconds: number, description: string): number | undefined {
  const fault = scenario.faults?.find((one) => one.atSeconds === atSeconds && faultInWords(one) === description);
  return fault !== undefined && 'durationSeconds' in fault ? atSeconds + fault.durationSeconds : undefined;
}
