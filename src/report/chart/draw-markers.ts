import { element } from '../markup';
import type { Frame } from './frame';
import { lanesFor } from './lanes';
import { place } from './linear-scale';
import { KINDS_BY_IMPORTANCE, type Marker } from './marker';
import { drawMarkerLabel, type MarkerLabel, markerLabel } from './marker-label';

const LANE_HEIGHT = 16;
const MOST_LANES = 9;

/** Markers of the same kind closer than this are one line. */
const LEAST_DISTANCE = 2;

interface PlacedMarker {
  readonly label: MarkerLabel;
  /** Undefined where its label found no room. */
  readonly lane?: number;
}

/** Labels in lanes above the panels, and what runs down from them. */
export interface DrawnMarkers {
  /** The height that the labels take. */
  readonly height: number;
  /** How many labels found no room. */
  readonly unlabelled: number;
  labels(top: number): string;
  lines(top: number, bottom: number): string;
}

/** Finds room for the labels of the markers so that none overlaps another. */
export function drawMarkers(markers: readonly Marker[], frame: Frame): DrawnMarkers {
  const placed = inLanes(markers, frame);
  const height = LANE_HEIGHT * placed.reduce((count, { lane }) => Math.max(count, (lane ?? -1) + 1), 0);
  const laneTop = (lane: number): number => lane * LANE_HEIGHT + 2;
  return {
    height,
    unlabelled: placed.filter(({ lane }) => lane === undefined).length,
    labels: (top) => placed.map(({ label, lane }) => (lane === undefined ? '' : drawMarkerLabel(label, top + laneTop(lane)))).join(''),
    lines: (top, bottom) =>
      [
        ...placed.map(({ label }) => drawSpan(label.marker, frame, top + height, bottom)),
        ...withoutCrowds(placed).map((one) => drawLine(one, top + (one.lane === undefined ? height : laneTop(one.lane)), bottom)),
      ].join(''),
  };
}

/** Labels go to the important first. Steps of scaling are named all or not at all: a few of a hundred say nothing. */
function inLanes(markers: readonly Marker[], frame: Frame): PlacedMarker[] {
  const rank = (marker: Marker): number => KINDS_BY_IMPORTANCE.indexOf(marker.kind);
  const ranked = [...markers].sort((a, b) => rank(a) - rank(b) || a.atSeconds - b.atSeconds);
  const labels = ranked.map((marker) => markerLabel(marker, frame));
  const lanes = lanesFor(
    labels.map(({ stretch }) => stretch),
    MOST_LANES,
  );
  const isStep = (index: number): boolean => ranked[index]!.kind === 'scale-out' || ranked[index]!.kind === 'scale-in';
  const isCrowded = lanes.some((lane, index) => lane === undefined && isStep(index));
  return labels.map((label, index) => ({ label, lane: isCrowded && isStep(index) ? undefined : lanes[index] }));
}

function drawSpan({ atSeconds, untilSeconds, colour }: Marker, frame: Frame, top: number, bottom: number): string {
  if (untilSeconds === undefined) return '';
  const [start, end] = [frame.time.at(atSeconds), Math.min(frame.right, frame.time.at(untilSeconds))];
  return element('rect', {
    x: place(start),
    y: place(top),
    width: place(end - start),
    height: place(bottom - top),
    class: `span ${colour}`,
  });
}

function drawLine({ label: { marker, x }, lane }: PlacedMarker, top: number, bottom: number): string {
  const emphasis = lane === undefined ? 'faint' : marker.kind;
  return element('path', { d: `M${place(x)},${place(top)}V${place(bottom)}`, class: `marker ${emphasis} ${marker.colour}` });
}

/** Hundreds of lines would hide what they mark. */
function withoutCrowds(placed: readonly PlacedMarker[]): PlacedMarker[] {
  const drawn = new Set<string>();
  return placed.filter(({ label: { marker, x }, lane }) => {
    const spot = `${marker.kind} ${marker.colour} ${Math.floor(x / LEAST_DISTANCE)}`;
    if (lane === undefined && drawn.has(spot)) return false;
    drawn.add(spot);
    return true;
  });
}
