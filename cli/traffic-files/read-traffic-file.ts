import { InputError } from '../../src/parse/input-error';
import type { KnownIteration } from '../../src/traffic/iteration';
import { FILE_FORMATS, type FileFormat } from './file-formats';
import { parseToolCommand } from './tool-commands';
import { TrafficFile } from './traffic-file';
import type { TrafficSource } from './traffic-source';

/** An error is one line of at most this length, whatever the file has. */
const MAX_CHARACTERS = 200;
const MAX_NAME_CHARACTERS = 50;

/** Reads traffic from a file or a folder of any kind that is known. */
export function readTrafficFile(path: string, iteration: KnownIteration): TrafficSource {
  const file = openFile(path);
  return inOneLine(file.name, () => {
    const format = formatOf(file);
    return { traffic: format.parse(file, iteration), iterationFields: format.iterationFieldsOf?.(file) ?? format.iterationFields };
  });
}

/** Reads traffic from the command line of a load tool; undefined if a text is none. */
export function readToolCommand(text: string, iteration: KnownIteration, folder: string): TrafficSource | undefined {
  return inOneLine('the command', () => parseToolCommand(text, iteration, folder));
}

function openFile(path: string): TrafficFile {
  try {
    return new TrafficFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError([printable(`--traffic must be a file that can be read, got '${path.slice(-100)}' (${code})`)]);
  }
}

function formatOf(file: TrafficFile): FileFormat {
  if (!file.isFolder && file.sizeBytes === 0) throw new InputError(['the file is empty']);
  if (file.isBinary) throw new InputError([`the file is binary: traffic is read from ${KINDS}`]);
  const format = FILE_FORMATS.find(({ looksLike }) => looksLike(file));
  if (format !== undefined) return format;
  const byExtension = FILE_FORMATS.filter(({ extensions }) => extensions.includes(file.extension));
  if (/^\s*[{[]/.test(file.head)) return FILE_FORMATS.at(-1)!;
  if (byExtension.some(({ name }) => name === FILE_FORMATS.at(-1)!.name)) return FILE_FORMATS.at(-1)!;
  const expected = byExtension.length === 0 ? KINDS : byExtension.map(({ name }) => name).join(' or ');
  throw new InputError([`the file is of no kind that traffic is read from, such as ${expected}`]);
}

const KINDS = 'scripts of k6, Locust, artillery, Gatling, JMeter, Taurus, from CSV, metrics or access logs';

/** Runs a function, and throws its errors as one line. */
function inOneLine<Result>(subject: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [first = 'it cannot be read', ...others] = error.errors;
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    throw new InputError(
      [`${shorten(printable(subject), MAX_NAME_CHARACTERS)}: `].map(
        (start) => start + shorten(printable(first), MAX_CHARACTERS - start.length - more.length) + more,
      ),
    );
  }
}

function shorten(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 3)}...`;
}

/** A text without control characters. */
function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
}
