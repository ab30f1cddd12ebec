import type { TaskClock } from '../../ecs/task-clock';
import type { SeededRandom } from '../../math/seeded-random';
import type { Deployment } from '../../plan/deployment-settings';
import type { HealthCheck } from '../../plan/health-check';
import type { AwsBehavior } from '../../scaling/aws-behavior';
import type { SimulatedTask } from './simulated-task';

/** The settings that the health checks of a fleet depend on. */
export interface HealthCheckRules {
  readonly healthCheck: HealthCheck;
  readonly deployment: Deployment;
  readonly behavior: AwsBehavior;
  /** From the start of a container until it listens. */
  readonly startUpSeconds: number;
}

/** Gets notified of the results of the health checks. */
export interface HealthCheckObserver {
  onHealthy(task: SimulatedTask): void;
  onUnhealthy(task: SimulatedTask): void;
  /** A task has failed its checks, and its grace period is over: ECS will replace it. */
  onMarkedForReplacement(task: SimulatedTask): void;
}

/**
 * The health checks of the load balancer. Each target gets its first check at a time of its own.
 *
 * Checks are not simulated one by one: only the time of the check that changes the health of a task is computed, from the time at which the task
 * changed.
 */
export class SimulatedHealthChecks {
  public constructor(
    private readonly taskClock: TaskClock,
    private readonly rules: HealthCheckRules,
    private readonly random: SeededRandom,
    private readonly observer: HealthCheckObserver,
  ) {}

  /** Starts the checks of a target that was just registered. */
  public start(task: SimulatedTask): void {
    const { healthCheck, behavior, startUpSeconds } = this.rules;
    task.firstHealthCheckAtSeconds =
      this.taskClock.nowSeconds + this.random.uniformIn(behavior.firstHealthCheckShare) * healthCheck.intervalSeconds;
    const listensAtSeconds = this.taskClock.nowSeconds + (task.isListening ? 0 : startUpSeconds);
    const failedCount = this.checksBefore(task, listensAtSeconds);
    const becomesUnhealthyFirst = failedCount >= healthCheck.unhealthyThresholdCount;
    const requiredCount = becomesUnhealthyFirst ? healthCheck.healthyThresholdCount : behavior.initialHealthChecks;
    const healthyAtSeconds = this.checkAtSeconds(task, failedCount + requiredCount - 1) + task.registrationLagSeconds;
    this.scheduleUnlessChanged(task, healthyAtSeconds, () => this.becomeHealthy(task));
    if (becomesUnhealthyFirst)
      this.scheduleUnlessChanged(task, this.checkAtSeconds(task, healthCheck.unhealthyThresholdCount - 1), () =>
        this.markAfterGracePeriod(task),
      );
  }

  /** Starts the checks of a task that is healthy already. */
  public startHealthy(task: SimulatedTask): void {
    task.firstHealthCheckAtSeconds = this.taskClock.nowSeconds + this.random.uniform() * this.rules.healthCheck.intervalSeconds;
    task.update({ isHealthy: true, hasBeenHealthy: true });
  }

  /** To be called when the result of a task's checks has changed. */
  public reschedule(task: SimulatedTask, nowSeconds = this.taskClock.nowSeconds): void {
    const { timeoutSeconds, unhealthyThresholdCount, healthyThresholdCount } = this.rules.healthCheck;
    task.healthChangeCount += 1;
    if (task.status !== 'RUNNING' || !task.isRegistered) return;
    const nextIndex = this.checksBefore(task, nowSeconds);
    if (task.failsHealthChecks) {
      // a check without a response fails at the health check timeout.
      const addedTimeoutSeconds = task.pauseFaultCount > 0 || task.isOverloaded ? timeoutSeconds : 0;
      this.scheduleUnlessChanged(task, this.checkAtSeconds(task, nextIndex + unhealthyThresholdCount - 1) + addedTimeoutSeconds, () =>
        this.becomeUnhealthy(task),
      );
    } else if (!task.isHealthy) {
      this.scheduleUnlessChanged(task, this.checkAtSeconds(task, nextIndex + healthyThresholdCount - 1), () => this.becomeHealthy(task));
    }
  }

  private becomeHealthy(task: SimulatedTask): void {
    if (task.failsHealthChecks) return;
    task.update({ isHealthy: true, hasBeenHealthy: true });
    task.healthChangeCount += 1;
    this.observer.onHealthy(task);
  }

  private becomeUnhealthy(task: SimulatedTask): void {
    task.update({ isHealthy: false });
    this.observer.onUnhealthy(task);
    this.markAfterGracePeriod(task);
  }

  /** Marks an unhealthy task for replacement, once its health check grace period is over. */
  private markAfterGracePeriod(task: SimulatedTask): void {
    const graceEndsAtSeconds = task.runningSinceSeconds + this.rules.deployment.healthCheckGracePeriodSeconds;
    if (this.taskClock.nowSeconds < graceEndsAtSeconds) {
      this.scheduleUnlessChanged(task, graceEndsAtSeconds, () => this.markAfterGracePeriod(task));
    } else if (!task.isHealthy) {
      task.update({ isMarkedForReplacement: true });
      this.observer.onMarkedForReplacement(task);
    }
  }

  /** The number of checks of a task before a second of the scenario. */
  private checksBefore(task: SimulatedTask, seconds: number): number {
    return Math.max(0, Math.ceil((seconds - task.firstHealthCheckAtSeconds) / this.rules.healthCheck.intervalSeconds));
  }

  /** The second of a check of a task, which are counted from 0. */
  private checkAtSeconds(task: SimulatedTask, index: number): number {
    return task.firstHealthCheckAtSeconds + index * this.rules.healthCheck.intervalSeconds;
  }

  /** Runs a function at a second of the scenario, unless the result of the task's checks changes before. */
  private scheduleUnlessChanged(task: SimulatedTask, atSeconds: number, run: () => void): void {
    const { healthChangeCount } = task;
    this.taskClock.at(atSeconds, () => {
      if (task.healthChangeCount === healthChangeCount && task.status === 'RUNNING' && task.isRegistered) run();
    });
  }
}
