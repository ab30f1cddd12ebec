import { closeSync, openSync, readSync } from 'node:fs';

/** Larger than the files that are read here, apart from the list of children of a process that has hundreds of them. */
const buffer = Buffer.alloc(4096);

/**
 * A file of Linux's /proc that is read many times.
 *
 * It stays open, which makes reading it five times cheaper and binds it to its process: a later process with the same id has another
 * file.
 */
export class ProcFile {
  private descriptor: number | undefined;

  public constructor(path: string) {
    this.descriptor = resultOrUndefined(() => openSync(path, 'r'));
  }

  /** The current content, or undefined once its process or thread has exited. */
  public read(): string | undefined {
    const descriptor = this.descriptor;
    if (descriptor === undefined) return undefined;
    const length = resultOrUndefined(() => readSync(descriptor, buffer, 0, buffer.length, 0));
    return length === undefined ? undefined : buffer.toString('latin1', 0, length);
  }

  public close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

/** The result of a function, or undefined if it throws: a process, and with it its files, may be gone at any time. */
export function resultOrUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

export const BYTES_PER_MEBIBYTE = 2 ** 20;

export const KIBIBYTES_PER_MEBIBYTE = 1024;
