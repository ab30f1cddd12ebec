import { blocksOf, isBlock } from './block-glyphs';
import { type Run, runsOf } from './terminal-runs';

/** The size of a cell of the terminal, in pixels, and where its letters stand. */
const CELL = { width: 8.4, height: 18, baseline: 13.5 };
const MARGIN = { side: 16, top: 44, bottom: 14 };

/** A terminal as a picture: one frame, or several that are shown in turn. */
export interface TerminalPicture {
  readonly title: string;
  /** What the picture shows, for those who do not see it. */
  readonly description: string;
  readonly columns: number;
  /** The lines of each frame, as they were written to a terminal: with its colors, and without any other control. */
  readonly frames: readonly (readonly string[])[];
  readonly secondsPerFrame?: number;
}

/** A picture of a terminal: an SVG without scripts, fonts or images, whose letters keep their columns in any font. */
export function terminalSvg({ title, description, columns, frames, secondsPerFrame = 2 }: TerminalPicture): string {
  const rows = Math.max(...frames.map((lines) => lines.length));
  const [width, height] = [Math.ceil(columns * CELL.width) + 2 * MARGIN.side, rows * CELL.height + MARGIN.top + MARGIN.bottom];
  const isMoving = frames.length > 1;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`,
    `<style>${STYLE}${isMoving ? motion(frames.length, secondsPerFrame) : ''}</style>`,
    `<rect class="window" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map((color, index) => `<circle cx="${20 + 20 * index}" cy="18" r="6" fill="${color}"/>`),
    `<text class="title" x="${width / 2}" y="22">${escaped(title)}</text>`,
    ...frames.map((lines, index) =>
      frameOf(lines, isMoving ? ` style="animation-delay:${(index - frames.length) * secondsPerFrame}s"` : ''),
    ),
    '</svg>\n',
  ].join('\n');
}

const STYLE = [
  ".window{fill:#0d1117;stroke:#30363d}text{font:14px ui-monospace,SFMono-Regular,'SF Mono',Menlo,Consolas,'Liberation Mono',monospace;fill:#c9d1d9;white-space:pre}",
  'text.title{font:12px system-ui,sans-serif;fill:#8b949e;text-anchor:middle}.b{font-weight:700}',
  '.k{fill:#0d1117}.s{fill:#c9d1d9}.gray{fill:#8b949e}.red{fill:#ff7b72}.green{fill:#3fb950}.yellow{fill:#e3b341}.blue{fill:#79c0ff}.cyan{fill:#56d4dd}',
].join('');

/** Each frame is visible for its share of the time; without motion the last one is. */
function motion(count: number, secondsPerFrame: number): string {
  const share = Number((100 / count).toFixed(3));
  return [
    `.frame{visibility:hidden;animation:turn ${count * secondsPerFrame}s step-end infinite}.frame:last-of-type{visibility:visible}`,
    `@keyframes turn{0%{visibility:visible}${share}%{visibility:hidden}}`,
    '@media (prefers-reduced-motion:reduce){.frame{animation:none}}',
  ].join('');
}

function frameOf(lines: readonly string[], attributes: string): string {
  const drawn = lines.flatMap((line, row) => runsOf(line).flatMap((run) => drawnRun(run, MARGIN.top + row * CELL.height)));
  return `<g class="frame"${attributes}>\n${drawn.join('\n')}\n</g>`;
}

function drawnRun({ text, column, color, isBold, isInverse }: Run, y: number): string[] {
  const ground = isInverse
    ? [`<rect class="${color ?? 's'}" x="${left(column)}" y="${y}" width="${pixels(text.length)}" height="${CELL.height}"/>`]
    : [];
  const shown = isInverse ? 'k' : color;
  return [...ground, ...pieces(text).flatMap((piece) => drawnPiece(piece.text, column + piece.at, y, shown, isBold))];
}

function drawnPiece(text: string, column: number, y: number, color: string | undefined, isBold: boolean): string[] {
  if (isBlock(text[0]!)) {
    const path = blocksOf(text, { x: left(column), y, width: CELL.width, height: CELL.height });
    return [`<path class="${color ?? 's'}" d="${path}"/>`];
  }
  const classes = [color, isBold ? 'b' : undefined].filter((one) => one !== undefined).join(' ');
  const styled = classes === '' ? '' : ` class="${classes}"`;
  // a length of its own keeps every piece in its columns, whatever font the reader has.
  return [`<text${styled} x="${left(column)}" y="${y + CELL.baseline}" textLength="${pixels(text.length)}">${escaped(text)}</text>`];
}

/** Letters and drawn glyphs apart, without what is only space. */
function pieces(text: string): { readonly text: string; readonly at: number }[] {
  return [...text.matchAll(/[\u2500-\u259f]+|[^\s\u2500-\u259f]+(?: [^\s\u2500-\u259f]+)*/g)].map((match) => ({
    text: match[0],
    at: match.index,
  }));
}

function left(column: number): number {
  return Number((MARGIN.side + column * CELL.width).toFixed(1));
}

function pixels(columns: number): number {
  return Number((columns * CELL.width).toFixed(1));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
