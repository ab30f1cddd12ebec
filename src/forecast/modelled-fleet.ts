import { vcpuOf } from '../plan/task-size';
import { type FleetCounters, NOTHING_COUNTED } from '../scaling/fleet';
import type { Client, ClientReading } from '../scenario/client';
import type { Scenario } from '../scenario/scenario';
import type { WatchedFleet } from '../scenario/watched-fleet';
import type { Time } from '../time/time';
import { ModelledClient } from './modelled-client';
import { ModelledTasks } from './modelled-tasks';

/**
 * Modelled tasks and the client that sends them traffic.
 *
 * Nothing changes between two moments at which it is looked at or changed, so
 * it only moves on at those: `advance` sends what arrived since the last one.
 */
export class ModelledFleet implements WatchedFleet, Client {
  private readonly vcpu: number;
  private readonly tasks: ModelledTasks;
  private readonly client: ModelledClient;
  private readonly counted = { ...NOTHING_COUNTED, taskSeconds: 0 };
  private advancedToSeconds = 0;
  private mostSoFar = 0;

  public constructor(
    private readonly time: Time,
    private readonly scenario: Scenario,
  ) {
    this.vcpu = vcpuOf(scenario.plan.task);
    this.tasks = new ModelledTasks(time, scenario, () => this.advance());
    this.client = new ModelledClient(scenario);
  }

  public get runningCount(): number {
    return this.tasks.countOf('initial') + this.healthyCount;
  }

  public get healthyCount(): number {
    return this.tasks.countOf('healthy');
  }

  public get mostRunning(): number {
    return this.mostSoFar;
  }

  public get isSteady(): boolean {
    return this.tasks.countOf('launching') + this.tasks.countOf('draining') === 0;
  }

  public get isDeploying(): boolean {
    return false;
  }

  public get counters(): FleetCounters {
    this.advance();
    return { ...this.counted };
  }

  public get taskSeconds(): number {
    this.advance();
    return this.counted.taskSeconds;
  }

  public setDesiredCount(desiredCount: number): void {
    this.advance();
    this.tasks.resize(desiredCount);
  }

  public takeReading(): ClientReading {
    this.advance();
    return this.client.takeReading();
  }

  /** Sends what arrived since the last time. */
  public advance(): void {
    const seconds = this.time.nowSeconds - this.advancedToSeconds;
    if (seconds <= 0) return;
    this.count(seconds, this.client.send(this.advancedToSeconds, seconds, this.healthyCount));
    this.advancedToSeconds = this.time.nowSeconds;
  }

  private count(seconds: number, requests: number): void {
    this.mostSoFar = Math.max(this.mostSoFar, this.runningCount);
    const { cpuSecondsPerRequest, fixedCores } = this.scenario.workload;
    const starting = this.tasks.countOf('initial');
    const healthy = this.healthyCount;
    // a task that drains still runs: ECS counts its CPU until it has stopped.
    const serving = healthy + this.tasks.countOf('draining');
    const cpuCapacitySeconds = (starting + serving) * this.vcpu * seconds;
    // a task that starts takes all the CPU it may have.
    const cpuSeconds = (starting * this.vcpu + serving * fixedCores) * seconds + requests * cpuSecondsPerRequest;
    this.counted.seconds += seconds;
    this.counted.requests += requests;
    this.counted.cpuSeconds += Math.min(cpuCapacitySeconds, cpuSeconds);
    this.counted.cpuCapacitySeconds += cpuCapacitySeconds;
    this.counted.healthyTargetSeconds += healthy * seconds;
    this.counted.registeredTargetSeconds += (starting + healthy) * seconds;
    this.counted.taskSeconds += this.tasks.count * seconds;
  }
}
