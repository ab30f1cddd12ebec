/** Turns values into places on the drawing. */
export interface LinearScale {
  readonly least: number;
  readonly most: number;
  at(value: number): number;
}

/** A scale from values to places; a range without a length is drawn at its start. */
export function linearScale(values: readonly [number, number], places: readonly [number, number]): LinearScale {
  const [least, most] = values;
  const [start, end] = places;
  const perValue = most > least ? (end - start) / (most - least) : 0;
  return { least, most, at: (value) => start + (value - least) * perValue };
}

/** A place as it is written down: to a tenth of a pixel, so that every machine writes the same. */
export function place(value: number): string {
  const text = value.toFixed(1);
  const short = text.endsWith('.0') ? text.slice(0, -2) : text;
  return short === '-0' ? '0' : short;
}
