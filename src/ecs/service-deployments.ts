import { type DeployedTasks, DeploymentInProgress, type DeploymentParts, type DeploymentRevisions } from './deployment-in-progress';
import type { ServiceTask } from './service-task';

/** What the deployments of a service need, and what they report. */
export interface ServiceDeploymentsParts extends Omit<DeploymentParts, 'rollBack' | 'settings'> {
  /** The current deployment configuration. */
  readonly settings: () => DeploymentParts['settings'];
  readonly desiredCount: () => number;
  /** Called when the tasks of all revisions get the same share of the traffic again. */
  resetTrafficShares(): void;
}

/** The revisions of a service, and the deployments that replace the tasks of one by those of another. */
export class ServiceDeployments {
  private currentRevisionNumber = 0;
  private newestRevision = 0;
  private deployment: DeploymentInProgress | undefined;
  /** The revisions whose tasks exit at their start. */
  private readonly badRevisions = new Set<number>();
  /** The rollback alarms that are in ALARM. */
  private readonly alarmsInAlarm = new Set<string>();

  public constructor(private readonly parts: ServiceDeploymentsParts) {}

  /** The revision that ECS launches tasks of. */
  public get currentRevision(): number {
    return this.currentRevisionNumber;
  }

  /** The deployment that is not complete, also one that has failed without a rollback; undefined if there is none. */
  public get inProgress(): DeploymentInProgress | undefined {
    return this.deployment;
  }

  /** Whether a task is of a revision whose tasks exit at their start. */
  public isOfBadRevision(task: ServiceTask): boolean {
    return this.badRevisions.has(task.revision);
  }

  /** Starts a deployment, which replaces all tasks by those of a new revision. */
  public start(isBad: boolean): void {
    const replaced = this.deployment;
    const previousRevision = replaced?.isRollback === false ? replaced.previousRevision : this.currentRevision;
    const desiredCount = this.parts.desiredCount();
    this.newestRevision += 1;
    if (isBad) this.badRevisions.add(this.newestRevision);
    const tasks = desiredCount === 1 ? '1 task' : `${desiredCount} tasks`;
    const failure = isBad ? `, ${desiredCount === 1 ? 'which fails' : 'which fail'},` : '';
    this.parts.recordEvent('deployment-started', `a deployment of ${tasks}${failure} was started`);
    replaced?.stop();
    this.startRevision(this.newestRevision, { isRollback: false, previousRevision, replacesAnother: replaced !== undefined });
  }

  /** Continues a deployment that is paused: `ContinueServiceDeployment` with the action `CONTINUE`. */
  public continue(hookIndex?: number): void {
    if (this.deployment?.continue(hookIndex) === true) return;
    this.parts.recordEvent('fault', 'no deployment was paused that could continue', { fault: 'continue-deployment', tasks: [] });
  }

  /** Rolls a deployment back: `ContinueServiceDeployment` with the action `ROLLBACK`, or `StopServiceDeployment`. */
  public rollBackByRequest(): void {
    if (this.deployment?.canRollBack === true) this.rollBack('the deployment was rolled back by request');
    else
      this.parts.recordEvent('fault', 'no deployment was in progress that could be rolled back', {
        fault: 'rollback-deployment',
        tasks: [],
      });
  }

  /** An alarm has gone into ALARM, or is no longer. */
  public setAlarmState(alarmName: string, isInAlarm: boolean): void {
    if (!isInAlarm) this.alarmsInAlarm.delete(alarmName);
    else {
      this.alarmsInAlarm.add(alarmName);
      this.deployment?.onAlarm(alarmName);
    }
  }

  /** A task has failed: it was lost, or failed its health checks. */
  public onFailure(task: ServiceTask): void {
    if (task.revision === this.currentRevision) this.deployment?.countFailure(this.parts.desiredCount());
  }

  public onHealthy(task: ServiceTask): void {
    if (task.revision === this.currentRevision) this.deployment?.onHealthyTask();
  }

  /** Completes the deployment if it is complete with these tasks. */
  public completeWith(tasks: DeployedTasks): void {
    const { deployment } = this;
    if (deployment === undefined || !deployment.isComplete(tasks)) return;
    this.deployment = undefined;
    this.parts.resetTrafficShares();
    if (deployment.isRollback) this.parts.recordEvent('rolled-back', 'all tasks are of the previous revision again');
    else this.parts.recordEvent('deployment-completed', completionText(tasks));
  }

  private startRevision(revision: number, revisions: DeploymentRevisions): void {
    const parts = { ...this.parts, settings: this.parts.settings(), rollBack: (description: string) => this.rollBack(description) };
    this.deployment = new DeploymentInProgress(revisions, this.alarmsInAlarm.size === 0, parts);
    this.deployment.begin(() => {
      this.currentRevisionNumber = revision;
      this.parts.reconcile();
    });
  }

  /** Ends a deployment that has failed, and replaces its tasks by those of the revision before it. */
  private rollBack(description: string): void {
    const { previousRevision } = this.deployment!;
    this.parts.recordEvent('deployment-failed', description);
    this.deployment!.stop();
    this.parts.resetTrafficShares();
    this.startRevision(previousRevision, { isRollback: true, previousRevision, replacesAnother: false });
  }
}

/** The description of the event that a deployment is complete: with early success, before all tasks are of the new revision. */
function completionText({ newHealthyCount, desiredCount, hasOtherRevisions }: DeployedTasks): string {
  if (!hasOtherRevisions && newHealthyCount >= desiredCount) return 'all tasks are of the new revision';
  return `early success: ${newHealthyCount} of ${desiredCount} tasks of the new revision are healthy`;
}
