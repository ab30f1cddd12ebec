import type { Glyphs } from './glyphs';
import { type Line, merged, type Span, type Tone } from './span';

/** A value that is marked on a bar. */
export interface Mark {
  readonly value: number;
  readonly kind: 'target' | 'low';
}

/** A value to be drawn as a bar. */
export interface BarParts {
  /** Undefined where there is none. */
  readonly value: number | undefined;
  /** The value at which the bar is full. */
  readonly top: number;
  readonly width: number;
  readonly tone: Tone;
  readonly marks?: readonly Mark[];
}

/** A bar of exactly the width, in parts of a cell, with marks that stay visible where it covers them. */
export function bar({ value, top, width, tone, marks = [] }: BarParts, glyphs: Glyphs): Line {
  const steps = glyphs.fill.length - 1;
  const share = Math.min(1, Math.max(0, top > 0 ? (value ?? 0) / top : 0));
  const filledSteps = Math.round(share * width * steps);
  const cells = Array.from({ length: width }, (_, cell): Span => {
    const mark = marks.find((one) => cellOf(one.value, top, width) === cell);
    if (mark !== undefined) return { text: glyphs[mark.kind], tone: mark.kind === 'target' ? 'strong' : 'faint' };
    const part = Math.min(steps, Math.max(0, filledSteps - cell * steps));
    return part > 0 ? { text: glyphs.fill[part]!, tone } : { text: glyphs.track, tone: 'faint' };
  });
  return merged(cells);
}

/** The cell in which a bar of this value ends; a mark beyond the end of the bar has none. */
function cellOf(value: number, top: number, width: number): number | undefined {
  if (!(top > 0) || value > top) return undefined;
  return Math.min(width - 1, Math.floor((value / top) * width));
}
