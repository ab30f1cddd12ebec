import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/** What a text means to the reader; `paint` gives each its colour. */
export type Tone = 'plain' | 'strong' | 'faint' | 'link' | 'calm' | 'good' | 'busy' | 'warning' | 'bad' | Badge;

/** A tone that stands out as a label of its own. */
export type Badge = 'good badge' | 'busy badge' | 'warning badge' | 'bad badge';

/** A piece of text in one tone. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** What stands in one line of the terminal, or in a part of it. */
export type Line = readonly Span[];

/** A line of one piece. */
export function span(text: string, tone: Tone = 'plain'): Line {
  return text === '' ? [] : [{ text, tone }];
}

/** The cells that a line takes. */
export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** As much of a line as fits; what was cut off is marked. Of a number there is all or nothing: half of one is another. */
export function fitted(line: Line, width: number, ellipsis: string): Line {
  if (widthOf(line) <= width) return line;
  const kept: Span[] = [];
  let left = width - textWidth(ellipsis);
  if (left < 0) return [];
  for (const { text, tone } of line) {
    const start = startOf(text, left);
    left -= textWidth(start);
    if (start !== text) return [...kept, ...span(withoutHalfNumber(start, text), tone), { text: ellipsis, tone: 'faint' }];
    kept.push({ text, tone });
  }
  return kept;
}

/** A line of exactly this width: cut off, or with space after it. */
export function padded(line: Line, width: number, ellipsis: string): Line {
  const start = fitted(line, width, ellipsis);
  return [...start, ...span(' '.repeat(Math.max(0, width - widthOf(start))))];
}

/** A line of at least this width, flush right. */
export function flushRight(line: Line, width: number): Line {
  return [...span(' '.repeat(Math.max(0, width - widthOf(line)))), ...line];
}

/** Lines side by side, with something between them. */
export function joined(lines: readonly Line[], between: Line): Line {
  return lines.filter((line) => line.length > 0).flatMap((line, index) => (index === 0 ? line : [...between, ...line]));
}

/** A line in which neighbours of one tone are one piece. */
export function merged(line: Line): Line {
  const spans: Span[] = [];
  for (const { text, tone } of line) {
    const last = spans.at(-1);
    if (last?.tone === tone) spans[spans.length - 1] = { text: last.text + text, tone };
    else spans.push({ text, tone });
  }
  return spans;
}

/**
 * A text from somewhere else as one line that draws nothing but itself: what a task wrote may hold escape sequences, and those
 * would draw over the view.
 */
export function harmless(text: string, isUnicode: boolean): string {
  const words = stripVTControlCharacters(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    // what changes the direction of reading or hides itself has no place in a table.
    .replace(/(?!\u200d)\p{Cf}/gu, '');
  return isUnicode ? words : words.replace(/[^ -~]/g, '?');
}

function withoutHalfNumber(start: string, text: string): string {
  const isCut = /\d[.,:]?$/.test(start) && /^[.,:]?\d/.test(text.slice(start.length));
  return isCut ? start.replace(/\d[\d.,:]*$/, '') : start;
}

/** Of some lines those that fit side by side, with a comma between them: the first in any case, and no other in part. */
export function whatFits(lines: readonly Line[], width: number): Line {
  const comma = span(', ', 'faint');
  return lines.reduce((kept, line) => {
    const longer = joined([kept, line], comma);
    return kept.length === 0 || widthOf(longer) <= width ? longer : kept;
  }, [] as Line);
}

// most of what is drawn is ASCII or a part of a bar: to ask for no more than its length makes a frame twice as fast.
function textWidth(text: string): number {
  return /^[ -~\u2500-\u259f]*$/.test(text) ? text.length : stringWidth(text);
}

const SEGMENTER = new Intl.Segmenter();

function startOf(text: string, width: number): string {
  let [start, left] = ['', width];
  for (const { segment } of SEGMENTER.segment(text)) {
    left -= textWidth(segment);
    if (left < 0) return start;
    start += segment;
  }
  return start;
}
