/** A control group of Linux: processes, what they use, and what they are held to. */
export interface ControlGroup {
  /** Its folders, each once. */
  readonly folders: readonly string[];

  /** CPU seconds of everything that was ever in it. */
  cpuSeconds(): number;

  /** What it holds, apart from files that were read and can be forgotten. */
  memoryMiB(): number;

  /** How many of its processes the kernel has ended because they needed more memory than the limit. */
  outOfMemoryKills(): number;

  processIds(): number[];

  /** Moves a process in, with all its threads; 0 is the caller. */
  take(processId: number): void;

  /** So many cores in each window of 100 milliseconds. */
  setVcpu(vcpu: number): void;
  setMemoryMiB(memoryMiB: number): void;

  freeze(): void;
  thaw(): void;
  kill(): void;
}
