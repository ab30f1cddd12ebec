import type { Glyphs } from './glyphs';
import { type Line, merged, span, type Tone } from './span';

/** Values to be drawn side by side, as many as fit. */
export interface SparklineParts {
  /** Oldest first; undefined where there was none. */
  readonly values: readonly (number | undefined)[];
  readonly width: number;
  /**
   * The least value that a bar of full height stands for.
   *
   * @default - the highest value is as high as it gets
   */
  readonly leastTop?: number;
  readonly toneOf: (value: number) => Tone;
}

/** Values as small bars, the newest at the right end; a blank where there was none. */
export function sparkline({ values, width, leastTop = 0, toneOf }: SparklineParts, { heights }: Glyphs): Line {
  const shown = width > 0 ? values.slice(-width) : [];
  const top = Math.max(leastTop, ...shown.map((value) => value ?? 0));
  const bars = shown.map((value): Line => {
    if (value === undefined) return span(' ');
    const share = top > 0 ? Math.min(1, Math.max(0, value / top)) : 0;
    return span(heights[Math.min(heights.length - 1, Math.floor(share * heights.length))]!, toneOf(value));
  });
  return merged([...span(' '.repeat(Math.max(0, width - shown.length))), ...bars.flat()]);
}
