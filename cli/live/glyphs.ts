/** The characters that a live view draws with. */
export interface Glyphs {
  /** Parts of a cell that is filled from the left, from nothing to all of it. */
  readonly fill: readonly string[];
  /** Heights of a bar in one cell, from the lowest to the highest. */
  readonly heights: readonly string[];
  /** A cell of a bar that is not filled. */
  readonly track: string;
  /** Where a metric shall be kept, and where it is low enough to go on with less. */
  readonly target: string;
  readonly low: string;
  /** Time that has passed, and time to come. */
  readonly past: string;
  readonly future: string;
  /** A datapoint that breaches, and one that does not. */
  readonly breaching: string;
  readonly calm: string;
  readonly more: string;
  readonly less: string;
  readonly harm: string;
  readonly change: string;
  readonly held: string;
  readonly becomes: string;
  readonly dot: string;
  readonly rule: string;
  readonly side: string;
  readonly ellipsis: string;
}

const UNICODE: Glyphs = {
  // lines rather than blocks: bars below each other stay apart.
  fill: [' ', '╸', '━'],
  heights: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  track: '─',
  target: '┃',
  low: '╎',
  past: '━',
  future: '─',
  breaching: '●',
  calm: '○',
  more: '▲',
  less: '▼',
  harm: '✗',
  change: '◆',
  held: '=',
  becomes: '→',
  dot: '·',
  rule: '─',
  side: '│',
  ellipsis: '…',
};

const ASCII: Glyphs = {
  fill: [' ', '#'],
  heights: ['_', '.', '-', '=', '+', '*', '#'],
  track: '.',
  target: '|',
  low: ':',
  past: '=',
  future: '-',
  breaching: '*',
  calm: 'o',
  more: '^',
  less: 'v',
  harm: 'x',
  change: '+',
  held: '=',
  becomes: '->',
  dot: '-',
  rule: '-',
  side: '|',
  ellipsis: '~',
};

/** The characters of a terminal that shows Unicode, or those that every terminal shows. */
export function glyphsFor(isUnicode: boolean): Glyphs {
  return isUnicode ? UNICODE : ASCII;
}
