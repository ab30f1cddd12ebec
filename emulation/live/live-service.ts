import type { LocalFleet } from '../../rehearsal/fleet/local-fleet';
import type { LocalTask } from '../../rehearsal/fleet/local-task';
import type { TaskProgram } from '../../rehearsal/fleet/local-tasks';
import { LoadBalancer } from '../../rehearsal/load-balancer/local-load-balancer';
import type { ScalingPolicy } from '../../src/plan/policy';
import type { Plan } from '../../src/plan/service-plan';
import type { FleetCounters } from '../../src/scaling/fleet';
import { DeploymentFollower } from './deployment-follower';
import { LiveDeployments } from './live-deployments';
import { createLiveFleet } from './live-fleet';
import { LiveScaling } from './live-scaling';
import { LiveScenario, withoutTasks } from './live-scenario';
import type { LiveServiceParts } from './live-service-parts';
import { LiveTasks } from './live-tasks';
import { LiveTraffic, type TargetGroupPart } from './live-traffic';
import { RequestsOfGroups } from './requests-of-groups';
import { scaledFleet } from './scaled-fleet';
import { ServiceEvents } from './service-events';
import type { ServiceRecord, TaskDefinitionRecord } from './service-records';
import { ServiceSampler } from './service-sampler';

/** What a service begins with. */
interface FirstDeployment {
  readonly taskDefinition: TaskDefinitionRecord;
  readonly program: TaskProgram;
  readonly desiredCount: number;
}

/** An ECS service whose tasks run on this machine. */
export class LiveService {
  public readonly deployments = new LiveDeployments();
  public readonly tasks: LiveTasks;
  public readonly traffic: LiveTraffic;
  public readonly scaling: LiveScaling;
  public readonly sampler: ServiceSampler;
  /** The load balancers that send requests to its target groups. */
  public loadBalancerArns: readonly string[] = [];
  /** The target groups whose requests scaling counts; undefined for those of all. */
  public scaledPart?: TargetGroupPart;
  public readonly events: ServiceEvents;
  public readonly fleet: LocalFleet;
  private readonly scenario: LiveScenario;
  private readonly programs: TaskProgram[];
  private readonly requestsOfGroups: RequestsOfGroups;
  private readonly follower: DeploymentFollower;
  private count: number;

  /** Creates a service, and launches its tasks. */
  public static async start(record: ServiceRecord, plan: Plan, first: FirstDeployment, parts: LiveServiceParts): Promise<LiveService> {
    const scenario = new LiveScenario(withoutTasks(plan));
    const { initialHealthChecks } = scenario.behavior;
    const balancer = await LoadBalancer.start({
      clock: parts.clock,
      get healthCheck() {
        return scenario.plan.healthCheck;
      },
      routing: plan.routing,
      initialHealthChecks,
      idleTimeoutSeconds: plan.idleTimeoutSeconds,
      forwardedPort: HTTP_PORT,
    });
    const service = new LiveService(record, scenario, balancer, first, parts);
    scenario.plan = plan;
    service.fleet.setDesiredCount(first.desiredCount);
    return service;
  }

  private constructor(
    public record: ServiceRecord,
    scenario: LiveScenario,
    public readonly balancer: LoadBalancer,
    first: FirstDeployment,
    readonly parts: LiveServiceParts,
  ) {
    const { clock } = parts;
    this.scenario = scenario;
    this.programs = [first.program];
    this.count = first.desiredCount;
    this.events = new ServiceEvents(record.name, parts.onEvent);
    this.deployments.begin(first.taskDefinition, record.settings);
    this.traffic = new LiveTraffic(
      () => this.record,
      () => this.fleet.scheduler.deployments.inProgress?.trafficShifter?.newRevisionShare ?? 0,
    );
    this.tasks = new LiveTasks(
      () => this.record,
      this,
      (text) => this.events.add(text),
      parts.logs,
    );
    this.fleet = createLiveFleet(this, {
      ...parts,
      scenario,
      programs: this.programs,
      onEvent: (event) => this.follower.handleEvent(event),
      onOutput: (taskNumber, text) => this.tasks.handleOutput(taskNumber, text),
    });
    const { deployments, tasks, traffic, fleet } = this;
    this.follower = new DeploymentFollower({
      fleet,
      deployments,
      tasks,
      traffic,
      settings: scenario.plan.deployment,
      desiredCount: () => this.count,
      onEvent: (text) => this.events.add(text),
    });
    this.fleet.tasks.onTaskChange((task) => this.handleTaskChange(task));
    const scaled = scaledFleet({
      fleet,
      deployments,
      counters: () => this.scaledCounters,
      setDesiredCount: (desiredCount) => {
        this.applyDesiredCount(desiredCount);
        parts.onDesiredCount(desiredCount);
      },
    });
    this.requestsOfGroups = new RequestsOfGroups((part) => balancer.countersOf(part));
    this.scaling = new LiveScaling({ clock, fleet: scaled, scenario, startMinute: parts.startMinute });
    this.sampler = new ServiceSampler(clock, this, () => this.handleSample());
  }

