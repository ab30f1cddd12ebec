import type { TaskClock } from '../../ecs/task-clock';
import type { Deployment } from '../../plan/deployment';
import type { HealthCheck } from '../../plan/health-check';
import type { AwsBehavior } from '../../scaling/aws-behavior';
import type { Chance } from '../../scenario/chance';
import type { ModelledTask } from './modelled-task';

/** What the health checks of a fleet know of it. */
export interface HealthCheckRules {
  readonly healthCheck: HealthCheck;
  readonly deployment: Deployment;
  readonly behavior: AwsBehavior;
  /** From the start of a container until it listens. */
  readonly startSeconds: number;
}

/** Told what the health checks find. */
export interface HealthCheckObserver {
  onHealthy(task: ModelledTask): void;
  onUnhealthy(task: ModelledTask): void;
  /** A task has failed its checks, and its grace period is over: ECS will replace it. */
  onCondemned(task: ModelledTask): void;
}

/**
 * The load balancer's health checks, each target's on a beat of its own.
 *
 * Nothing is checked: when the check is due that turns the tide follows from when a task's condition changed.
 */
export class HealthChecks {
  public constructor(
    private readonly clock: TaskClock,
    private readonly rules: HealthCheckRules,
    private readonly chance: Chance,
    private readonly observer: HealthCheckObserver,
  ) {}

  /** Begins to check a task that has just been registered. */
  public begin(task: ModelledTask): void {
    const { healthCheck, behavior, startSeconds } = this.rules;
    task.firstCheckAtSeconds = this.clock.nowSeconds + this.chance.within(behavior.firstHealthCheckShare) * healthCheck.intervalSeconds;
    const listensAtSeconds = this.clock.nowSeconds + (task.isListening ? 0 : startSeconds);
    const failed = this.checksBefore(task, listensAtSeconds);
    const wasFailing = failed >= healthCheck.unhealthyThresholdCount;
    const needed = wasFailing ? healthCheck.healthyThresholdCount : behavior.initialHealthChecks;
    this.expect(task, this.checkAt(task, failed + needed - 1), () => this.becomeHealthy(task));
    if (wasFailing) this.expect(task, this.checkAt(task, healthCheck.unhealthyThresholdCount - 1), () => this.condemnAfterGrace(task));
  }

  /** Starts a task in the middle of its life. */
  public beginHealthy(task: ModelledTask): void {
    task.firstCheckAtSeconds = this.clock.nowSeconds + this.chance.unit() * this.rules.healthCheck.intervalSeconds;
    task.isHealthy = true;
    task.wasHealthy = true;
  }

  /** Looks at a task whose condition has changed. */
  public review(task: ModelledTask, nowSeconds = this.clock.nowSeconds): void {
    const { timeoutSeconds, unhealthyThresholdCount, healthyThresholdCount } = this.rules.healthCheck;
    task.healthCase += 1;
    if (task.station !== 'running' || !task.isRegistered) return;
    const next = this.checksBefore(task, nowSeconds);
    if (task.failsChecks) {
      // a check that is not answered fails only when its time is over.
      const silence = task.freezes > 0 || task.isOverloaded ? timeoutSeconds : 0;
      this.expect(task, this.checkAt(task, next + unhealthyThresholdCount - 1) + silence, () => this.becomeUnhealthy(task));
    } else if (!task.isHealthy) {
      this.expect(task, this.checkAt(task, next + healthyThresholdCount - 1), () => this.becomeHealthy(task));
    }
  }

  private becomeHealthy(task: ModelledTask): void {
    if (task.failsChecks) return;
    task.isHealthy = true;
    task.wasHealthy = true;
    task.healthCase += 1;
    this.observer.onHealthy(task);
  }

  private becomeUnhealthy(task: ModelledTask): void {
    task.isHealthy = false;
    this.observer.onUnhealthy(task);
    this.condemnAfterGrace(task);
  }

  private condemnAfterGrace(task: ModelledTask): void {
    const graceEndsAtSeconds = task.runningAtSeconds + this.rules.deployment.healthCheckGracePeriodSeconds;
    if (this.clock.nowSeconds < graceEndsAtSeconds) {
      this.expect(task, graceEndsAtSeconds, () => this.condemnAfterGrace(task));
    } else if (!task.isHealthy) {
      task.isCondemned = true;
      this.observer.onCondemned(task);
    }
  }

  /** How many checks of a task come before a second of the scenario. */
  private checksBefore(task: ModelledTask, seconds: number): number {
    return Math.max(0, Math.ceil((seconds - task.firstCheckAtSeconds) / this.rules.healthCheck.intervalSeconds));
  }

  private checkAt(task: ModelledTask, index: number): number {
    return task.firstCheckAtSeconds + index * this.rules.healthCheck.intervalSeconds;
  }

  /** Runs a step at a second of the scenario, unless the task's condition changes before. */
  private expect(task: ModelledTask, atSeconds: number, step: () => void): void {
    const { healthCase } = task;
    this.clock.at(atSeconds, () => {
      if (task.healthCase === healthCase && task.station === 'running' && task.isRegistered) step();
    });
  }
}
