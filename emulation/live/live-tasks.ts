import type { LocalTask } from '../../rehearsal/fleet/local-task';
import { LOSS_TEXTS } from '../../src/ecs/service-task';
import type { LiveDeployments } from './live-deployments';
import { followTask, newTaskArn, STOPPED_TASK_MILLIS, type StopReason, type TaskRecord } from './live-task-records';
import type { LiveTraffic } from './live-traffic';
import { shortName } from './resource-names';
import { type ServiceRecord, targetGroupArnOf } from './service-records';
import type { TaskLogs } from './task-logs';

/** What ECS reports of the tasks of one service. */
export class LiveTasks {
  private readonly records = new Map<LocalTask, TaskRecord>();
  private readonly stopReasons = new Map<number, StopReason>();

  /** @param onEvent gets the texts of the service's events. */
  public constructor(
    private readonly service: () => ServiceRecord,
    private readonly deployed: { readonly deployments: LiveDeployments; readonly traffic: LiveTraffic },
    private readonly onEvent: (text: string) => void,
    private readonly logs: TaskLogs,
  ) {}

  /** The tasks that ECS reports, also those that have stopped within the last hour. */
  public get all(): readonly TaskRecord[] {
    return [...this.records.values()];
  }

  /** The task with an ARN, or the last part of it. */
  public find(idOrArn: string): LocalTask | undefined {
    const id = shortName(idOrArn);
    return [...this.records].find(([, { arn }]) => shortName(arn) === id)?.[0];
  }

  /** A task has written something. */
  public handleOutput(taskNumber: number, text: string): void {
    const record = [...this.records].find(([{ number }]) => number === taskNumber)?.[1];
    if (record !== undefined) this.logs.write(record, text);
  }

  /** Why a task is about to stop. */
  public setStopReason(taskNumber: number, reason: StopReason): void {
    this.stopReasons.set(taskNumber, reason);
    for (const [task, record] of this.records) if (task.number === taskNumber) record.stopReason ??= reason;
  }

  /** A task was added, has changed, or is STOPPED. */
  public handleChange(task: LocalTask): void {
    const record = this.records.get(task) ?? this.add(task);
    const before = record.status;
    followTask(record, task);
    if (record.status === before) return;
    if (record.status === 'DEACTIVATING' || record.status === 'STOPPING') record.stopReason ??= this.stopReasonOf(task);
    const targetGroupArn = this.deployed.traffic.targetGroupOf(task.revision);
    if (targetGroupArn !== undefined) this.recordTarget(record, targetGroupArn);
    if (record.status === 'STOPPED') {
      this.logs.end(record);
      record.stopReason ??= this.stopReasonOf(task);
      this.onEvent(`has stopped 1 running tasks: (task ${shortName(record.arn)}).`);
      this.removeOld();
    }
  }

  private recordTarget({ status }: TaskRecord, targetGroupArn: string): void {
    if (status === 'RUNNING') this.onEvent(`registered 1 targets in (target-group ${targetGroupArn})`);
    if (status === 'DEACTIVATING') this.onEvent('has begun draining connections on 1 tasks.');
  }

  /** The reason for a loss, from the text that describes it. */
  public recordLoss(taskNumber: number, lossText: string): void {
    this.setStopReason(taskNumber, reasonOfLoss(lossText, targetGroupArnOf(this.service()) ?? ''));
  }

  private add(task: LocalTask): TaskRecord {
    const { region, clusterName, clusterArn, name, settings } = this.service();
    const deployment = this.deployed.deployments.ofRevision(task.revision);
    const record: TaskRecord = {
      arn: newTaskArn(region, clusterName),
      clusterArn,
      taskDefinition: deployment.taskDefinition,
      group: `service:${name}`,
      startedBy: deployment.id,
      launchType: String(settings.launchType ?? 'FARGATE'),
      zone: `${region}${'abcdef'[task.zone] ?? 'a'}`,
      createdAt: new Date(),
      status: 'PROVISIONING',
    };
    this.records.set(task, record);
    this.onEvent(`has started 1 tasks: (task ${shortName(record.arn)}).`);
    void task.exited.then((exit) => {
      record.exit = exit;
    });
    return record;
  }

  private stopReasonOf(task: LocalTask): StopReason {
    const known = this.stopReasons.get(task.number);
    const stoppedReason = `Scaling activity initiated by (deployment ${this.deployed.deployments.primary.id})`;
    return known ?? { stopCode: 'ServiceSchedulerInitiated', stoppedReason };
  }

  private removeOld(): void {
    const oldestMillis = Date.now() - STOPPED_TASK_MILLIS;
    for (const [task, { stoppedAt }] of this.records) {
      if (stoppedAt !== undefined && stoppedAt.getTime() < oldestMillis) this.records.delete(task);
    }
  }
}

function reasonOfLoss(lossText: string, targetGroupArn: string): StopReason {
  if (lossText.includes(LOSS_TEXTS.unhealthy)) {
    return { stopCode: 'ServiceSchedulerInitiated', stoppedReason: `Task failed ELB health checks in (target-group ${targetGroupArn})` };
  }
  if (lossText.includes('could not be started')) {
    return { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotStartContainerError: the program of the task could not be started' };
  }
  return { stopCode: 'EssentialContainerExited', stoppedReason: 'Essential container in task exited' };
}
