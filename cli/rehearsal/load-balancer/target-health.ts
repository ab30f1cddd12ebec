/** How many health checks in a row change the health of a target. */
export interface HealthRules {
  readonly initialHealthChecks: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
}

/**
 * The health of one registered target, as its health checks tell it.
 *
 * A new target needs fewer successes than one that was unhealthy: it has done
 * nothing yet to be distrusted for.
 */
export class TargetHealth {
  public state: 'initial' | 'healthy' | 'unhealthy' = 'initial';
  private successes = 0;
  private failures = 0;

  public constructor(private readonly rules: HealthRules) {}

  /** Whether the target is unhealthy, or new and on its way there. */
  public get isFailing(): boolean {
    return this.state === 'unhealthy' || (this.state === 'initial' && this.failures > 0);
  }

  public pass(): void {
    this.failures = 0;
    this.successes += 1;
    const needed = this.state === 'initial' ? this.rules.initialHealthChecks : this.rules.healthyThresholdCount;
    if (this.successes >= needed) this.state = 'healthy';
  }

  public fail(): void {
    this.successes = 0;
    this.failures += 1;
    if (this.failures >= this.rules.unhealthyThresholdCount) this.state = 'unhealthy';
  }
}
