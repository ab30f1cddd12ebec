import { element, textElement } from '../markup';
import { FONT, type Frame } from './frame';
import type { Stretch } from './lanes';
import { place } from './linear-scale';
import type { Marker } from './marker';
import { fitted, textWidth } from './text-width';

const SYMBOL_WIDTH = 13;
const WIDEST = 360;

/** A marker's label, its text cut to what fits, and the room it needs from left to right. */
export interface MarkerLabel {
  readonly marker: Marker;
  readonly x: number;
  readonly text: string;
  readonly stretch: Stretch;
  /** Whether it stands to the left of its line. */
  readonly isLeft: boolean;
}

/** A label stands to the right of its line, or to the left near the end of the drawing. */
export function markerLabel(marker: Marker, frame: Frame): MarkerLabel {
  const x = frame.time.at(marker.atSeconds);
  const text = fitted(marker.label, WIDEST, FONT.label);
  const width = SYMBOL_WIDTH + textWidth(text, FONT.label) + 6;
  const isLeft = x + width > frame.right + 16;
  return { marker, x, text, isLeft, stretch: isLeft ? { start: x - width, end: x + 2 } : { start: x - 2, end: x + width } };
}

/** Draws a label and its symbol below a height. */
export function drawMarkerLabel({ marker, x, text, isLeft }: MarkerLabel, top: number): string {
  const baseline = top + 10;
  const direction = isLeft ? -1 : 1;
  return [
    element('path', { d: symbol(marker.kind, x + direction * 7, baseline - 4), class: `symbol ${marker.colour}` }),
    textElement('text', { x: place(x + direction * SYMBOL_WIDTH), y: place(baseline), class: isLeft ? 'label end' : 'label' }, text),
  ].join('');
}

/** Up for more tasks, down for fewer, a cross for a fault, a diamond for the rest: read without colours too. */
function symbol(kind: Marker['kind'], x: number, y: number): string {
  const from = (left: number, up: number): string => `M${place(x - left)},${place(y - up)}`;
  if (kind === 'scale-out') return `${from(3.5, -3)}h7l-3.5,-6z`;
  if (kind === 'scale-in') return `${from(3.5, 3)}h7l-3.5,6z`;
  if (kind === 'fault')
    return `${from(4, 2.5)}l1.5,-1.5l2.5,2.5l2.5,-2.5l1.5,1.5l-2.5,2.5l2.5,2.5l-1.5,1.5l-2.5,-2.5l-2.5,2.5l-1.5,-1.5l2.5,-2.5z`;
  return `${from(3.5, 0)}l3.5,-3.5l3.5,3.5l-3.5,3.5z`;
}
