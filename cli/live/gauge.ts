import type { TimelineRow } from '../../src/scenario/outcome';
import type { Canvas } from './canvas';
import type { LiveState } from './live-state';
import { fitted, flushRight, type Line, padded, span, type Tone, whatFits } from './span';
import { sparkline } from './sparkline';

/** One row of the upper part: a name, a picture, a value and what belongs to it. */
export interface Gauge {
  readonly label: string;
  readonly picture: Line;
  readonly value: Line;
  /** What else belongs to it, the most important first: what does not fit is left out. */
  readonly notes: readonly Line[];
  /** The past minutes, where the picture is something else. */
  readonly past?: Line;
}

/** How wide the parts of a gauge are; the same for all, so that they stand below each other. */
export interface GaugeWidths {
  readonly picture: number;
  readonly past: number;
}

/** The cells of a label. */
export const LABEL_WIDTH = 9;
const VALUE_WIDTH = 12;
/** Enough for the limits of a signal; a picture that is narrower says as much. */
const NOTE_WIDTH = 28;
const GAP = span(' ');
/** Where it is narrower, the limits are worth more than the past. */
const LEAST_WIDTH_WITH_PAST = 74;

/** The widths on a canvas: pictures grow with it, up to where they say no more. */
export function gaugeWidths({ width }: Canvas): GaugeWidths {
  const past = width < LEAST_WIDTH_WITH_PAST ? 0 : between(Math.floor(width * 0.12), 0, 40);
  const spare = width - past - LABEL_WIDTH - VALUE_WIDTH - NOTE_WIDTH - 4;
  return { picture: between(Math.min(spare, Math.floor(width * 0.28)), 6, 44), past };
}

/** A gauge as one line. */
export function gaugeLine({ label, picture, value, notes, past }: Gauge, widths: GaugeWidths, { width, glyphs }: Canvas): Line {
  const { ellipsis } = glyphs;
  const start = [
    ...padded(span(label, 'faint'), LABEL_WIDTH, ellipsis),
    ...GAP,
    ...padded(picture, widths.picture, ellipsis),
    ...flushRight(fitted(value, VALUE_WIDTH, ellipsis), VALUE_WIDTH),
    ...span('  '),
  ];
  const left = width - (LABEL_WIDTH + widths.picture + VALUE_WIDTH + 3);
  if (past === undefined || widths.past === 0) return fitted([...start, ...whatFits(notes, left)], width, ellipsis);
  const noteWidth = Math.max(0, left - widths.past - 1);
  return fitted([...start, ...padded(whatFits(notes, noteWidth), noteWidth, ellipsis), ...GAP, ...past], width, ellipsis);
}

/** What to read of the past minutes, and how to show it. */
export interface Past {
  readonly read: (row: TimelineRow) => number | undefined;
  readonly leastTop?: number;
  /** @default - calm */
  readonly toneOf?: (value: number) => Tone;
}

/** The past minutes of a run as a line of small bars. */
export function pastMinutes({ timeline }: LiveState, width: number, past: Past, { glyphs }: Canvas): Line {
  const { read, leastTop, toneOf = () => 'calm' } = past;
  const values = width > 0 ? timeline.slice(-width).map(read) : [];
  return sparkline({ values, width, leastTop, toneOf }, glyphs);
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
