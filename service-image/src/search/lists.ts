/**
 * Lists of numbers, one after the other in a single typed array.
 *
 * Filled twice with the same items: the first pass counts the length of each list, the second writes the items.
 */
export class Lists {
  private readonly starts: Uint32Array;
  private readonly items: Uint32Array;

  constructor(count: number, fill: (add: (list: number, item: number) => void) => void) {
    const starts = new Uint32Array(count + 1);
    fill((list) => {
      starts[list + 1]++;
    });
    for (let list = 0; list < count; list++) starts[list + 1] += starts[list];
    const items = new Uint32Array(starts[count]);
    const next = starts.slice();
    fill((list, item) => {
      items[next[list]++] = item;
    });
    this.starts = starts;
    this.items = items;
  }

  /** One item at a time: a view of a list would be a garbage object for each search. */
  item(list: number, index: number): number {
    return this.items[this.starts[list] + index];
  }

  lengthOf(list: number): number {
    return this.starts[list + 1] - this.starts[list];
  }
}
