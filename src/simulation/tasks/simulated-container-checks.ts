import type { TaskClock } from '../../ecs/task-clock';
import type { Plan } from '../../plan/service-plan';
import { type ContainerHealthCheck, type ContainerTimes, containerTimes } from '../../plan/task-containers';
import type { HealthCheckObserver } from './simulated-health-checks';
import type { SimulatedTask } from './simulated-task';

/** The plan of the tasks, and how long their serving container takes to listen. */
export interface ContainerCheckRules extends Pick<Plan, 'containers' | 'deployment'> {
  readonly startUpSeconds: number;
}

/**
 * The health checks of the containers of a task, as ECS sees them beside those of the load balancer. The first one comes an interval after
 * the start of its container.
 *
 * Those of the serving container fail when those of the load balancer do. The others pass.
 */
export class SimulatedContainerChecks {
  private readonly times: ContainerTimes;
  /** The health check of the serving container; undefined if it has none. */
  private readonly servingCheck?: ContainerHealthCheck;

  public constructor(
    private readonly taskClock: TaskClock,
    private readonly rules: ContainerCheckRules,
    private readonly observer: Pick<HealthCheckObserver, 'onHealthy' | 'onMarkedForReplacement'>,
  ) {
    const { containers = [], startUpSeconds } = rules;
    this.times = containerTimes(containers, startUpSeconds);
    this.servingCheck = containers.find(({ isServing }) => isServing)?.healthCheck;
  }

  /** Starts the checks of a task whose serving container has just started. */
  public start(task: SimulatedTask): void {
    const { healthySeconds, unhealthySeconds } = this.times;
    task.containerStartedAtSeconds = this.taskClock.nowSeconds;
    if (healthySeconds === 0) return;
    task.update({ areContainersHealthy: false });
    this.after(task, healthySeconds, () => this.becomeHealthy(task));
    if (unhealthySeconds !== undefined) this.after(task, unhealthySeconds, () => this.markAfterGracePeriod(task));
  }

  /** To be called when the result of the checks of a task has changed. */
  public reschedule(task: SimulatedTask, nowSeconds = this.taskClock.nowSeconds): void {
    const { servingCheck } = this;
    if (servingCheck === undefined || task.status !== 'RUNNING') return;
    task.containerHealthChangeCount += 1;
    const { intervalSeconds, retries, timeoutSeconds } = servingCheck;
    const sinceStartSeconds = nowSeconds - task.containerStartedAtSeconds;
    const nextCheckSeconds = intervalSeconds * Math.max(1, Math.ceil(sinceStartSeconds / intervalSeconds)) - sinceStartSeconds;
    const isHanging = task.isPaused || task.isOverloaded;
    if (task.failsHealthChecks) {
      const failedSeconds = nextCheckSeconds + (retries - 1) * intervalSeconds + (isHanging ? timeoutSeconds : 0);
      this.after(task, failedSeconds, () => {
        task.update({ areContainersHealthy: false });
        this.markAfterGracePeriod(task);
      });
    } else if (!task.areContainersHealthy) this.after(task, nextCheckSeconds, () => this.becomeHealthy(task));
  }

  private becomeHealthy(task: SimulatedTask): void {
    if (task.isMarkedForReplacement) return;
    task.update({ areContainersHealthy: true });
    if (task.isHealthy) this.observer.onHealthy(task);
  }

  private markAfterGracePeriod(task: SimulatedTask): void {
    const graceSeconds = task.containerStartedAtSeconds + this.rules.deployment.healthCheckGracePeriodSeconds - this.taskClock.nowSeconds;
    if (graceSeconds > 0) this.after(task, graceSeconds, () => this.markAfterGracePeriod(task));
    else if (!task.areContainersHealthy && !task.isMarkedForReplacement) {
      task.update({ isMarkedForReplacement: true });
      task.isMarkedByContainer = true;
      this.observer.onMarkedForReplacement(task);
    }
  }

  /** Runs a function later, unless the result of the checks changes before. */
  private after(task: SimulatedTask, seconds: number, run: () => void): void {
    const { containerHealthChangeCount } = task;
    this.taskClock.after(seconds, () => {
      if (task.containerHealthChangeCount === containerHealthChangeCount && task.status === 'RUNNING') run();
    });
  }
}
