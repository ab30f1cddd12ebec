/** The Availability Zones of a service. ECS spreads its tasks evenly over them. */
export class Zones {
  /** How often each zone is lost at the same time. */
  private readonly lossCounts = new Map<number, number>();

  public constructor(private readonly zoneCount: number) {}

  /**
   * The zone of the next task: the one with the fewest tasks that is not lost, or any if all are lost.
   *
   * @param countsByZone the number of tasks in each zone; zones without tasks may be left out.
   */
  public emptiest(countsByZone: readonly (number | undefined)[]): number {
    const counts = this.countsOf(countsByZone);
    let emptiest = -1;
    for (let zone = 0; zone < this.zoneCount; zone++) {
      if (!this.isLost(zone) && (emptiest < 0 || counts[zone]! < counts[emptiest]!)) emptiest = zone;
    }
    return Math.max(0, emptiest);
  }

  /** The zone with the most tasks. */
  public fullest(countsByZone: readonly (number | undefined)[]): number {
    const counts = this.countsOf(countsByZone);
    return counts.indexOf(Math.max(...counts));
  }

  /** Whether a zone has at least two tasks more than another; lost zones are ignored. */
  public areUneven(countsByZone: readonly (number | undefined)[]): boolean {
    const counts = this.countsOf(countsByZone).filter((_, zone) => !this.isLost(zone));
    return Math.max(...counts) - Math.min(...counts) > 1;
  }

  public lose(zone: number): void {
    this.lossCounts.set(zone, (this.lossCounts.get(zone) ?? 0) + 1);
  }

  /** Ends one loss of a zone; returns whether it was the last, as losses may overlap. */
  public recover(zone: number): boolean {
    this.lossCounts.set(zone, this.lossCounts.get(zone)! - 1);
    return !this.isLost(zone);
  }

  private isLost(zone: number): boolean {
    return (this.lossCounts.get(zone) ?? 0) > 0;
  }

  private countsOf(countsByZone: readonly (number | undefined)[]): number[] {
    return Array.from({ length: this.zoneCount }, (_, zone) => countsByZone[zone] ?? 0);
  }
}
