import type { Glyphs } from './glyphs';

/** Values as small bars side by side, the newest at the right end; a blank where there was none. */
export function sparkline(values: readonly (number | undefined)[], width: number, glyphs: Glyphs, leastTop = 0): string {
  const shown = values.slice(-Math.max(0, width)).slice(0, width);
  const top = Math.max(leastTop, ...shown.map((value) => value ?? 0));
  const { heights } = glyphs;
  const bars = shown.map((value) => {
    if (value === undefined) return ' ';
    const share = top > 0 ? Math.min(1, Math.max(0, value / top)) : 0;
    return heights[Math.min(heights.length - 1, Math.floor(share * heights.length))]!;
  });
  return bars.join('').padStart(width);
}
