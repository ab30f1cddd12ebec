import type { TaskProgram } from '../../rehearsal/fleet/local-tasks';
import type { TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import { InputError } from '../../src/parse/input-error';
import type { Plan } from '../../src/plan/service-plan';
import type { TaskSize } from '../../src/plan/task-size';
import type { SpedUpClock } from '../../src/time/sped-up-clock';
import { type AwsObject, number, strings, structure, structures, text } from '../front/aws-call';
import type { ControlPlaneClient } from '../front/control-plane-client';
import { type DescribedResources, describeResources } from './described-resources';
import { planOfService, policyAlarmNames, resourceIdOf } from './emulated-plan';
import { minuteNow } from './live-scaling';
import { LiveService } from './live-service';
import { LoadBalancerAddresses } from './load-balancer-addresses';
import { OneOffTasks } from './one-off-tasks';
import { type ServiceRecord, ServiceRecords, type TaskDefinitionRecord, targetGroupArnsOf } from './service-records';

/** A program to start tasks with: the container of a task definition. */
export interface ProgramRequest {
  readonly family: string;
  /** The container as it is registered, with the members that `RunTask` overrides. */
  readonly container: AwsObject;
  readonly size: TaskSize;
}

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
    this.oneOffTasks = new OneOffTasks(parts.clock, (record, overrides) => this.startOneOff(record, overrides));
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
    const addresses = new LoadBalancerAddresses(
      (arn) => this.ofTargetGroup(arn)?.balancer,
      (line) => this.parts.onLine(line),
    );
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
    service.deploy(taskDefinition, await this.programOf(service.record, taskDefinition));
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
      service.update(record, plan, isScaled ? plan.policy : undefined);
      this.reportedProblems.delete(record.arn);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.reportProblem(record, error.errors.join('; '));
    }
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
    const program = await this.programOf(record, taskDefinition);
    const service = await LiveService.start(
      record,
      plan,
      { taskDefinition, program, desiredCount },
      {
        clock,
        startMinute: this.startMinute,
        onDesiredCount: ({ record: { region, clusterName, name } }, count) => {
          onLine(`${name}: desired count ${count}`);
          const input = { cluster: clusterName, service: name, desiredCount: count };
          controlPlane.call('ecs', region, 'UpdateService', input).catch(() => {});
        },
        onEvent: ({ record: { name } }, line) => onLine(`${name}: ${line}`),
      },
    );
    if (this.isStopped || !this.records.all.some(({ arn }) => arn === record.arn)) {
      await service.stop();
      return undefined;
    }
    this.services.set(record.arn, service);
    return service;
  }

  /** The container that the load balancer sends requests to. A program that cannot be started fails the start of each task. */
  private async programOf(record: ServiceRecord, taskDefinition: TaskDefinitionRecord): Promise<TaskProgram> {
    const [balancer] = structures(record.settings.loadBalancers);
    const containers = structures(taskDefinition.settings.containerDefinitions);
    const container = containers.find(({ name }) => name === balancer?.containerName) ?? containers[0] ?? {};
    return this.startProgram(taskDefinition, container);
  }

  private startOneOff(taskDefinition: TaskDefinitionRecord, overrides: AwsObject): Promise<TaskProgram> {
    const containers = structures(taskDefinition.settings.containerDefinitions);
    const container = containers.find(({ essential }) => essential !== false) ?? {};
    const changed = structures(overrides.containerOverrides).find(({ name }) => name === container.name) ?? {};
    const environment = [...structures(container.environment), ...structures(changed.environment)];
    const command = changed.command ?? container.command;
    return this.startProgram(taskDefinition, { ...container, ...(command !== undefined && { command }), environment });
  }

  private async startProgram(taskDefinition: TaskDefinitionRecord, container: AwsObject): Promise<TaskProgram> {
    const size = taskSizeOf(taskDefinition, container);
    try {
      return { size, runtime: await this.parts.startProgram({ family: taskDefinition.family, container, size }) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.parts.onLine(`${taskDefinition.family}: its tasks cannot be started: ${error.errors.join('; ')}`);
      return { size, runtime: failingRuntime(error) };
    }
  }
}

function loadBalancersOf(record: ServiceRecord, { targetGroups }: DescribedResources): readonly string[] {
  const arns = targetGroupArnsOf(record);
  const ofService = targetGroups.filter(({ described }) => arns.includes(String(described.TargetGroupArn)));
  return [...new Set(ofService.flatMap(({ described }) => strings(described.LoadBalancerArns)))];
}

function taskSizeOf({ settings }: TaskDefinitionRecord, container: AwsObject): TaskSize {
  return {
    cpu: number(settings.cpu) ?? number(container.cpu) ?? DEFAULT_SIZE.cpu,
    memoryMiB: number(settings.memory) ?? number(container.memory) ?? DEFAULT_SIZE.memoryMiB,
  };
}

const DEFAULT_SIZE: TaskSize = { cpu: 256, memoryMiB: 512 };

function failingRuntime(error: InputError): TaskRuntime {
  return {
    description: 'none',
    supervisorExited: new Promise<never>(() => {}),
    run: () => Promise.reject(error),
    stop: () => Promise.resolve(),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(structure(error as AwsObject));
}
