import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { InputError } from '../../src/parse/input-error';

const HEAD_BYTES = 65_536;

/** A script or a configuration file is shorter. */
const MAX_SCRIPT_BYTES = 4 * 2 ** 20;

/** A recording of a month of seconds has 2.6 million lines. */
const MAX_RECORDING_BYTES = 256 * 2 ** 20;

/** A metric as JSON is shorter. */
const MAX_JSON_BYTES = 32 * 2 ** 20;

/** A file with traffic. Its beginning is read at once, and the rest when it is needed. */
export class TrafficFile {
  public readonly name: string;
  public readonly folder: string;
  /** In lower case, with its dot. */
  public readonly extension: string;
  public readonly isFolder: boolean;
  public readonly sizeBytes: number;
  private readonly headBytes: Buffer;

  public constructor(public readonly path: string) {
    this.name = basename(path);
    this.folder = dirname(path);
    this.extension = extname(path).toLowerCase();
    const stats = statSync(path);
    this.isFolder = stats.isDirectory();
    this.sizeBytes = stats.size;
    this.headBytes = this.isFolder ? Buffer.alloc(0) : readHead(path);
  }

  /** Whether it is neither text nor compressed. */
  public get isBinary(): boolean {
    if (this.isGzip || this.isUtf16) return false;
    const control = this.headBytes.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
    return control > 0.01 * this.headBytes.length;
  }

  public get isGzip(): boolean {
    return this.headBytes[0] === 0x1f && this.headBytes[1] === 0x8b;
  }

  private get isUtf16(): boolean {
    const [first, second] = this.headBytes;
    return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  }

  /** The first characters. */
  public get head(): string {
    return this.decode(this.headBytes);
  }

  /** The whole text of a script or a configuration file. */
  public get script(): string {
    return notTooDeep(this.textUpTo(MAX_SCRIPT_BYTES, 'a script'));
  }

  /** The whole text of a recording, or of JSON. */
  public get recording(): string {
    if (/^\s*[{[]/.test(this.head)) return notTooDeep(this.textUpTo(MAX_JSON_BYTES, 'JSON'));
    const hasLines = this.sizeBytes <= this.headBytes.length || this.headBytes.includes(10);
    if (!hasLines) throw new InputError(['a recording must have lines, got one line that is longer than 64 KiB']);
    if (this.sizeBytes > HEAD_BYTES) this.assertShortLines();
    return this.textUpTo(MAX_RECORDING_BYTES, 'a recording');
  }

  private textUpTo(maxBytes: number, what: string): string {
    if (this.sizeBytes > maxBytes)
      throw new InputError([`${what} must be at most ${maxBytes / 2 ** 20} MiB, got ${Math.round(this.sizeBytes / 2 ** 20)} MiB`]);
    if (this.sizeBytes <= this.headBytes.length) return this.head;
    // text of one byte a character takes half the memory; only numbers, dates and the names of columns count in a long one.
    return this.sizeBytes > MAX_SCRIPT_BYTES && !this.isUtf16 ? readFileSync(this.path, 'latin1') : this.decode(readFileSync(this.path));
  }

  /** Before a file is held in memory whose lines are too long to be of a table. */
  private assertShortLines(): void {
    const descriptor = openSync(this.path, 'r');
    const buffer = Buffer.allocUnsafe(2 ** 20);
    try {
      for (let length = readSync(descriptor, buffer); length > 0; length = readSync(descriptor, buffer)) {
        if (length === buffer.length && !buffer.includes(10))
          throw new InputError(['a recording must have short lines, got one that is longer than 1 MiB']);
      }
    } finally {
      closeSync(descriptor);
    }
  }

  private decode(bytes: Buffer): string {
    if (!this.isUtf16) return bytes.toString('utf8').replace(/^\uFEFF/, '');
    const little = bytes[0] === 0xff ? bytes : Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16();
    return little.toString('utf16le').replace(/^\uFEFF/, '');
  }
}

/** @throws InputError for a text with more brackets in each other than any tool writes: parsers need much memory for them. */
function notTooDeep(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === '(' || character === '[' || character === '{') depth += 1;
    else if (character === ')' || character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) throw new InputError([`the file must be nested at most ${MAX_DEPTH} deep, got more`]);
  }
  return text;
}

/** Brackets in texts of a script count too, so it is more than for a template. */
const MAX_DEPTH = 1000;

function readHead(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}
