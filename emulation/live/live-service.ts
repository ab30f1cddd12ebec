import { type LocalFleet, localFleet } from '../../rehearsal/fleet/local-fleet';
import type { LocalTask } from '../../rehearsal/fleet/local-task';
import type { TaskProgram } from '../../rehearsal/fleet/local-tasks';
import { LoadBalancer } from '../../rehearsal/load-balancer/local-load-balancer';
import { EventLog } from '../../src/ecs/service-fleet';
import type { ScalingPolicy } from '../../src/plan/policy';
import type { Plan } from '../../src/plan/service-plan';
import type { Fleet } from '../../src/scaling/fleet';
import type { SpedUpClock } from '../../src/time/sped-up-clock';
import { DeploymentFollower } from './deployment-follower';
import { LiveDeployments } from './live-deployments';
import { LiveScaling } from './live-scaling';
import { LiveScenario, withoutTasks } from './live-scenario';
import { LiveTasks } from './live-tasks';
import { ServiceEvents } from './service-events';
import { type ServiceRecord, type TaskDefinitionRecord, targetGroupArnOf } from './service-records';
import { ServiceSampler } from './service-sampler';

/** What a live service needs. */
export interface LiveServiceParts {
  readonly clock: SpedUpClock;
  /** Minutes since 1970 in UTC when the clock showed 0. */
  readonly startMinute: number;
  /** Called when scaling has set the desired count. */
  readonly onDesiredCount: (service: LiveService, desiredCount: number) => void;
  /** Called with the text of each event. */
  readonly onEvent: (service: LiveService, text: string) => void;
}

/** A start of a task that takes longer on the wall clock has failed. */
const MAX_START_SECONDS = 30;

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
  public readonly scaling: LiveScaling;
  public readonly sampler: ServiceSampler;
  /** The load balancers that send requests to its target groups. */
  public loadBalancerArns: readonly string[] = [];
  public readonly events: ServiceEvents;
  private readonly fleet: LocalFleet;
  private readonly scenario: LiveScenario;
  private readonly programs: TaskProgram[];
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
    private readonly parts: LiveServiceParts,
  ) {
    const { clock } = parts;
    this.scenario = scenario;
    this.programs = [first.program];
    this.count = first.desiredCount;
    this.events = new ServiceEvents(record.name, (text) => parts.onEvent(this, text));
    this.deployments.begin(first.taskDefinition);
    this.tasks = new LiveTasks(
      () => this.record,
      this.deployments,
      (text) => this.events.add(text),
    );
    const events = new EventLog(clock, (event) => this.follower.handleEvent(event));
    const programOf = (revision: number): TaskProgram => this.programs[revision] ?? this.programs.at(-1)!;
    const onFailure = ({ message }: Error): void => this.events.add(`was unable to start a task: ${message}`);
    const runtime = first.program.runtime;
    const isLoadBalanced = targetGroupArnOf(record) !== undefined;
    this.fleet = localFleet(
      scenario,
      { clock, balancer, runtime, programOf, onFailure, maxStartSeconds: MAX_START_SECONDS, isLoadBalanced },
      events,
    );
    const { deployments, tasks, fleet } = this;
    this.follower = new DeploymentFollower({
      fleet,
      deployments,
      tasks,
      settings: scenario.plan.deployment,
      desiredCount: () => this.count,
      onEvent: (text) => this.events.add(text),
    });
    this.fleet.tasks.onTaskChange((task) => this.handleTaskChange(task));
    this.scaling = new LiveScaling({ clock, fleet: this.scaledFleet(), scenario, startMinute: parts.startMinute });
    const onSample = (): void => this.handleSample();
    this.sampler = new ServiceSampler(clock, fleet, () => this.count, onSample);
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
    this.deployments.begin(taskDefinition);
    this.programs.push(program);
    this.follower.expectSteadyState();
    this.fleet.setDesiredCount(this.count);
    this.fleet.scheduler.deployments.start(false);
  }

  /** An alarm has gone into ALARM, or is no longer: ECS rolls a deployment back if it is one of the deployment's alarms. */
  public setAlarmState(alarmName: string, isInAlarm: boolean): void {
    const { notSimulated = [] } = this.plan.deployment.rollbackAlarms ?? {};
    if (notSimulated.includes(alarmName)) this.fleet.setAlarmState(alarmName, isInAlarm);
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

  private scaledFleet(): Fleet {
    const service = this;
    return {
      get runningCount() {
        return service.fleet.runningCount;
      },
      get isSteady() {
        return service.fleet.isSteady;
      },
      get isDeploying() {
        return service.deployments.primary.rolloutState === 'IN_PROGRESS';
      },
      get counters() {
        return service.fleet.counters;
      },
      setDesiredCount: (desiredCount) => {
        service.applyDesiredCount(desiredCount);
        service.parts.onDesiredCount(service, desiredCount);
      },
      setAlarmState: (alarmName, isInAlarm) => service.fleet.setAlarmState(alarmName, isInAlarm),
    };
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
    this.follower.check();
    this.scaling.settle();
  }
}

/** What tasks get as X-Forwarded-Port. */
const HTTP_PORT = 80;
