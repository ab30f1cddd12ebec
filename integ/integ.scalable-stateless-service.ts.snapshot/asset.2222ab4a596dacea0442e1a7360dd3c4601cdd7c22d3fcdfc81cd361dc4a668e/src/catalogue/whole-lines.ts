import { isUtf8 } from 'node:buffer';
import { CatalogueError } from './catalogue-error.js';

const LINE_END = 10;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** Many times the largest product. */
const MAX_LINE_BYTES = 1_000_000;

/** Text from the start of one line to the end of another. */
export interface Lines {
  readonly first: number;
  readonly text: string;
}

/**
 * Reads a stream by whole lines, or fails with the first that is too long or not UTF-8.
 *
 * A file that is not what it seems, such as one in another encoding or without a single line end, must neither fill the memory
 * nor turn into products with strange names.
 */
export async function* wholeLines(source: AsyncIterable<Buffer>): AsyncGenerator<Lines> {
  let first = 1;
  let rest = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = Buffer.concat([rest, chunk]);
    const end = rest.lastIndexOf(LINE_END) + 1;
    if (rest.length - end > MAX_LINE_BYTES) {
      throw new CatalogueError(`line ${first + linesIn(rest)}: a line must have at most ${MAX_LINE_BYTES} bytes, got more`);
    }
    if (end === 0) continue;
    yield { first, text: textOf(rest.subarray(0, end), first) };
    first += linesIn(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
  if (rest.length > 0) yield { first, text: textOf(rest, first) };
}

function linesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) count++;
  return count;
}

function textOf(bytes: Buffer, first: number): string {
  if (!isUtf8(bytes)) throw new CatalogueError(`line ${first + lineOfStrangeByte(bytes)}: a line must be UTF-8, got other bytes`);
  const marked = first === 1 && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return bytes.toString('utf8', marked ? BYTE_ORDER_MARK.length : 0);
}

function lineOfStrangeByte(bytes: Buffer): number {
  let line = 0;
  for (let start = 0, end = 0; ; start = end, line++) {
    end = bytes.indexOf(LINE_END, start) + 1 || bytes.length;
    if (!isUtf8(bytes.subarray(start, end))) return line;
  }
}
