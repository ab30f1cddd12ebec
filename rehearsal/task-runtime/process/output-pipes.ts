import { execFile } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createOwnedFolder, removeOwnedFolder } from './owned-folder';

/** A pipe: what is written to the descriptor can be read from the stream. */
export interface OutputPipe {
  readonly writeDescriptor: number;
  readonly readable: Readable;
}

/**
 * The pipes for standard output and standard error of a task, as a container has them. Node connects a child process by sockets instead, and
 * a program cannot open a socket by the names `/dev/stdout` and `/dev/stderr`, to which servers in images write their logs.
 */
export class OutputPipes {
  private constructor(
    public readonly stdout: OutputPipe,
    public readonly stderr: OutputPipe,
  ) {}

  /** Opens two pipes. Nothing of them stays in the file system. */
  public static async open(): Promise<OutputPipes> {
    const folder = createOwnedFolder();
    try {
      const [stdout, stderr] = [join(folder, 'stdout'), join(folder, 'stderr')];
      await promisify(execFile)('mkfifo', ['-m', '600', stdout, stderr]);
      return new OutputPipes(openPipe(stdout), openPipe(stderr));
    } finally {
      removeOwnedFolder(folder);
    }
  }

  /** Closes the descriptors of this process, once the task has its own: a pipe ends when the last writer has closed it. */
  public closeWriters(): void {
    for (const { writeDescriptor } of [this.stdout, this.stderr]) closeSync(writeDescriptor);
  }

  /** Resolves when all writers have closed both pipes, and everything has been read. */
  public async ended(): Promise<void> {
    await Promise.all([this.stdout, this.stderr].map(({ readable }) => new Promise((resolve) => readable.once('close', resolve))));
  }

  /** Reads no more. */
  public destroy(): void {
    for (const { readable } of [this.stdout, this.stderr]) readable.destroy();
  }
}

/** Opens both ends of a named pipe. Without waiting, a writer can open it only after a reader. */
function openPipe(path: string): OutputPipe {
  const readDescriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writeDescriptor = openSync(path, constants.O_WRONLY);
  return { writeDescriptor, readable: new Socket({ fd: readDescriptor, readable: true, writable: false }) };
}
