/** The width of the chart: that of a page, so that texts are shown at their size. */
export const WIDTH = 800;

/** The margins, for the labels of the value axes and half of the last label of the time axis. */
const LEFT = 52;
const RIGHT = 22;

/** The sizes of text. */
export const FONT_SIZE = { title: 16, heading: 12, label: 11 } as const;

/** The left and right edge of the panels, and the time scale between them. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly time: LinearScale;
}

/** The frame of a chart that ends at this second of the scenario. */
export function frameOf(endSeconds: number): Frame {
  const [left, right] = [LEFT, WIDTH - RIGHT];
  return { left, right, time: linearScale([0, endSeconds], [left, right]) };
}

/** The name of a color of a line or an area. */
export type Color = 'blue' | 'orange' | 'green' | 'red' | 'purple' | 'sky' | 'grey';

/**
 * The colors of Okabe and Ito, which people with any kind of color blindness can distinguish (https://jfly.uni-koeln.de/color/), some darker
 * on white and lighter on black.
 */
export const PALETTE: Readonly<Record<Color, { readonly light: string; readonly dark: string }>> = {
  blue: { light: '#0072b2', dark: '#4aa8e0' },
  orange: { light: '#c47f00', dark: '#e69f00' },
  green: { light: '#00815f', dark: '#1dbf93' },
  red: { light: '#c44e00', dark: '#f0803c' },
  purple: { light: '#a8588a', dark: '#d98fbb' },
  sky: { light: '#56b4e9', dark: '#56b4e9' },
  grey: { light: '#59636e', dark: '#9aa4af' },
};

/** The colors of several runs, in their order. */
export const RUN_COLORS: readonly Color[] = ['blue', 'red', 'green', 'purple'];

/** Classes of character widths, for the fonts of `system-ui`. */
const NARROW = /[ .,:;'|!()[\]ijl]/;
const WIDE = /[mwMWÀ-ÞA-Z%→…]/;

/** The estimated width of a text, to keep labels apart: text cannot be measured here. */
export function textWidth(text: string, fontSize: number): number {
  return [...text].reduce((width, character) => width + fontSize * characterWidth(character), 0);
}

/** The text, cut off with an ellipsis if it does not fit. */
export function fittedText(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  let kept = [...text];
  while (kept.length > 1 && textWidth(`${kept.join('')}…`, fontSize) > width) kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}…`;
}

function characterWidth(character: string): number {
  if (NARROW.test(character)) return 0.36;
  return WIDE.test(character) ? 0.8 : 0.61;
}

/** Maps values to positions on the chart. */
export interface LinearScale {
  readonly min: number;
  readonly max: number;
  at(value: number): number;
}

/** A linear scale from values to positions; a range of length 0 is mapped to the start. */
export function linearScale(values: readonly [number, number], positions: readonly [number, number]): LinearScale {
  const [min, max] = values;
  const [start, end] = positions;
  const perValue = max > min ? (end - start) / (max - min) : 0;
  return { min, max, at: (value) => start + (value - min) * perValue };
}

/** A position as text, to a tenth of a pixel, so that output is the same on every machine. */
export function formatPosition(value: number): string {
  const text = value.toFixed(1);
  const short = text.endsWith('.0') ? text.slice(0, -2) : text;
  return short === '-0' ? '0' : short;
}
