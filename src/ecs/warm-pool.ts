import { type WarmPool, warmPoolSize } from '../plan/instances';

/** The instances of a warm pool: from each launch on, another one is prepared until the pool has its size again. */
export class WarmPoolInstances {
  /** When each instance of the pool is ready, in seconds of the scenario. */
  private readonly readyAtSeconds: number[] = [];

  /** @param inService the instances of the group when the scenario begins, with which the pool is full. */
  public constructor(
    private readonly pool: WarmPool,
    private readonly maxCapacity: number,
    private readonly preparationSeconds: number,
    inService: number,
  ) {
    this.fill(inService, 0);
  }

  /** Takes a prepared instance, if there is one, and prepares as many as are missing then; returns whether there was one. */
  public take(nowSeconds: number, inService: number): boolean {
    const index = this.readyAtSeconds.findIndex((readySeconds) => readySeconds <= nowSeconds);
    if (index >= 0) this.readyAtSeconds.splice(index, 1);
    this.fill(inService, nowSeconds + this.preparationSeconds);
    return index >= 0;
  }

  private fill(inService: number, readySeconds: number): void {
    const size = warmPoolSize(this.pool, this.maxCapacity, inService);
    while (this.readyAtSeconds.length < size) this.readyAtSeconds.push(readySeconds);
  }
}
