import { faultInWords } from '../../src/scenario/fault';
import type { Canvas } from './canvas';
import type { Controls } from './controls';
import { FAULT_KEYS } from './fault-keys';
import { fitted, type Line, padded, span } from './span';
import { wrapped } from './wrapped';

const KEY_WIDTH = 10;
const GAP = '   ';
/** A column that is narrower breaks too many sentences. */
const LEAST_COLUMN_WIDTH = 46;
const REMARK = 'Durations are of the scenario. A fault befalls the oldest tasks that serve.';

/** What each key does, and with which numbers: a page where there is room for it, in two columns if need be, else several. */
export function helpPages({ keys }: Pick<Controls, 'keys'>, rows: number, canvas: Canvas): Line[][] {
  const lines = entriesOf(keys, canvas.width).flat();
  if (lines.length < rows) return [titled('Keys', lines, canvas)];
  const columns = inColumns(keys, rows - 1, canvas);
  if (columns !== undefined) return [titled('Keys', columns, canvas)];
  const pages = paged(entriesOf(keys, canvas.width), Math.max(1, rows - 1));
  return pages.map((page, index) => {
    const next = index + 1 < pages.length ? ', ? shows more' : '';
    return titled(`Keys ${index + 1} of ${pages.length}${next}`, page, canvas);
  });
}

/** Two columns that hold everything; undefined where they would be too narrow, or too high. */
function inColumns(keys: Controls['keys'], rows: number, { width, glyphs }: Canvas): Line[] | undefined {
  const columnWidth = Math.floor((width - GAP.length) / 2);
  if (columnWidth < LEAST_COLUMN_WIDTH) return undefined;
  const [left = [], right = [], ...others] = paged(entriesOf(keys, columnWidth), Math.max(1, rows));
  if (others.length > 0) return undefined;
  return left.map((line, row) => [...padded(line, columnWidth, glyphs.ellipsis), ...span(GAP), ...(right[row] ?? [])]);
}

/** Each entry in as many lines as it takes. */
function entriesOf(keys: Controls['keys'], width: number): Line[][] {
  const entry = (key: string, text: string): Line[] =>
    wrapped(text, width - KEY_WIDTH).map((part, row) => [...span((row === 0 ? key : '').padEnd(KEY_WIDTH), 'strong'), ...span(part)]);
  const hasFaults = keys === 'all';
  return [
    ...(hasFaults ? FAULT_KEYS.map(({ key, fault }) => entry(key, faultInWords(fault(0)))) : []),
    entry('?', 'show this, or what it hides'),
    entry('Ctrl-L', 'draw everything again'),
    entry('q', 'end now and sum up'),
    entry('Ctrl-C', 'end now and sum up; again: stop at once'),
    entry('Ctrl-Z', 'nothing: a rehearsal cannot stand still'),
    ...(hasFaults ? [wrapped(REMARK, width).map((part) => span(part, 'faint'))] : []),
  ];
}

/** Entries in pages; none is in two. */
function paged(entries: readonly Line[][], rows: number): Line[][] {
  const pages: Line[][] = [];
  for (const entry of entries) {
    const last = pages.at(-1);
    if (last !== undefined && last.length + entry.length <= rows) last.push(...entry);
    else pages.push([...entry]);
  }
  return pages;
}

function titled(title: string, lines: readonly Line[], { width, glyphs }: Canvas): Line[] {
  const rule = glyphs.rule.repeat(Math.max(0, width - title.length - 1));
  return [span(`${title} ${rule}`, 'faint'), ...lines].map((line) => fitted(line, width, glyphs.ellipsis));
}
