import { randomInt } from 'node:crypto';
import type { OutcomeEventKind } from '../../src/run/outcome';
import type { TaskDefinitionRecord } from './service-records';

/** The state of a deployment, as ECS names it. */
export type RolloutState = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

/** A deployment of a live service. */
export interface LiveDeployment {
  /** `ecs-svc/1234567890123456789`. */
  readonly id: string;
  readonly revision: number;
  readonly taskDefinition: TaskDefinitionRecord;
  readonly createdAt: Date;
  updatedAt: Date;
  rolloutState: RolloutState;
  rolloutStateReason: string;
  failedTasks: number;
}

const ID_DIGITS = 19;

/** The deployments of a live service, and the revision of each. */
export class LiveDeployments {
  /** All deployments, the newest first. */
  public readonly all: LiveDeployment[] = [];
  private readonly taskDefinitions: TaskDefinitionRecord[] = [];

  /** The deployment whose tasks are launched. */
  public get primary(): LiveDeployment {
    return this.all[0]!;
  }

  /** The task definition of a revision. */
  public taskDefinitionOf(revision: number): TaskDefinitionRecord {
    return this.taskDefinitions[revision] ?? this.taskDefinitions.at(-1)!;
  }

  /** The number that the next revision has. */
  public get nextRevision(): number {
    return this.taskDefinitions.length;
  }

  /** The newest deployment of a revision. */
  public ofRevision(revision: number): LiveDeployment {
    return this.all.find((deployment) => deployment.revision === revision) ?? this.primary;
  }

  /** Begins the deployment of a new revision. */
  public begin(taskDefinition: TaskDefinitionRecord): LiveDeployment {
    const revision = this.nextRevision;
    this.taskDefinitions.push(taskDefinition);
    return this.add(revision, taskDefinition, (id) => `ECS deployment ${id} in progress.`);
  }

  /** Records what the scheduler reports of the deployment in progress. */
  public handleEvent(kind: OutcomeEventKind, description: string): void {
    const { primary } = this;
    if (kind === 'deployment-failed') this.set(primary, 'FAILED', failureReason(description));
    if (kind === 'deployment-completed') this.set(primary, 'COMPLETED', `ECS deployment ${primary.id} completed.`);
    if (kind === 'rolled-back') this.set(primary, 'COMPLETED', `ECS deployment ${primary.id} completed.`);
  }

  /** Follows the scheduler, which returns to an earlier revision after a failure. */
  public beginRollback(revision: number): void {
    const { primary } = this;
    if (primary.revision === revision) return;
    this.add(
      revision,
      this.taskDefinitionOf(revision),
      () => `${primary.rolloutStateReason.replace(/\.$/, '')}: rolling back to deploymentId ${this.idBefore(revision)}.`,
    );
  }

  public complete(deployment: LiveDeployment): void {
    if (deployment.rolloutState === 'IN_PROGRESS') this.set(deployment, 'COMPLETED', `ECS deployment ${deployment.id} completed.`);
  }

  public fail(deployment: LiveDeployment, description: string): void {
    this.set(deployment, 'FAILED', failureReason(description));
  }

  private idBefore(revision: number): string {
    return this.all.find((deployment) => deployment.revision === revision)?.id ?? 'none';
  }

  private add(revision: number, taskDefinition: TaskDefinitionRecord, reason: (id: string) => string): LiveDeployment {
    const id = `ecs-svc/${Array.from({ length: ID_DIGITS }, () => randomInt(1, 10)).join('')}`;
    const now = new Date();
    const rolloutStateReason = reason(id);
    const deployment: LiveDeployment = {
      id,
      revision,
      taskDefinition,
      createdAt: now,
      updatedAt: now,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason,
      failedTasks: 0,
    };
    this.all.unshift(deployment);
    return deployment;
  }

  private set(deployment: LiveDeployment, rolloutState: RolloutState, rolloutStateReason: string): void {
    Object.assign(deployment, { rolloutState, rolloutStateReason, updatedAt: new Date() });
  }
}

/** The reason as ECS writes it. */
function failureReason(description: string): string {
  if (description.includes('circuit breaker')) return 'ECS deployment circuit breaker: tasks failed to start.';
  if (description.includes('ALARM')) return `ECS deployment failed: alarm detected: ${description.split(' ')[0]}.`;
  return `ECS deployment failed: ${description}.`;
}
