import { element, textElement } from '../markup';
import { type Color, FONT_SIZE, type Frame, fittedText, formatPosition, textWidth } from './chart-frame';

const LANE_HEIGHT = 16;
const MAX_LANES = 9;

/** Markers of the same kind closer than this are drawn as one line. */
const MIN_DISTANCE = 2;

interface PlacedMarker {
  readonly label: MarkerLabel;
  /** Undefined if there is no room for its label. */
  readonly lane?: number;
}

/** Labels in lanes above the panels, and their lines through the panels. */
export interface DrawnMarkers {
  /** The height of the labels. */
  readonly height: number;
  /** The number of labels without room. */
  readonly unlabelled: number;
  labels(top: number): string;
  lines(top: number, bottom: number): string;
}

/** Places the labels of markers without overlaps. */
export function drawMarkers(markers: readonly Marker[], frame: Frame): DrawnMarkers {
  const placed = placeMarkers(markers, frame);
  const height = LANE_HEIGHT * placed.reduce((count, { lane }) => Math.max(count, (lane ?? -1) + 1), 0);
  const laneTop = (lane: number): number => lane * LANE_HEIGHT + 2;
  return {
    height,
    unlabelled: placed.filter(({ lane }) => lane === undefined).length,
    labels: (top) => placed.map(({ label, lane }) => (lane === undefined ? '' : drawMarkerLabel(label, top + laneTop(lane)))).join(''),
    lines: (top, bottom) =>
      [
        ...placed.map(({ label }) => drawSpan(label.marker, frame, top + height, bottom)),
        ...withoutDenseLines(placed).map((one) => drawLine(one, top + (one.lane === undefined ? height : laneTop(one.lane)), bottom)),
      ].join(''),
  };
}

/** Important markers get labels first. Scaling activities get labels only if there is room for all of them. */
function placeMarkers(markers: readonly Marker[], frame: Frame): PlacedMarker[] {
  const rank = (marker: Marker): number => KINDS_BY_IMPORTANCE.indexOf(marker.kind);
  const ranked = [...markers].sort((a, b) => rank(a) - rank(b) || a.atSeconds - b.atSeconds);
  const labels = ranked.map((marker) => markerLabel(marker, frame));
  const lanes = lanesFor(
    labels.map(({ extent }) => extent),
    MAX_LANES,
  );
  const isActivity = (index: number): boolean => ranked[index]!.kind === 'scale-out' || ranked[index]!.kind === 'scale-in';
  const isCrowded = lanes.some((lane, index) => lane === undefined && isActivity(index));
  return labels.map((label, index) => ({ label, lane: isCrowded && isActivity(index) ? undefined : lanes[index] }));
}

function drawSpan({ atSeconds, untilSeconds, color }: Marker, frame: Frame, top: number, bottom: number): string {
  if (untilSeconds === undefined) return '';
  const [start, end] = [frame.time.at(atSeconds), Math.min(frame.right, frame.time.at(untilSeconds))];
  return element('rect', {
    x: formatPosition(start),
    y: formatPosition(top),
    width: formatPosition(end - start),
    height: formatPosition(bottom - top),
    class: `span ${color}`,
  });
}

function drawLine({ label: { marker, x }, lane }: PlacedMarker, top: number, bottom: number): string {
  const emphasis = lane === undefined ? 'faint' : marker.kind;
  return element('path', {
    d: `M${formatPosition(x)},${formatPosition(top)}V${formatPosition(bottom)}`,
    class: `marker ${emphasis} ${marker.color}`,
  });
}

/** Leaves out lines that are too close to another without a label. */
function withoutDenseLines(placed: readonly PlacedMarker[]): PlacedMarker[] {
  const drawn = new Set<string>();
  return placed.filter(({ label: { marker, x }, lane }) => {
    const position = `${marker.kind} ${marker.color} ${Math.floor(x / MIN_DISTANCE)}`;
    if (lane === undefined && drawn.has(position)) return false;
    drawn.add(position);
    return true;
  });
}

const SYMBOL_WIDTH = 13;
const MAX_LABEL_WIDTH = 360;

/** The label of a marker, with its text cut off to fit, and its extent from left to right. */
export interface MarkerLabel {
  readonly marker: Marker;
  readonly x: number;
  readonly text: string;
  readonly extent: Extent;
  /** Whether it is to the left of its line. */
  readonly isLeft: boolean;
}

/** A label is to the right of its line, or to the left near the right edge. */
export function markerLabel(marker: Marker, frame: Frame): MarkerLabel {
  const x = frame.time.at(marker.atSeconds);
  const text = fittedText(marker.label, MAX_LABEL_WIDTH, FONT_SIZE.label);
  const width = SYMBOL_WIDTH + textWidth(text, FONT_SIZE.label) + 6;
  const isLeft = x + width > frame.right + 16;
  return { marker, x, text, isLeft, extent: isLeft ? { start: x - width, end: x + 2 } : { start: x - 2, end: x + width } };
}

/** Draws a label and its symbol. */
export function drawMarkerLabel({ marker, x, text, isLeft }: MarkerLabel, top: number): string {
  const baseline = top + 10;
  const direction = isLeft ? -1 : 1;
  return [
    element('path', { d: symbol(marker.kind, x + direction * 7, baseline - 4), class: `symbol ${marker.color}` }),
    textElement(
      'text',
      { x: formatPosition(x + direction * SYMBOL_WIDTH), y: formatPosition(baseline), class: isLeft ? 'label end' : 'label' },
      text,
    ),
  ].join('');
}

/** Up for a scale-out, down for a scale-in, a cross for a fault, a diamond for the rest: readable without colors too. */
function symbol(kind: Marker['kind'], x: number, y: number): string {
  const from = (left: number, up: number): string => `M${formatPosition(x - left)},${formatPosition(y - up)}`;
  if (kind === 'scale-out') return `${from(3.5, -3)}h7l-3.5,-6z`;
  if (kind === 'scale-in') return `${from(3.5, 3)}h7l-3.5,6z`;
  if (kind === 'fault')
    return `${from(4, 2.5)}l1.5,-1.5l2.5,2.5l2.5,-2.5l1.5,1.5l-2.5,2.5l2.5,2.5l-1.5,1.5l-2.5,-2.5l-2.5,2.5l-1.5,-1.5l2.5,-2.5z`;
  return `${from(3.5, 0)}l3.5,-3.5l3.5,3.5l-3.5,3.5z`;
}

/** The extent of a label from left to right. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

/**
 * Assigns a lane to each extent so that no two overlap, in their order.
 *
 * @returns the lane of each extent, counted from 0; undefined if all lanes are occupied.
 */
export function lanesFor(extents: readonly Extent[], laneCount: number): (number | undefined)[] {
  const lanes = Array.from({ length: laneCount }, (): Extent[] => []);
  return extents.map((extent) => {
    const freeLane = lanes.findIndex((extentsInLane) =>
      extentsInLane.every((other) => extent.end <= other.start || extent.start >= other.end),
    );
    if (freeLane === -1) return undefined;
    lanes[freeLane]!.push(extent);
    return freeLane;
  });
}

/** An event, drawn across all panels with a label above them. */
export interface Marker {
  readonly atSeconds: number;
  /** Its end, if it has a duration. */
  readonly untilSeconds?: number;
  readonly label: string;
  readonly kind: 'fault' | 'deployment' | 'scale-out' | 'scale-in' | 'change';
  readonly color: Color;
}

/** The kinds of markers in the order in which they get labels. */
export const KINDS_BY_IMPORTANCE: readonly Marker['kind'][] = ['fault', 'deployment', 'scale-out', 'scale-in', 'change'];
