import { readdirSync, readFileSync } from 'node:fs';
import { KIBIBYTES_PER_MEBIBYTE, ProcFile, resultOrUndefined } from './proc-file';

/**
 * The CPU time of a process tree on Linux: of a task's processes and of those that they started, since the command of a task is
 * often `npm start` or a shell script.
 *
 * Not counted are processes that another thread than the main one started, and processes whose parent has exited.
 */
export class ProcessTreeCpu {
  private readonly processes = new Map<number, ProcessCpu>();
  private exitedSeconds = 0;

  /** @param roots the ids of the processes at the top of the tree, a live array: more may be added later. */
  public constructor(private readonly roots: readonly number[]) {}

  /** The ids of the processes that existed at the last call of `read`. */
  public get processIds(): Iterable<number> {
    return this.processes.keys();
  }

  /** Reads the CPU seconds of all processes so far. */
  public read(): number {
    const existingIds = new Set<number>();
    const seconds = this.roots.reduce((sum, root) => sum + this.readTree(root, existingIds), 0);
    for (const [processId, process] of this.processes) {
      if (!existingIds.has(processId)) this.remove(processId, process);
    }
    return seconds + this.exitedSeconds;
  }

  public close(): void {
    for (const [processId, process] of this.processes) this.remove(processId, process);
  }

  private readTree(processId: number, existingIds: Set<number>): number {
    const process = this.processes.get(processId) ?? new ProcessCpu(processId);
    this.processes.set(processId, process);
    existingIds.add(processId);
    return process.children().reduce((sum, child) => sum + this.readTree(child, existingIds), process.read());
  }

  private remove(processId: number, process: ProcessCpu): void {
    this.exitedSeconds += process.read();
    process.close();
    this.processes.delete(processId);
  }
}

/** The unit of CPU time in /proc/<pid>/stat, the same on every Linux. */
const TICKS_PER_SECOND = 100;

/**
 * The CPU time of one Linux process.
 *
 * The sum over its threads is exact to the nanosecond, but misses what a thread used between the last call of `read` and its exit. The
 * process's own counter misses nothing, but has a resolution of a hundredth of a second. Neither is ever too high, so the larger one
 * is used.
 */
class ProcessCpu {
  private readonly threads = new Map<string, ThreadCpu>();
  private readonly statFile: ProcFile;
  private readonly childrenFile: ProcFile;
  private endedThreadsSeconds = 0;
  private seconds = 0;

  public constructor(private readonly processId: number) {
    this.statFile = new ProcFile(`/proc/${processId}/stat`);
    this.childrenFile = new ProcFile(`/proc/${processId}/task/${processId}/children`);
  }

  public read(): number {
    this.seconds = Math.max(this.seconds, this.threadSeconds(), parseCpuSeconds(this.statFile.read()));
    return this.seconds;
  }

  /** The processes that its main thread started. */
  public children(): number[] {
    return (this.childrenFile.read() ?? '').trim().split(' ').filter(Boolean).map(Number);
  }

  public close(): void {
    for (const thread of this.threads.values()) thread.close();
    this.statFile.close();
    this.childrenFile.close();
  }

  private threadSeconds(): number {
    this.addNewThreads();
    for (const [name, thread] of this.threads) {
      if (!thread.read()) this.remove(name, thread);
    }
    return [...this.threads.values()].reduce((sum, thread) => sum + thread.seconds, this.endedThreadsSeconds);
  }

  private addNewThreads(): void {
    for (const name of resultOrUndefined(() => readdirSync(`/proc/${this.processId}/task`)) ?? []) {
      if (!this.threads.has(name)) this.threads.set(name, new ThreadCpu(`/proc/${this.processId}/task/${name}/schedstat`));
    }
  }

  private remove(name: string, thread: ThreadCpu): void {
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

  /** Updates `seconds`. Returns whether the thread still exists. */
  public read(): boolean {
    const text = this.file.read();
    if (text !== undefined) this.seconds = Number.parseInt(text, 10) / 1e9;
    return text !== undefined;
  }

  public close(): void {
    this.file.close();
  }
}

/** Reads user and system time from /proc/<pid>/stat. The process name, in brackets, may itself contain spaces and brackets. */
function parseCpuSeconds(text: string | undefined): number {
  if (text === undefined) return 0;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/**
 * The resident memory of several Linux processes together. Undefined once all of them have exited.
 *
 * Anonymous memory is added up. Of memory that may be shared, such as program code, only that of the process with the most is counted:
 * the exact figure, the proportional set size, takes the kernel a millisecond or more for each process, because it walks through
 * every page.
 */
export function residentMemoryMiB(processIds: Iterable<number>): number | undefined {
  const sizes = [...processIds].map(residentKibibytes).filter((size) => size !== undefined);
  if (sizes.length === 0) return undefined;
  const anonymous = sizes.reduce((sum, size) => sum + size.anonymous, 0);
  return (anonymous + Math.max(...sizes.map((size) => size.shared))) / KIBIBYTES_PER_MEBIBYTE;
}

function residentKibibytes(processId: number): { readonly anonymous: number; readonly shared: number } | undefined {
  const status = resultOrUndefined(() => readFileSync(`/proc/${processId}/status`, 'latin1')) ?? '';
  // a zombie, which has exited and was not waited for yet, has no memory.
  if (!status.includes('\nRssAnon:')) return undefined;
  const kibibytes = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { anonymous: kibibytes('RssAnon'), shared: kibibytes('RssFile') + kibibytes('RssShmem') };
}
