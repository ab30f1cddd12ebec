import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { InputError } from '../../src/parse/input-error';
import { printableText } from '../../src/parse/printable-text';

const MEBIBYTE = 1024 * 1024;
const CHUNK_BYTES = MEBIBYTE;

/** The name of a file for an error: in one line, and not too long. */
export function fileName(path: string): string {
  return printableText(path);
}

/**
 * Reads a text file that an option names, without more of it in memory than the limit.
 *
 * @throws InputError for a file that cannot be read, is larger than the limit, or is no text.
 */
export function readInputFile(option: string, path: string, maxMebibytes: number): string {
  const bytes = readBytes(option, path, maxMebibytes * MEBIBYTE);
  if (bytes === undefined) throw new InputError([`${option} must be a file of at most ${maxMebibytes} MiB, got '${fileName(path)}'`]);
  if (isUtf16(bytes)) throw new InputError([`${option} must be text in UTF-8, got UTF-16 in '${fileName(path)}': save it as UTF-8`]);
  if (bytes.includes(0)) throw new InputError([`${option} must be a text file, got a binary file '${fileName(path)}'`]);
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** The bytes of a file or a pipe; undefined if there are more than the limit. */
function readBytes(option: string, path: string, maxBytes: number): Buffer | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const stat = fstatSync(descriptor);
    if (stat.isFile() && stat.size > maxBytes) return undefined;
    return readAll(descriptor, maxBytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError([`${option} must be a file that can be read, got '${fileName(path)}' (${code})`]);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readAll(descriptor: number, maxBytes: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const count = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
    if (count === 0) return Buffer.concat(chunks);
    total += count;
    if (total > maxBytes) return undefined;
    chunks.push(chunk.subarray(0, count));
  }
}
