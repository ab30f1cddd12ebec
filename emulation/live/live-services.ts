import type { RequestListener } from '../../rehearsal/load-balancer/request-listener';
import type { TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import { InputError } from '../../src/parse/input-error';
import type { Plan } from '../../src/plan/service-plan';
import type { SpedUpClock } from '../../src/time/sped-up-clock';
import { type AwsObject, number, strings, structure, text } from '../front/aws-call';
import type { ControlPlaneClient } from '../front/control-plane-client';
import { invokeHook } from './deployment-hooks';
import { type DescribedResources, describeResources } from './described-resources';
import { planOfService, policyAlarmNames, resourceIdOf, scaledPartOf } from './emulated-plan';
import { minuteNow } from './live-scaling';
import { LiveService } from './live-service';
import type { TaskRecord } from './live-task-records';
import type { WeightedTargetGroup } from './live-traffic';
import { LoadBalancerAddresses } from './load-balancer-addresses';
import { OneOffTasks } from './one-off-tasks';
import { type ServiceRecord, ServiceRecords, type TaskDefinitionRecord, targetGroupArnsOf } from './service-records';
import { TaskLogs } from './task-logs';
import { containerOf, type ProgramRequest, TaskPrograms } from './task-programs';

/** What the live services need. */
export interface LiveServicesParts {
  readonly clock: SpedUpClock;
  readonly controlPlane: ControlPlaneClient;
  /**
   * Prepares what runs the tasks of a container definition.
   *
   * @throws InputError if that is not known, or cannot run here.
   */
  readonly startProgram: (request: ProgramRequest) => Promise<TaskRuntime>;
  /** Called with what happens, one line each. */
  readonly onLine: (line: string) => void;
}

/** All services of the emulation whose tasks run on this machine. */
export class LiveServices {
  public readonly records = new ServiceRecords();
  public readonly oneOffTasks: OneOffTasks;
  private readonly programs: TaskPrograms;
  private readonly logs: TaskLogs;
  private readonly services = new Map<string, LiveService>();
  private readonly addressesOfRegions = new Map<string, LoadBalancerAddresses>();
  private readonly alarmNames = new Map<string, ReadonlyMap<string, readonly string[]>>();
  private readonly alarmsOfRegions = new Map<string, readonly AwsObject[]>();
  private readonly deletions = new Set<Promise<void>>();
  private isStopped = false;
  private readonly reportedProblems = new Map<string, string>();
  private readonly startMinute = minuteNow();
  /** Reconciliations run one after the other. */
  private reconciled: Promise<void> = Promise.resolve();

  public constructor(public readonly parts: LiveServicesParts) {
    this.programs = new TaskPrograms(parts.startProgram, parts.onLine);
    this.logs = new TaskLogs(parts.controlPlane, (task) => this.containerNameOf(task));
    this.oneOffTasks = new OneOffTasks({
      clock: parts.clock,
      programOf: (record, overrides) => this.programs.oneOffProgramOf(record, overrides),
      logs: this.logs,
      onFailure: (line) => parts.onLine(line),
    });
  }

  public get all(): readonly LiveService[] {
    return [...this.services.values()];
  }

  public find(record: ServiceRecord | undefined): LiveService | undefined {
    return record && this.services.get(record.arn);
  }

  /** The live service that registers its tasks with a target group. */
  public ofTargetGroup(targetGroupArn: string): LiveService | undefined {
    return this.all.find(({ record }) => targetGroupArnsOf(record).includes(targetGroupArn));
  }

  /** What forwards requests to the targets of a target group; undefined if no live service has it. */
  public listenerOf(targetGroupArn: string): RequestListener | undefined {
    const service = this.ofTargetGroup(targetGroupArn);
    return service?.balancer.listenerOf(service.traffic.partOfTargetGroup(targetGroupArn) ?? 'first');
  }

  /** The target groups of a listener rule that a deployment has changed; undefined if none has. */
  public weightsOf(ruleArn: string): readonly WeightedTargetGroup[] | undefined {
    for (const { traffic } of this.services.values()) {
      const weights = traffic.weightsOf(ruleArn);
      if (weights !== undefined) return weights;
    }
    return undefined;
  }

  /** The names of the alarms of each scaling policy of a service, as the control plane has them. */
  public alarmNamesOf({ record }: LiveService): ReadonlyMap<string, readonly string[]> {
    return this.alarmNames.get(record.arn) ?? new Map();
  }

  /** The alarms of all regions, as the control plane describes them. */
  public get describedAlarms(): readonly { readonly region: string; readonly alarm: AwsObject }[] {
    return [...this.alarmsOfRegions].flatMap(([region, alarms]) => alarms.map((alarm) => ({ region, alarm })));
  }

  /** The addresses of the load balancers of a region. */
  public addresses(region: string): LoadBalancerAddresses {
    const existing = this.addressesOfRegions.get(region);
    if (existing !== undefined) return existing;
    const addresses = new LoadBalancerAddresses(this, (line) => this.parts.onLine(line));
    this.addressesOfRegions.set(region, addresses);
    return addresses;
  }

  /** Makes the live services of a region as the control plane describes them. To be called after a call that has changed anything. */
  public reconcile(region: string): Promise<void> {
    const next = this.reconciled.then(() => this.reconcileNow(region));
    this.reconciled = next.catch((error: unknown) => this.parts.onLine(`a change could not be applied: ${messageOf(error)}`));
    return this.reconciled;
  }

  /** Begins a deployment of a task definition. */
  public async deploy(service: LiveService, taskDefinition: TaskDefinitionRecord): Promise<void> {
    service.deploy(taskDefinition, await this.programs.programOf(service.record, taskDefinition));
  }

  /** Ends the tasks of a service that was deleted, as ECS does. */
  public delete(record: ServiceRecord): void {
    this.records.removeService(record);
    const service = this.services.get(record.arn);
    if (service === undefined) return;
    this.services.delete(record.arn);
    const deletion = service.delete().finally(() => this.deletions.delete(deletion));
    this.deletions.add(deletion);
  }

  /** Stops all at once. The tasks are killed with their supervisor. */
  public async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.all(this.all.map((service) => service.stop()));
    await Promise.all([...this.addressesOfRegions.values()].map((addresses) => addresses.stop()));
  }

  private async reconcileNow(region: string): Promise<void> {
    const records = this.records.all.filter((record) => record.region === region);
    if (records.length === 0 && !this.addressesOfRegions.has(region)) return;
    const described = await describeResources(this.parts.controlPlane, region);
    this.alarmsOfRegions.set(region, described.alarms);
    for (const record of records) if (!this.isStopped) await this.reconcileService(record, described);
    if (this.isStopped) return;
    await this.addresses(region).update(described);
  }

  private async reconcileService(record: ServiceRecord, described: DescribedResources): Promise<void> {
    const live = this.services.get(record.arn);
    const requested = this.records.taskDefinition(record.region, text(record.settings.taskDefinition) ?? '');
    const taskDefinition = live?.deployments.primary.taskDefinition ?? requested;
    if (taskDefinition === undefined) return;
    const desiredCount = live?.desiredCount ?? number(record.settings.desiredCount) ?? 1;
    try {
      const { plan } = planOfService(record, taskDefinition, described, desiredCount);
      this.alarmNames.set(record.arn, policyAlarmNames(record, described));
      const service = live ?? (await this.start(record, plan, taskDefinition, desiredCount));
      if (service === undefined) return;
      const isScaled = described.scalableTargets.some(({ ResourceId }) => ResourceId === resourceIdOf(record));
      service.loadBalancerArns = loadBalancersOf(record, described);
      service.scaledPart = scaledPartOf(service, described);
      service.update(record, plan, isScaled ? plan.policy : undefined);
      this.reportedProblems.delete(record.arn);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.reportProblem(record, error.errors.join('; '));
    }
  }

  /** The container of a task whose program runs. */
  private containerNameOf({ group, clusterArn, taskDefinition }: TaskRecord): string {
    const service = this.records.all.find((record) => record.clusterArn === clusterArn && group === `service:${record.name}`);
    return String(containerOf(taskDefinition, service).name);
  }

  private reportProblem({ arn, name }: ServiceRecord, problem: string): void {
    if (this.reportedProblems.get(arn) === problem) return;
    this.reportedProblems.set(arn, problem);
    this.parts.onLine(`service ${name} cannot be emulated as it is: ${problem}`);
  }

  /** Starts a service; undefined if it was deleted meanwhile, while its image was built for instance. */
  private async start(
    record: ServiceRecord,
    plan: Plan,
    taskDefinition: TaskDefinitionRecord,
    desiredCount: number,
  ): Promise<LiveService | undefined> {
    const { clock, controlPlane, onLine } = this.parts;
    const { region, clusterName, name } = record;
    const program = await this.programs.programOf(record, taskDefinition);
    const service = await LiveService.start(
      record,
      plan,
      { taskDefinition, program, desiredCount },
      {
        clock,
        startMinute: this.startMinute,
        onDesiredCount: (count) => {
          onLine(`${name}: desired count ${count}`);
          const input = { cluster: clusterName, service: name, desiredCount: count };
          controlPlane.call('ecs', region, 'UpdateService', input).catch(() => {});
        },
        onEvent: (line) => onLine(`${name}: ${line}`),
        logs: this.logs,
        invokeHook: (invocation) => invokeHook(controlPlane, invocation),
      },
    );
    if (this.isStopped || !this.records.all.some(({ arn }) => arn === record.arn)) {
      await service.stop();
      return undefined;
    }
    this.services.set(record.arn, service);
    return service;
  }
}

function loadBalancersOf(record: ServiceRecord, { targetGroups }: DescribedResources): readonly string[] {
  const arns = targetGroupArnsOf(record);
  const ofService = targetGroups.filter(({ described }) => arns.includes(String(described.TargetGroupArn)));
  return [...new Set(ofService.flatMap(({ described }) => strings(described.LoadBalancerArns)))];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(structure(error as AwsObject));
}
