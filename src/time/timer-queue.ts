/** A function and the second at which it is due. */
export interface Timer {
  readonly atSeconds: number;
  /** Counts the timers in the order in which they were added. */
  readonly order: number;
  readonly run: () => void;
}

/**
 * A priority queue of timers by due time, then by the order in which they were added, so that a run with the same seed repeats exactly.
 *
 * It is a binary heap: adding and removing are O(log n).
 */
export class TimerQueue {
  private readonly heap: Timer[] = [];
  private addedCount = 0;

  /** The timer that is due next. */
  public get next(): Timer | undefined {
    return this.heap[0];
  }

  /** Adds a function and returns its timer. */
  public add(atSeconds: number, run: () => void): Timer {
    const timer = { atSeconds, order: this.addedCount++, run };
    this.heap.push(timer);
    this.siftUp(this.heap.length - 1);
    return timer;
  }

  /** Removes and returns the timer that is due next. */
  public removeNext(): Timer | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (last !== undefined && this.heap.length > 0) {
      this.heap[0] = last;
      this.siftDown(0);
    }
    return first;
  }

  private siftUp(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.isInOrder(parent, index)) return;
      this.swap(parent, index);
      index = parent;
    }
  }

  private siftDown(from: number): void {
    let index = from;
    for (;;) {
      const child = this.earlierChild(index);
      if (child === undefined || this.isInOrder(index, child)) return;
      this.swap(index, child);
      index = child;
    }
  }

  private earlierChild(parent: number): number | undefined {
    const left = 2 * parent + 1;
    if (left >= this.heap.length) return undefined;
    const right = left + 1;
    return right < this.heap.length && !this.isInOrder(left, right) ? right : left;
  }

  private isInOrder(first: number, second: number): boolean {
    const a = this.heap[first]!;
    const b = this.heap[second]!;
    return a.atSeconds < b.atSeconds || (a.atSeconds === b.atSeconds && a.order < b.order);
  }

  private swap(first: number, second: number): void {
    const firstTimer = this.heap[first]!;
    this.heap[first] = this.heap[second]!;
    this.heap[second] = firstTimer;
  }
}
