import type { Colour } from './palette';

/** Something that happened at a moment, drawn across all panels with a label above them. */
export interface Marker {
  readonly atSeconds: number;
  /** When it was over, where it lasted. */
  readonly untilSeconds?: number;
  readonly label: string;
  readonly kind: 'fault' | 'deployment' | 'scale-out' | 'scale-in' | 'change';
  readonly colour: Colour;
}

/** Where there is no room for all labels, a fault is named rather than a step of scaling, and the first of a kind rather than a later one. */
export const KINDS_BY_IMPORTANCE: readonly Marker['kind'][] = ['fault', 'deployment', 'scale-out', 'scale-in', 'change'];
