import { readdirSync } from 'node:fs';
import { ProcFile, unlessGone } from './proc-file';

/** The unit of /proc/<pid>/stat, the same on every Linux. */
const TICKS_PER_SECOND = 100;

/**
 * The CPU time of one Linux process.
 *
 * The sum over its threads is exact to the nanosecond but misses what a thread
 * did after the last reading before its end. The process's own account misses
 * nothing but counts whole hundredths of a second. Neither is ever too high, so
 * the larger one is taken.
 */
export class ProcessCpu {
  private readonly threads = new Map<string, ThreadCpu>();
  private readonly account: ProcFile;
  private readonly childList: ProcFile;
  private endedThreadsSeconds = 0;
  private seconds = 0;

  public constructor(private readonly processId: number) {
    this.account = new ProcFile(`/proc/${processId}/stat`);
    this.childList = new ProcFile(`/proc/${processId}/task/${processId}/children`);
  }

  public read(): number {
    this.seconds = Math.max(this.seconds, this.threadSeconds(), secondsOfAccount(this.account.read()));
    return this.seconds;
  }

  /** The processes that its main thread started. */
  public children(): number[] {
    return (this.childList.read() ?? '').trim().split(' ').filter(Boolean).map(Number);
  }

  public close(): void {
    for (const thread of this.threads.values()) thread.close();
    this.account.close();
    this.childList.close();
  }

  private threadSeconds(): number {
    this.findThreads();
    for (const [name, thread] of this.threads) {
      if (!thread.read()) this.forget(name, thread);
    }
    return [...this.threads.values()].reduce((sum, thread) => sum + thread.seconds, this.endedThreadsSeconds);
  }

  private findThreads(): void {
    for (const name of unlessGone(() => readdirSync(`/proc/${this.processId}/task`)) ?? []) {
      if (!this.threads.has(name)) this.threads.set(name, new ThreadCpu(`/proc/${this.processId}/task/${name}/schedstat`));
    }
  }

  private forget(name: string, thread: ThreadCpu): void {
    this.endedThreadsSeconds += thread.seconds;
    thread.close();
    this.threads.delete(name);
  }
}

class ThreadCpu {
  public seconds = 0;
  private readonly file: ProcFile;

  public constructor(path: string) {
    this.file = new ProcFile(path);
  }

  /** Whether the thread is still there. */
  public read(): boolean {
    const text = this.file.read();
    if (text !== undefined) this.seconds = Number.parseInt(text, 10) / 1e9;
    return text !== undefined;
  }

  public close(): void {
    this.file.close();
  }
}

/** Its own time in user and in system mode; the name before it, in brackets, may itself hold spaces and brackets. */
function secondsOfAccount(text: string | undefined): number {
  if (text === undefined) return 0;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
