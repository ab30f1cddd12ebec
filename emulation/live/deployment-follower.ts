import type { LocalFleet } from '../../rehearsal/fleet/local-fleet';
import { DeploymentCircuitBreaker } from '../../src/ecs/deployment-circuit-breaker';
import type { Deployment } from '../../src/plan/deployment-settings';
import type { OutcomeEvent } from '../../src/run/outcome';
import type { LiveDeployments } from './live-deployments';
import type { LiveTasks } from './live-tasks';
import type { LiveTraffic } from './live-traffic';

/** What a follower observes, and what it reports. */
export interface FollowerParts {
  readonly fleet: LocalFleet;
  readonly deployments: LiveDeployments;
  readonly tasks: LiveTasks;
  readonly traffic: LiveTraffic;
  readonly settings: Deployment;
  readonly desiredCount: () => number;
  /** Called with the text of an event of the service. */
  readonly onEvent: (text: string) => void;
}

/** Follows what the scheduler does with deployments, for what ECS reports of them. */
export class DeploymentFollower {
  /** Counts failed tasks of the first deployment, which has nothing to roll back to. */
  private readonly firstBreaker: DeploymentCircuitBreaker;
  private isSteadyReported = false;

  public constructor(private readonly parts: FollowerParts) {
    this.firstBreaker = new DeploymentCircuitBreaker(parts.settings);
  }

  /** Something was changed that the service has to become steady after. */
  public expectSteadyState(): void {
    this.isSteadyReported = false;
  }

  public handleEvent({ kind, description, tasks: [taskNumber] = [] }: OutcomeEvent): void {
    const { deployments, traffic, onEvent } = this.parts;
    const { primary } = deployments;
    if (kind === 'task-lost' && taskNumber !== undefined) this.handleLoss(taskNumber, description);
    // a rollback to tasks that all still run is complete at once.
    if (kind === 'rolled-back') this.beginRollback(this.parts.fleet.scheduler.deployments.currentRevision);
    deployments.handleEvent(kind, description);
    if (kind === 'deployment-completed') traffic.complete();
    if (kind === 'deployment-failed') {
      onEvent(`(deployment ${primary.id}) deployment failed: ${description}.`);
      setImmediate(() => this.followRollback());
    }
    if (kind === 'deployment-completed' || kind === 'rolled-back') onEvent(`(deployment ${deployments.primary.id}) deployment completed.`);
    if (kind === 'bake-started') onEvent(`${description}.`);
  }

  /** The first deployment is complete once all of its tasks are healthy. The scheduler reports the others. */
  public check(): void {
    const { fleet, deployments, desiredCount, onEvent } = this.parts;
    const { primary } = deployments;
    const readyCount = fleet.tasks.all.filter((task) => task.isActive && task.isReady).length;
    if (this.isFirstDeployment && primary.rolloutState === 'IN_PROGRESS' && readyCount >= desiredCount()) {
      deployments.complete(primary);
      onEvent(`(deployment ${primary.id}) deployment completed.`);
    }
    const isSteady = primary.rolloutState === 'COMPLETED' && fleet.isSteady && readyCount === desiredCount();
    if (isSteady && !this.isSteadyReported) onEvent('has reached a steady state.');
    this.isSteadyReported = isSteady;
  }

  private get isFirstDeployment(): boolean {
    return this.parts.deployments.nextRevision === 1;
  }

  private handleLoss(taskNumber: number, description: string): void {
    const { fleet, deployments, tasks, desiredCount, onEvent } = this.parts;
    tasks.recordLoss(taskNumber, description);
    const { primary } = deployments;
    const task = fleet.tasks.createdTasks.find(({ number }) => number === taskNumber);
    if (task?.revision !== primary.revision || primary.rolloutState !== 'IN_PROGRESS') return;
    primary.failedTasks += 1;
    const failure = this.isFirstDeployment ? this.firstBreaker.countFailure(desiredCount()) : undefined;
    if (failure === undefined) return;
    deployments.fail(primary, failure);
    onEvent(`(deployment ${primary.id}) deployment failed: tasks failed to start.`);
    // without a deployment to return to, ECS launches no more tasks.
    setImmediate(() => fleet.setDesiredCount(0));
  }

  private followRollback(): void {
    const { inProgress } = this.parts.fleet.scheduler.deployments;
    if (inProgress?.isRollback === true) this.beginRollback(inProgress.previousRevision);
  }

  private beginRollback(revision: number): void {
    const { deployments, traffic, onEvent } = this.parts;
    if (deployments.primary.revision === revision) return;
    traffic.rollBack();
    deployments.beginRollback(revision);
    onEvent(`rolling back to deployment ${deployments.primary.id}.`);
  }
}
