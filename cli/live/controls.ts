import type { Canvas } from './canvas';
import { FAULT_KEYS } from './fault-keys';
import { fitted, joined, type Line, span, widthOf } from './span';

/** What of the view depends on who watches it, and not on the rehearsal. */
export interface Controls {
  /** The keys there are: none where nobody can press them, and none for faults where nobody takes them. */
  readonly keys: 'all' | 'quit' | 'none';
  /** The page of the help that is shown in place of everything that has no room beside it, from 0 on. */
  readonly helpPage?: number;
  /** What a key that was pressed has led to. */
  readonly notice?: string;
}

/** The keys, in as many lines as they take, or what the last one led to. */
export function footLines({ keys, notice }: Controls, canvas: Canvas): Line[] {
  const { width, glyphs } = canvas;
  const all = entries(keys).map(([key, label]) => [...span(key, 'strong'), ...span(` ${label}`, 'faint')]);
  const lines = wrapped(all, width).map((line) => fitted(line, width, glyphs.ellipsis));
  if (notice === undefined) return lines;
  // as many lines as there are without it: the rest of the screen stays where it is.
  return [fitted(span(canvas.harmless(notice), 'warning'), width, glyphs.ellipsis), ...lines.slice(1).map(() => [])];
}

function entries(keys: Controls['keys']): (readonly [string, string])[] {
  if (keys === 'none') return [];
  const faults = keys === 'all' ? FAULT_KEYS.map(({ key, label }) => [key, label] as const) : [];
  return [...faults, ['?', 'help'], ['q', 'quit']];
}

function wrapped(items: readonly Line[], width: number): Line[] {
  const lines: Line[][] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(joined([...last, item], span('  '))) <= width) last.push(item);
    else lines.push([item]);
  }
  return lines.map((line) => joined(line, span('  ')));
}
