/** A step and the second at which it is due. */
export interface Event {
  readonly atSeconds: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * Events in the order they are due, and in the order they were added where
 * they are due together, so that a run with the same seed replays exactly.
 *
 * Held as a binary heap: adding and taking cost the logarithm of its length.
 */
export class EventQueue {
  private readonly heap: Event[] = [];
  private added = 0;

  /** The event that is due first. */
  public get next(): Event | undefined {
    return this.heap[0];
  }

  /** Adds a step and returns its event. */
  public add(atSeconds: number, run: () => void): Event {
    const event = { atSeconds, order: this.added++, run };
    this.heap.push(event);
    this.rise(this.heap.length - 1);
    return event;
  }

  /** Takes the event that is due first out of the queue. */
  public take(): Event | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (last !== undefined && this.heap.length > 0) {
      this.heap[0] = last;
      this.sink(0);
    }
    return first;
  }

  private rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.isInOrder(parent, index)) return;
      this.swap(parent, index);
      index = parent;
    }
  }

  private sink(from: number): void {
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
    const held = this.heap[first]!;
    this.heap[first] = this.heap[second]!;
    this.heap[second] = held;
  }
}
