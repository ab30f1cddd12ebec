import { randomBytes, randomInt } from 'node:crypto';
import type { HookStatus } from '../../src/ecs/lifecycle-hook-runs';
import type { DeploymentStage, LifecycleStage } from '../../src/plan/lifecycle-hooks';
import type { OutcomeEventKind } from '../../src/run/outcome';
import type { AwsObject } from '../front/aws-call';
import type { TaskDefinitionRecord } from './service-records';

/** The state of a deployment, as ECS names it. */
export type RolloutState = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

/** The state of a service deployment, as ECS names it: a deployment with its rollback, if it has one. */
export type ServiceDeploymentStatus =
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOPPED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED';

/** A hook of a deployment that has run at a stage. */
export interface DeploymentHook {
  readonly id: string;
  /** Its index in the deployment configuration. */
  readonly index: number;
  readonly stage: LifecycleStage;
  status: HookStatus;
}

/** A deployment of a live service. */
export interface LiveDeployment {
  /** The last part of the ARN of its service deployment. */
  readonly serviceDeploymentId: string;
  /** The deployment that it rolls back; undefined if it is not a rollback. */
  readonly rollsBack?: LiveDeployment;
  /** The revision whose tasks it replaces; undefined for the first deployment. */
  readonly sourceRevision?: number;
  /** The settings of the service when it began. */
  readonly settings: AwsObject;
  /** The hooks that have run, the newest last. */
  readonly hooks: DeploymentHook[];
  stage?: DeploymentStage;
  status: ServiceDeploymentStatus;
  finishedAt?: Date;
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

/** A revision of a live service. */
export interface LiveRevision {
  readonly number: number;
  /** The last part of its ARN. */
  readonly id: string;
  readonly taskDefinition: TaskDefinitionRecord;
  /** The settings of the service when it was created. */
  readonly settings: AwsObject;
  readonly createdAt: Date;
}

const ID_DIGITS = 19;

/** The deployments of a live service, and the revision of each. */
export class LiveDeployments {
  /** All deployments, the newest first. */
  public readonly all: LiveDeployment[] = [];
  /** All revisions, by their numbers. */
  public readonly revisions: LiveRevision[] = [];

  /** The deployment whose tasks are launched. */
  public get primary(): LiveDeployment {
    return this.all[0]!;
  }

  /** The deployments as ECS lists service deployments, the newest first: a rollback is part of what it rolls back. */
  public get serviceDeployments(): readonly LiveDeployment[] {
    return this.all.filter(({ rollsBack }) => rollsBack === undefined);
  }

  /** The number that the next revision has. */
  public get nextRevision(): number {
    return this.revisions.length;
  }

  /** The newest deployment of a revision. */
  public ofRevision(revision: number): LiveDeployment {
    return this.all.find((deployment) => deployment.revision === revision) ?? this.primary;
  }

  /** Begins the deployment of a new revision. */
  public begin(taskDefinition: TaskDefinitionRecord, settings: AwsObject): LiveDeployment {
    const replaced = this.all[0];
    if (replaced?.rolloutState === 'IN_PROGRESS') this.replace(replaced);
    const number = this.nextRevision;
    this.revisions.push({ number, id: digits(), taskDefinition, settings, createdAt: new Date() });
    const isFirst = this.all.length === 0;
    const sourceRevision = isFirst ? undefined : (replaced?.rollsBack?.sourceRevision ?? this.productionRevision);
    return this.add({ revision: number, taskDefinition, settings, sourceRevision }, (id) => `ECS deployment ${id} in progress.`);
  }

  /** Records what the scheduler reports of the deployment in progress. */
  public handleEvent(kind: OutcomeEventKind, description: string): void {
    const { primary } = this;
    if (kind === 'deployment-failed') this.fail(primary, description);
    if (kind === 'deployment-completed' || kind === 'rolled-back') this.complete(primary);
  }

  /** A stage of the deployment in progress has begun. */
  public handleStage(stage: DeploymentStage): void {
    if (this.primary.rollsBack === undefined) Object.assign(this.primary, { stage, updatedAt: new Date() });
  }

  /** A hook of the deployment in progress has begun at a stage, or has ended. */
  public handleHook(index: number, stage: LifecycleStage, status: HookStatus): void {
    const { hooks } = this.primary;
    const last = [...hooks].reverse().find((hook) => hook.index === index && hook.stage === stage);
    if (status === 'AWAITING_ACTION' || status === 'IN_PROGRESS') hooks.push({ id: randomId(), index, stage, status });
    else if (last !== undefined) last.status = status;
  }

  /** Follows the scheduler, which returns to an earlier revision after a failure. */
  public beginRollback(revision: number): void {
    const { primary } = this;
    if (primary.revision === revision) return;
    const { taskDefinition, settings } = this.revisions[revision]!;
    Object.assign(primary, { status: 'ROLLBACK_IN_PROGRESS', finishedAt: undefined });
    this.add(
      { revision, taskDefinition, settings, sourceRevision: primary.revision, rollsBack: primary },
      () => `${primary.rolloutStateReason.replace(/\.$/, '')}: rolling back to deploymentId ${this.idBefore(revision)}.`,
    );
  }

  public complete(deployment: LiveDeployment): void {
    if (deployment.rolloutState !== 'IN_PROGRESS') return;
    this.set(deployment, 'COMPLETED', `ECS deployment ${deployment.id} completed.`);
    this.finish(deployment, 'SUCCESSFUL');
    if (deployment.rollsBack !== undefined) this.finish(deployment.rollsBack, 'ROLLBACK_SUCCESSFUL');
  }

  /** A deployment has failed. It is rolled back if the scheduler does so. */
  public fail(deployment: LiveDeployment, description: string): void {
    this.set(deployment, 'FAILED', failureReason(description));
    this.finish(deployment, 'STOPPED');
  }

  /** The revision of the last deployment that was completed. */
  private get productionRevision(): number {
    return this.all.find(({ rolloutState }) => rolloutState === 'COMPLETED')?.revision ?? 0;
  }

  /** Another deployment begins before one has ended: a rollback is then never complete. */
  private replace(deployment: LiveDeployment): void {
    this.finish(deployment, 'STOPPED');
    if (deployment.rollsBack !== undefined) this.finish(deployment.rollsBack, 'ROLLBACK_FAILED');
  }

  private finish(deployment: LiveDeployment, status: ServiceDeploymentStatus): void {
    const now = new Date();
    Object.assign(deployment, { status, finishedAt: now, updatedAt: now });
  }

  private idBefore(revision: number): string {
    return this.all.find((deployment) => deployment.revision === revision)?.id ?? 'none';
  }

  private add(
    begun: Pick<LiveDeployment, 'revision' | 'taskDefinition' | 'settings' | 'sourceRevision' | 'rollsBack'>,
    reason: (id: string) => string,
  ): LiveDeployment {
    const id = `ecs-svc/${digits()}`;
    const now = new Date();
    const deployment: LiveDeployment = {
      ...begun,
      id,
      serviceDeploymentId: randomId(),
      hooks: [],
      createdAt: now,
      updatedAt: now,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: reason(id),
      status: 'IN_PROGRESS',
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

function digits(): string {
  return Array.from({ length: ID_DIGITS }, () => randomInt(1, 10)).join('');
}

function randomId(): string {
  return randomBytes(16).toString('base64url');
}
