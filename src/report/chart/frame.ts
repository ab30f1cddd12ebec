import { type LinearScale, linearScale } from './linear-scale';

/** The width of the drawing. Texts are as large as they will be read, so it is that of a page and not of a screen. */
export const WIDTH = 800;

/** Room for the labels of the value axes, and for half of the last label of the time axis. */
const LEFT = 52;
const RIGHT = 22;

/** The sizes of text. */
export const FONT = { title: 16, heading: 12, label: 11 } as const;

/** Where the panels begin and end from left to right, and where each moment lies between. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly time: LinearScale;
}

/** The frame of a chart that ends at a second of the scenario. */
export function frameOf(endSeconds: number): Frame {
  const [left, right] = [LEFT, WIDTH - RIGHT];
  return { left, right, time: linearScale([0, endSeconds], [left, right]) };
}
