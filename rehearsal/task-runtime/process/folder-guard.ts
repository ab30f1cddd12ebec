import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Reads the groups of processes until its standard input ends, which it does with the process that has created it, however that exits.
 * Then it kills the last of them, if it still runs, and removes the folder.
 */
const GUARD = `while read -r line; do group=$line; done; [ -n "$group" ] && kill -s KILL -- "-$group" 2>/dev/null; rm -rf -- "$1"`;

/** A process that outlives this one just long enough to end a group of processes and to remove a folder that they write to. */
export class FolderGuard {
  private readonly guard;

  public constructor(folder: string) {
    // a Ctrl-C in the terminal must not reach it.
    this.guard = spawn('sh', ['-c', GUARD, 'sh', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    // without a shell, as on Windows, the next command removes the folder.
    this.guard.on('error', () => {});
    this.guard.stdin.on('error', () => {});
    // it alone does not keep this process running.
    this.guard.unref();
    (this.guard.stdin as Socket).unref();
  }

  /** Names the group of processes that write to the folder. */
  public watch(groupId: number): void {
    this.guard.stdin.write(`${groupId}\n`);
  }

  /** Forgets the group, whose processes have exited. */
  public forget(): void {
    this.guard.stdin.write('\n');
  }

  /** Removes the folder. */
  public end(): void {
    this.guard.stdin.end();
  }
}
