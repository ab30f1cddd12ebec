import { ProcessCpu } from './process-cpu';

/**
 * The CPU time of a task on Linux: of its processes and of those that they started,
 * since the command of a task is often `npm start` or a shell script.
 *
 * Left out are processes that another thread than the main one started, and
 * those whose parent has ended.
 */
export class MeasuredCpu {
  private readonly processes = new Map<number, ProcessCpu>();
  private endedSeconds = 0;

  /** @param leaders may grow meanwhile. */
  public constructor(private readonly leaders: readonly number[]) {}

  /** Those that were there at the last look. */
  public get processIds(): Iterable<number> {
    return this.processes.keys();
  }

  public read(): number {
    const present = new Set<number>();
    const seconds = this.leaders.reduce((sum, leader) => sum + this.readTree(leader, present), 0);
    for (const [processId, process] of this.processes) {
      if (!present.has(processId)) this.forget(processId, process);
    }
    return seconds + this.endedSeconds;
  }

  public close(): void {
    for (const [processId, process] of this.processes) this.forget(processId, process);
  }

  private readTree(processId: number, present: Set<number>): number {
    const process = this.processes.get(processId) ?? new ProcessCpu(processId);
    this.processes.set(processId, process);
    present.add(processId);
    return process.children().reduce((sum, child) => sum + this.readTree(child, present), process.read());
  }

  private forget(processId: number, process: ProcessCpu): void {
    this.endedSeconds += process.read();
    process.close();
    this.processes.delete(processId);
  }
}
