import { randomUUID } from 'node:crypto';
import type { LocalTask } from '../../rehearsal/fleet/local-task';
import type { TaskExit } from '../../rehearsal/task-runtime/task-runtime';
import type { TaskStatus } from '../../src/ecs/service-task';
import type { AwsObject } from '../front/aws-call';
import { arnOf } from './resource-names';
import type { TaskDefinitionRecord } from './service-records';

/** Why a task stopped, as ECS reports it. */
export interface StopReason {
  readonly stopCode: 'UserInitiated' | 'ServiceSchedulerInitiated' | 'EssentialContainerExited' | 'TaskFailedToStart';
  readonly stoppedReason: string;
}

/** What ECS reports of one task, whether a service or `RunTask` has launched it. */
export interface TaskRecord {
  readonly arn: string;
  readonly clusterArn: string;
  readonly taskDefinition: TaskDefinitionRecord;
  /** `service:web`, or `family:load-test`. */
  readonly group: string;
  readonly startedBy?: string;
  readonly launchType: string;
  readonly zone: string;
  readonly overrides?: AwsObject;
  readonly tags?: AwsObject['tags'];
  readonly createdAt: Date;
  status: TaskStatus;
  isHealthy?: boolean;
  pullStartedAt?: Date;
  startedAt?: Date;
  stoppingAt?: Date;
  stoppedAt?: Date;
  stopReason?: StopReason;
  exit?: Pick<TaskExit, 'code' | 'signal' | 'isOutOfMemory'>;
  port?: number;
}

/** The ARN of a new task. */
export function newTaskArn(region: string, clusterName: string): string {
  return arnOf('ecs', region, `task/${clusterName}/${randomUUID().replaceAll('-', '')}`);
}

/** Updates the times of a task that has another status now. */
export function setStatus(record: TaskRecord, status: TaskStatus, now = new Date()): void {
  if (record.status === status) return;
  record.status = status;
  if (status === 'PENDING') record.pullStartedAt ??= now;
  if (status === 'RUNNING') record.startedAt ??= now;
  if (status === 'DEACTIVATING' || status === 'STOPPING' || status === 'STOPPED') record.stoppingAt ??= now;
  if (status === 'STOPPED') record.stoppedAt ??= now;
}

/** Copies what ECS reports of a task of a service from the task itself. */
export function followTask(record: TaskRecord, task: LocalTask): void {
  setStatus(record, task.status);
  record.isHealthy = task.hasBeenHealthy ? task.isHealthy : undefined;
  if (task.port > 0) record.port = task.port;
}

/** Whether ECS means a task to run, whatever its status is. */
export function desiredStatusOf({ status }: TaskRecord): 'RUNNING' | 'STOPPED' {
  return status === 'PROVISIONING' || status === 'PENDING' || status === 'RUNNING' ? 'RUNNING' : 'STOPPED';
}

/** How long ECS reports a task that has stopped, on the wall clock. */
export const STOPPED_TASK_MILLIS = 3_600_000;
