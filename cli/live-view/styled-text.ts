import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { type Glyphs, glyphsFor, type LiveStyle } from './live-style';

/**
 * The meaning of text, which `paint` shows as a color or a weight.
 *
 * `plain` is ordinary text; `bold` is emphasized and `dim` is secondary; `link` is a URL; `normal` is a value within its limits; `good` is
 * healthy; `in-progress` is a change that has not ended; `warning` is over a limit or close to one; `bad` has failed.
 */
export type Tone = 'plain' | 'bold' | 'dim' | 'link' | 'normal' | 'good' | 'in-progress' | 'warning' | 'bad' | BadgeTone;

/** The tone of a highlighted label. */
export type BadgeTone = 'good badge' | 'in-progress badge' | 'warning badge' | 'bad badge';

/** A piece of text in one tone. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** Text in one or more tones: one line of the terminal, or a part of it. */
export type StyledText = readonly Span[];

/** A string as text in one tone; empty for an empty string. */
export function styled(text: string, tone: Tone = 'plain'): StyledText {
  return text === '' ? [] : [{ text, tone }];
}

/** The width of text in terminal cells: a wide character such as a Chinese one takes two. */
export function widthOf(line: StyledText): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** Cuts text off with an ellipsis if it does not fit. A number is left out rather than cut. */
export function truncate(line: StyledText, width: number, ellipsis: string): StyledText {
  if (widthOf(line) <= width) return line;
  const shown: Span[] = [];
  let remaining = width - textWidth(ellipsis);
  if (remaining < 0) return [];
  for (const { text, tone } of line) {
    const start = prefixOfWidth(text, remaining);
    remaining -= textWidth(start);
    if (start !== text) return [...shown, ...styled(dropCutNumber(start, text), tone), { text: ellipsis, tone: 'dim' }];
    shown.push({ text, tone });
  }
  return shown;
}

/** Makes text exactly as wide as this: cut off, or padded with spaces. */
export function pad(line: StyledText, width: number, ellipsis: string): StyledText {
  const start = truncate(line, width, ellipsis);
  return [...start, ...styled(' '.repeat(Math.max(0, width - widthOf(start))))];
}

/** Makes text at least as wide as this, with spaces before it. */
export function alignRight(line: StyledText, width: number): StyledText {
  return [...styled(' '.repeat(Math.max(0, width - widthOf(line)))), ...line];
}

/** Joins texts with a separator; empty ones are left out. */
export function join(lines: readonly StyledText[], separator: StyledText): StyledText {
  return lines.filter((line) => line.length > 0).flatMap((line, index) => (index === 0 ? line : [...separator, ...line]));
}

/** Merges adjacent spans of the same tone. */
export function mergeAdjacentSpans(line: StyledText): StyledText {
  const spans: Span[] = [];
  for (const { text, tone } of line) {
    const last = spans.at(-1);
    if (last?.tone === tone) spans[spans.length - 1] = { text: last.text + text, tone };
    else spans.push({ text, tone });
  }
  return spans;
}

/**
 * Removes escape sequences, line breaks and invisible characters from an external text, such as the output of a task: they would draw
 * over the view.
 */
export function sanitize(text: string, supportsUnicode: boolean): string {
  const printable = stripVTControlCharacters(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    // invisible characters and those that change the direction of text.
    .replace(/(?!\u200d)\p{Cf}/gu, '');
  return supportsUnicode ? printable : printable.replace(/[^ -~]/g, '?');
}

/** Removes a number at the end of a prefix if the cut is within it. */
function dropCutNumber(start: string, text: string): string {
  const isCut = /\d[.,:]?$/.test(start) && /^[.,:]?\d/.test(text.slice(start.length));
  return isCut ? start.replace(/\d[\d.,:]*$/, '') : start;
}

/** Joins the texts that fit, separated by commas: always the first one, and each other one as a whole or not at all. */
export function joinFitting(lines: readonly StyledText[], width: number): StyledText {
  const comma = styled(', ', 'dim');
  return lines.reduce((fitting, line) => {
    const longer = join([fitting, line], comma);
    return fitting.length === 0 || widthOf(longer) <= width ? longer : fitting;
  }, [] as StyledText);
}

// ASCII text and the characters of bars take one cell each: this shortcut makes a frame twice as fast.
function textWidth(text: string): number {
  return /^[ -~\u2500-\u259f]*$/.test(text) ? text.length : stringWidth(text);
}

const SEGMENTER = new Intl.Segmenter();

/** The longest prefix that fits, without half of a character. */
function prefixOfWidth(text: string, width: number): string {
  let [start, remaining] = ['', width];
  for (const { segment } of SEGMENTER.segment(text)) {
    remaining -= textWidth(segment);
    if (remaining < 0) return start;
    start += segment;
  }
  return start;
}

/** What every part of the view needs to render itself: its width, the characters to use, and how to sanitize texts. */
export interface RenderContext {
  /** The width of a line in terminal cells. */
  readonly width: number;
  readonly glyphs: Glyphs;
  /** Makes an external text safe to show in one line. */
  readonly sanitize: (text: string) => string;
}

/** The context for lines of a width, in a style. */
export function renderContextOf(width: number, { supportsUnicode }: LiveStyle): RenderContext {
  return { width, glyphs: glyphsFor(supportsUnicode), sanitize: (text) => sanitize(text, supportsUnicode) };
}
