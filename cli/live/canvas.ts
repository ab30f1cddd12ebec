import { type Glyphs, glyphsFor } from './glyphs';
import type { LiveStyle } from './live-style';
import { harmless } from './span';

/** What a part of the view is drawn on. */
export interface Canvas {
  /** The cells of a line. */
  readonly width: number;
  readonly glyphs: Glyphs;
  /** Makes a text from somewhere else safe to show. */
  readonly harmless: (text: string) => string;
}

/** A canvas of a width in a style. */
export function canvasOf(width: number, { isUnicode }: LiveStyle): Canvas {
  return { width, glyphs: glyphsFor(isUnicode), harmless: (text) => harmless(text, isUnicode) };
}
