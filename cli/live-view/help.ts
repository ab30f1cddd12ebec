import { formatFault } from '../../src/faults/fault-grammar';
import type { Controls } from './controls';
import { FAULT_KEYS } from './controls';
import type { RenderContext } from './styled-text';
import { pad, type StyledText, styled, truncate } from './styled-text';
import { wrap } from './wrap-text';

const KEY_WIDTH = 10;
const GAP = '   ';
/** The minimum width of a column. */
const MIN_COLUMN_WIDTH = 46;
const FAULT_REMARK = 'Durations are of the scenario. A fault affects the oldest tasks that serve.';

/** The help on all keys: one page if there is room, in two columns if necessary, or several pages. */
export function helpPages({ keys }: Pick<Controls, 'keys'>, rows: number, context: RenderContext): StyledText[][] {
  const lines = keyEntries(keys, context.width).flat();
  if (lines.length < rows) return [withTitle('Keys', lines, context)];
  const columns = inColumns(keys, rows - 1, context);
  if (columns !== undefined) return [withTitle('Keys', columns, context)];
  const pages = inPages(keyEntries(keys, context.width), Math.max(1, rows - 1));
  return pages.map((page, index) => {
    const next = index + 1 < pages.length ? ', ? shows more' : '';
    return withTitle(`Keys ${index + 1} of ${pages.length}${next}`, page, context);
  });
}

/** Two columns with everything; undefined if they would be too narrow or too high. */
function inColumns(keys: Controls['keys'], rows: number, { width, glyphs }: RenderContext): StyledText[] | undefined {
  const columnWidth = Math.floor((width - GAP.length) / 2);
  if (columnWidth < MIN_COLUMN_WIDTH) return undefined;
  const [left = [], right = [], ...others] = inPages(keyEntries(keys, columnWidth), Math.max(1, rows));
  if (others.length > 0) return undefined;
  return left.map((line, row) => [...pad(line, columnWidth, glyphs.ellipsis), ...styled(GAP), ...(right[row] ?? [])]);
}

/** The entries, each in as many lines as needed. */
function keyEntries(keys: Controls['keys'], width: number): StyledText[][] {
  const entry = (key: string, text: string): StyledText[] =>
    wrap(text, width - KEY_WIDTH).map((part, row) => [...styled((row === 0 ? key : '').padEnd(KEY_WIDTH), 'bold'), ...styled(part)]);
  const canInjectFaults = keys === 'all';
  return [
    ...(canInjectFaults ? FAULT_KEYS.map(({ key, faultAt }) => entry(key, formatFault(faultAt(0)))) : []),
    entry('?', 'show or hide this help'),
    entry('Ctrl-L', 'redraw the screen'),
    entry('q', 'end and print the result'),
    entry('Ctrl-C', 'the same; twice: stop at once'),
    entry('Ctrl-Z', 'nothing: a rehearsal cannot be suspended'),
    ...(canInjectFaults ? [wrap(FAULT_REMARK, width).map((part) => styled(part, 'dim'))] : []),
  ];
}

/** Entries in pages. No entry is split. */
function inPages(entries: readonly StyledText[][], rows: number): StyledText[][] {
  const pages: StyledText[][] = [];
  for (const entry of entries) {
    const last = pages.at(-1);
    if (last !== undefined && last.length + entry.length <= rows) last.push(...entry);
    else pages.push([...entry]);
  }
  return pages;
}

function withTitle(title: string, lines: readonly StyledText[], { width, glyphs }: RenderContext): StyledText[] {
  const rule = glyphs.rule.repeat(Math.max(0, width - title.length - 1));
  return [styled(`${title} ${rule}`, 'dim'), ...lines].map((line) => truncate(line, width, glyphs.ellipsis));
}
