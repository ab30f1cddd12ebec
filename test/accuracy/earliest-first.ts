/** Requests by the service that each will have got when it is done, the least first: a binary heap over two columns. */
export class EarliestFirst {
  private readonly keys: number[] = [];
  private readonly values: number[] = [];

  public get size(): number {
    return this.keys.length;
  }

  /** The least key; infinite where nothing is there. */
  public get first(): number {
    return this.keys[0] ?? Number.POSITIVE_INFINITY;
  }

  public add(key: number, value: number): void {
    let place = this.keys.length;
    for (let parent = (place - 1) >> 1; place > 0 && this.keys[parent]! > key; parent = (place - 1) >> 1) {
      this.move(parent, place);
      place = parent;
    }
    this.keys[place] = key;
    this.values[place] = value;
  }

  /** Takes out what has the least key, and returns its value. */
  public take(): number {
    const taken = this.values[0]!;
    const key = this.keys.pop()!;
    const value = this.values.pop()!;
    if (this.size > 0) this.sink(key, value);
    return taken;
  }

  private sink(key: number, value: number): void {
    let place = 0;
    for (let child = 1; child < this.size; child = 2 * place + 1) {
      if (child + 1 < this.size && this.keys[child + 1]! < this.keys[child]!) child += 1;
      if (this.keys[child]! >= key) break;
      this.move(child, place);
      place = child;
    }
    this.keys[place] = key;
    this.values[place] = value;
  }

  private move(from: number, to: number): void {
    this.keys[to] = this.keys[from]!;
    this.values[to] = this.values[from]!;
  }
}
