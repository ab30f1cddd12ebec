import type { ServiceTask } from './service-task';

/** The availability zones of a service. ECS spreads its tasks over them evenly. */
export class Zones {
  private readonly lost = new Map<number, number>();

  public constructor(private readonly count: number) {}

  /** Where the next task goes: to the zone with the fewest, of those that are not lost. Where all are lost, any zone. */
  public emptiest(tasks: readonly ServiceTask[]): number {
    const counts = this.countsOf(tasks);
    let emptiest = -1;
    for (let zone = 0; zone < this.count; zone++) {
      if (!this.isLost(zone) && (emptiest < 0 || counts[zone]! < counts[emptiest]!)) emptiest = zone;
    }
    return Math.max(0, emptiest);
  }

  /** The zone with the most tasks: the worst one to lose. */
  public fullest(tasks: readonly ServiceTask[]): number {
    const counts = this.countsOf(tasks);
    return counts.indexOf(Math.max(...counts));
  }

  /** Whether a zone that is not lost has two tasks more than another, so that one would be better off there. */
  public areUneven(tasks: readonly ServiceTask[]): boolean {
    const counts = this.countsOf(tasks).filter((_, zone) => !this.isLost(zone));
    return Math.max(...counts) - Math.min(...counts) > 1;
  }

  public lose(zone: number): void {
    this.lost.set(zone, (this.lost.get(zone) ?? 0) + 1);
  }

  /** Ends one loss of a zone. Returns whether it was the last: losses may overlap. */
  public recover(zone: number): boolean {
    this.lost.set(zone, this.lost.get(zone)! - 1);
    return !this.isLost(zone);
  }

  private isLost(zone: number): boolean {
    return (this.lost.get(zone) ?? 0) > 0;
  }

  private countsOf(tasks: readonly ServiceTask[]): number[] {
    const counts = new Array<number>(this.count).fill(0);
    for (const task of tasks) if (task.isKept) counts[task.zone]! += 1;
    return counts;
  }
}