  public get plan(): Plan {
    return this.scenario.plan;
  }

  public get desiredCount(): number {
    return this.count;
  }

  public get runningCount(): number {
    return this.fleet.runningCount;
  }

  public get pendingCount(): number {
    return this.fleet.tasks.all.filter(({ status }) => status === 'PROVISIONING' || status === 'PENDING').length;
  }

  /** The tasks that have not stopped. */
  public get localTasks(): readonly LocalTask[] {
    return this.fleet.tasks.all;
  }

  /** Applies the resources as they are now. */
  public update(record: ServiceRecord, plan: Plan, policy: ScalingPolicy | undefined): void {
    this.record = record;
    this.scenario.plan = plan;
    this.fleet.scheduler.changeSettings(plan.deployment);
    this.scaling.apply(policy, plan.deployment.rollbackAlarms?.watched ?? [], this.count);
  }

  /** `UpdateService` has set the desired count. */
  public setDesiredCount(desiredCount: number): void {
    this.scaling.adoptDesiredCount(desiredCount);
    this.applyDesiredCount(desiredCount);
  }

  /** Begins a deployment: all tasks are replaced by those of a task definition. */
  public deploy(taskDefinition: TaskDefinitionRecord, program: TaskProgram): void {
    const { revision } = this.deployments.begin(taskDefinition, this.record.settings);
    this.programs.push(program);
    this.traffic.begin(revision, this.plan.deployment.trafficShift !== undefined);
    this.follower.expectSteadyState();
    this.fleet.setDesiredCount(this.count);
    this.fleet.scheduler.deployments.start(false);
  }

  /** An alarm has gone into ALARM, or is no longer: ECS rolls a deployment back if it is one of the deployment's alarms. */
  public setAlarmState(alarmName: string, isInAlarm: boolean): void {
    const { notSimulated = [] } = this.plan.deployment.rollbackAlarms ?? {};
    if (notSimulated.includes(alarmName)) this.fleet.setAlarmState(alarmName, isInAlarm);
  }

  /** Continues the deployment in progress, which pauses at a hook: `ContinueServiceDeployment`. */
  public continueDeployment(hookIndex: number): void {
    this.fleet.scheduler.deployments.continue(hookIndex);
  }

  /** Rolls the deployment in progress back: `StopServiceDeployment`. */
  public rollBack(): void {
    this.fleet.scheduler.deployments.rollBackByRequest();
  }

  /** `StopTask`: false if the service has no such task. */
  public stopTask(idOrArn: string, reason: string): boolean {
    const task = this.tasks.find(idOrArn);
    if (task === undefined) return false;
    if (task.isActive) {
      this.tasks.setStopReason(task.number, { stopCode: 'UserInitiated', stoppedReason: reason });
      this.fleet.tasks.stop(task);
    }
    return true;
  }

  /** Stops all tasks as ECS does when a service is deleted; resolves when none is left. */
  public async delete(): Promise<void> {
    this.scaling.stop();
    this.applyDesiredCount(0);
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (this.fleet.tasks.all.length === 0) resolve();
      };
      this.fleet.tasks.onTaskChange(() => setImmediate(check));
      check();
    });
    await this.stop();
  }

  /** Launches and replaces nothing any more. Running tasks are ended by their supervisor. */
  public async stop(): Promise<void> {
    this.sampler.stop();
    this.scaling.stop();
    this.fleet.stop();
    await this.balancer.stop();
  }

  /** With requests of some target groups alone, if a policy names these: the others do not count for it, whatever they get. */
  private get scaledCounters(): FleetCounters {
    const { fleet, balancer, scaledPart, traffic } = this;
    if (!traffic.hasAlternate) return fleet.counters;
    const of = scaledPart === undefined ? this.requestsOfGroups.read() : balancer.countersOf(scaledPart);
    const { requests, healthyTargetSeconds, registeredTargetSeconds } = of;
    return { ...fleet.counters, requests, healthyTargetSeconds, registeredTargetSeconds };
  }

  private applyDesiredCount(desiredCount: number): void {
    this.count = desiredCount;
    this.follower.expectSteadyState();
    this.fleet.setDesiredCount(desiredCount);
  }

  private handleTaskChange(task: LocalTask): void {
    this.tasks.handleChange(task);
    // the scheduler acts on the change first.
    setImmediate(() => this.follower.check());
  }

  private handleSample(): void {
    if (this.traffic.hasAlternate) this.requestsOfGroups.read();
    this.follower.check();
    this.scaling.settle();
  }
}

/** What tasks get as X-Forwarded-Port. */
const HTTP_PORT = 80;
