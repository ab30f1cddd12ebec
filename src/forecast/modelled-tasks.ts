import { launchSpread } from '../scaling/aws-behavior';
import type { Chance } from '../scenario/chance';
import { provisioningChance, type Scenario } from '../scenario/scenario';
import type { Cancel, Time } from '../time/time';

/** The stations of a task's life. */
export type TaskState = 'launching' | 'initial' | 'healthy' | 'draining';

interface ModelledTask {
  state: TaskState;
  /** Calls off the step of its life that comes next. */
  cancelNext: Cancel;
}

/** Tasks that exist in numbers only: they are provisioned, start, become healthy, drain and go. */
export class ModelledTasks {
  private readonly provisioning: Chance;
  private tasks: readonly ModelledTask[];

  /** @param beforeChange called before each change of a state. */
  public constructor(
    private readonly time: Time,
    private readonly scenario: Scenario,
    private readonly beforeChange: () => void,
  ) {
    this.provisioning = provisioningChance(scenario);
    this.tasks = Array.from({ length: scenario.plan.policy.minCapacity }, () => ({ state: 'healthy', cancelNext: () => {} }));
  }

  /** All tasks that are paid for. */
  public get count(): number {
    return this.tasks.length;
  }

  public countOf(state: TaskState): number {
    let count = 0;
    for (const task of this.tasks) if (task.state === state) count += 1;
    return count;
  }

  /** Launches what is missing, or lets go of what is too much. */
  public resize(desiredCount: number): void {
    const kept = this.tasks.filter((task) => task.state !== 'draining');
    for (let missing = desiredCount - kept.length; missing > 0; missing--) this.launch();
    // the youngest go first: they may not even serve yet.
    for (const task of kept.slice(desiredCount).reverse()) this.remove(task);
  }

  private launch(): void {
    const { behavior, workload, plan } = this.scenario;
    const task: ModelledTask = { state: 'launching', cancelNext: () => {} };
    this.tasks = [...this.tasks, task];
    // the first health check that a started task passes comes at once, the others an interval apart.
    const healthySeconds = workload.startSeconds + (behavior.initialHealthChecks - 1) * plan.healthCheck.intervalSeconds;
    task.cancelNext = this.later(this.provisioning.around(launchSpread(behavior, plan.policy.platform)), () => {
      task.state = 'initial';
      task.cancelNext = this.later(healthySeconds, () => {
        task.state = 'healthy';
      });
    });
  }

  private remove(task: ModelledTask): void {
    const { plan, workload } = this.scenario;
    task.cancelNext();
    if (task.state === 'launching') {
      this.drop(task);
      return;
    }
    task.state = 'draining';
    const stopSeconds = Math.min(workload.stopSeconds, plan.container.stopTimeoutSeconds);
    this.later(plan.deregistrationDelaySeconds + stopSeconds, () => this.drop(task));
  }

  private drop(task: ModelledTask): void {
    this.tasks = this.tasks.filter((other) => other !== task);
  }

  private later(delaySeconds: number, change: () => void): Cancel {
    return this.time.after(delaySeconds, () => {
      this.beforeChange();
      change();
    });
  }
}
