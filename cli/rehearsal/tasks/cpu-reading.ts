/** Tells how much CPU a task has used. */
export interface CpuReading {
  /** CPU seconds since the task started, to the best knowledge at this moment. */
  read(): number;

  /** Lets go of what reading needs; the task has ended. */
  close(): void;
}
