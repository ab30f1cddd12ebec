import type { Deployment } from '../plan/deployment-settings';
import { DEFAULT_FAILURE_THRESHOLD, failuresAtThreshold } from '../plan/failure-threshold';

/**
 * The deployment circuit breaker: counts the failed tasks of one deployment.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export class DeploymentCircuitBreaker {
  private failureCount = 0;

  public constructor(private readonly settings: Deployment) {}

  /** Counts a failed task; returns what the circuit breaker says of the deployment if that has reached the threshold. */
  public countFailure(desiredCount: number): string | undefined {
    const { hasCircuitBreaker, circuitBreakerThreshold = DEFAULT_FAILURE_THRESHOLD } = this.settings;
    this.failureCount += 1;
    const isTriggered = hasCircuitBreaker && this.failureCount >= failuresAtThreshold(circuitBreakerThreshold, desiredCount);
    if (!isTriggered) return undefined;
    const tasks = this.failureCount === 1 ? '1 task' : `${this.failureCount} tasks`;
    const inARow = this.resetsOnHealthyTask && this.failureCount > 1 ? ' in a row' : '';
    return `${tasks} of the new revision failed${inARow}: the circuit breaker ${this.rollsBack ? 'rolled back' : 'stopped the deployment'}`;
  }

  /** A task of the new revision has become healthy. */
  public resetOnHealthyTask(): void {
    if (this.resetsOnHealthyTask) this.failureCount = 0;
  }

  public get rollsBack(): boolean {
    return this.settings.circuitBreakerRollsBack ?? true;
  }

  private get resetsOnHealthyTask(): boolean {
    return this.settings.resetOnHealthyTask ?? true;
  }
}
