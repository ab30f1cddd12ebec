import type { TimelineRow } from '../../src/run/outcome';
import type { LiveState } from './live-state';
import type { Glyphs } from './live-style';
import {
  alignRight,
  joinFitting,
  mergeAdjacentSpans,
  pad,
  type RenderContext,
  type Span,
  type StyledText,
  styled,
  type Tone,
  truncate,
} from './styled-text';

/** One gauge: a label, a bar or sparkline, a value and notes. */
export interface Gauge {
  readonly label: string;
  readonly graphic: StyledText;
  readonly value: StyledText;
  /** The notes, the most important first: those that do not fit are left out. */
  readonly notes: readonly StyledText[];
  /** The past minutes as a sparkline, if the graphic is a bar. */
  readonly history?: StyledText;
}

/** The widths of the parts of a gauge, the same for all so that they are aligned. */
export interface GaugeWidths {
  readonly graphic: number;
  readonly history: number;
}

/** The widths are in columns of the terminal. */
export const LABEL_WIDTH = 9;
const VALUE_WIDTH = 12;
/** One space between label and graphic, two before the notes, and one before the history. */
const GAPS_WIDTH = 4;
/** The width of the notes that the thresholds of a signal need. */
const NOTE_WIDTH = 28;
const GAP = styled(' ');
/** On a narrower line the history is left out in favour of the thresholds. */
const MIN_WIDTH_WITH_HISTORY = 74;
/** The history and the graphic take these shares of a line, within these widths: so a wide terminal has room for the notes. */
const HISTORY_SHARE = 0.12;
const MAX_HISTORY_WIDTH = 40;
const GRAPHIC_SHARE = 0.28;
const MIN_GRAPHIC_WIDTH = 6;
const MAX_GRAPHIC_WIDTH = 44;

/** The widths for a line: graphics and histories grow with it, up to a maximum. */
export function gaugeWidths({ width }: RenderContext): GaugeWidths {
  const history = width < MIN_WIDTH_WITH_HISTORY ? 0 : clamp(Math.floor(width * HISTORY_SHARE), 0, MAX_HISTORY_WIDTH);
  const spare = width - history - LABEL_WIDTH - VALUE_WIDTH - NOTE_WIDTH - GAPS_WIDTH;
  return { graphic: clamp(Math.min(spare, Math.floor(width * GRAPHIC_SHARE)), MIN_GRAPHIC_WIDTH, MAX_GRAPHIC_WIDTH), history };
}

/** A gauge as one line. */
export function gaugeLine(
  { label, graphic, value, notes, history }: Gauge,
  widths: GaugeWidths,
  { width, glyphs }: RenderContext,
): StyledText {
  const { ellipsis } = glyphs;
  const start = [
    ...pad(styled(label, 'dim'), LABEL_WIDTH, ellipsis),
    ...GAP,
    ...pad(graphic, widths.graphic, ellipsis),
    ...alignRight(truncate(value, VALUE_WIDTH, ellipsis), VALUE_WIDTH),
    ...styled('  '),
  ];
  // without a history, its space is not needed.
  const remaining = width - (LABEL_WIDTH + widths.graphic + VALUE_WIDTH + GAPS_WIDTH - 1);
  if (history === undefined || widths.history === 0) return truncate([...start, ...joinFitting(notes, remaining)], width, ellipsis);
  const noteWidth = Math.max(0, remaining - widths.history - 1);
  return truncate([...start, ...pad(joinFitting(notes, noteWidth), noteWidth, ellipsis), ...GAP, ...history], width, ellipsis);
}

/** Which value of each past minute a sparkline shows, from which value on a cell is full, and in which tone. */
export interface HistoryOptions {
  readonly minuteValue: (row: TimelineRow) => number | undefined;
  /** A cell is full at this value, or at the highest value shown if that is more. */
  readonly minFullScale?: number;
  /** @default - always `normal` */
  readonly toneOf?: (value: number) => Tone;
}

/** The past minutes of a run as a sparkline, one cell each. */
export function historySparkline({ timeline }: LiveState, width: number, history: HistoryOptions, { glyphs }: RenderContext): StyledText {
  const { minuteValue, minFullScale, toneOf = () => 'normal' } = history;
  const values = width > 0 ? timeline.slice(-width).map(minuteValue) : [];
  return sparkline({ values, width, minFullScale, toneOf }, glyphs);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/** A value that is marked on a bar: `upper` is a target, a scale-out threshold or the desired count, `lower` a scale-in threshold or the minimum. */
export interface Mark {
  readonly value: number;
  readonly kind: 'upper' | 'lower';
}

/** A value to be drawn as a bar. */
export interface BarOptions {
  /** Undefined if there is none. */
  readonly value: number | undefined;
  /** The value at which the bar is full. */
  readonly fullScale: number;
  readonly width: number;
  readonly tone: Tone;
  readonly marks?: readonly Mark[];
}

/** A bar of exactly the width. Marks are drawn over it. */
export function bar({ value, fullScale, width, tone, marks = [] }: BarOptions, glyphs: Glyphs): StyledText {
  const levelsPerCell = glyphs.fill.length - 1;
  const share = clamp(fullScale > 0 ? (value ?? 0) / fullScale : 0, 0, 1);
  const filledLevels = Math.round(share * width * levelsPerCell);
  const cells = Array.from({ length: width }, (_, cell): Span => {
    const mark = marks.find((candidate) => cellOf(candidate.value, fullScale, width) === cell);
    if (mark !== undefined) return { text: glyphs[`${mark.kind}Mark`], tone: mark.kind === 'upper' ? 'bold' : 'dim' };
    const level = clamp(filledLevels - cell * levelsPerCell, 0, levelsPerCell);
    return level > 0 ? { text: glyphs.fill[level]!, tone } : { text: glyphs.track, tone: 'dim' };
  });
  return mergeAdjacentSpans(cells);
}

/** The cell of a value on a bar; undefined beyond its end. */
function cellOf(value: number, fullScale: number, width: number): number | undefined {
  if (!(fullScale > 0) || value > fullScale) return undefined;
  return Math.min(width - 1, Math.floor((value / fullScale) * width));
}

/** Values to be drawn side by side, as many as fit. */
export interface SparklineOptions {
  /** Oldest first; undefined for a minute without a value. */
  readonly values: readonly (number | undefined)[];
  readonly width: number;
  /**
   * The minimum value of a bar of full height.
   *
   * @default - the highest value
   */
  readonly minFullScale?: number;
  readonly toneOf: (value: number) => Tone;
}

/** Values as small bars, the newest at the right end, with a blank for a missing one. */
export function sparkline({ values, width, minFullScale = 0, toneOf }: SparklineOptions, { heights }: Glyphs): StyledText {
  const shown = width > 0 ? values.slice(-width) : [];
  const fullScale = Math.max(minFullScale, ...shown.map((value) => value ?? 0));
  const bars = shown.map((value): StyledText => {
    if (value === undefined) return styled(' ');
    const share = fullScale > 0 ? clamp(value / fullScale, 0, 1) : 0;
    return styled(heights[Math.min(heights.length - 1, Math.floor(share * heights.length))]!, toneOf(value));
  });
  return mergeAdjacentSpans([...styled(' '.repeat(Math.max(0, width - shown.length))), ...bars.flat()]);
}
