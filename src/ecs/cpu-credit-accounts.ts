import { baselineVcpu, type CpuCredits } from '../plan/cpu-credits';
import { type TaskSize, vcpuOf } from '../plan/task-size';
import { CpuCreditBalance } from './cpu-credit-balance';
import type { ServiceTask } from './service-task';
import type { TaskClock } from './task-clock';

/** What an instance has used since its start, by a clock of its own: simulated seconds, or those of the wall clock. */
export interface CpuUsage {
  readonly cpuSeconds: number;
  readonly seconds: number;
}

/** The share of its vCPUs that an instance can use from now on. */
export interface ShareChange<Task> {
  readonly instance: Task;
  readonly cpuShare: number;
}

/** What the accounts need of a fleet. */
export interface CreditParts<Task> {
  readonly credits: CpuCredits;
  readonly size: TaskSize;
  readonly loweringSeconds: number;
  readonly taskClock: TaskClock;
  /** The instances that have not ended. */
  readonly instances: () => readonly Task[];
  /** What an instance has used; undefined before it runs. */
  readonly usageOf: (instance: Task) => CpuUsage | undefined;
  /** Called to change the shares of their vCPUs that some instances can use. */
  readonly onShareChange: (changes: readonly ShareChange<Task>[]) => void;
  /** Called when instances are lowered towards their baseline, each for the first time. */
  readonly onLowered: (instances: readonly Task[]) => void;
}

interface Account {
  readonly balance: CpuCreditBalance;
  lastUsage: CpuUsage;
}

/** How often credits are counted. */
const COUNTING_SECONDS = 60;

/** A share of the vCPUs between the baseline and all of them is rounded down to one of so many steps. */
const SHARE_STEPS = 20;

/** The CPU credits of the burstable instances of a group. An instance without credits gets only its baseline. */
export class CpuCreditAccounts<Task extends ServiceTask> {
  /** `CPUCreditBalance` × seconds of all instances, and their seconds. */
  public creditSeconds = 0;
  public instanceSeconds = 0;
  private readonly accounts = new Map<Task, Account>();
  private readonly lowered = new WeakSet<Task>();
  private surplusOfEnded = 0;
  private isStopped = false;

  public constructor(private readonly parts: CreditParts<Task>) {
    for (const instance of parts.instances()) this.accountOf(instance);
    this.countLater();
  }

  /** The surplus credits that AWS charges for, of all instances. */
  public get surplusCharged(): number {
    let sum = this.surplusOfEnded;
    for (const { balance } of this.accounts.values()) sum += balance.surplusCharged;
    return sum;
  }

  public stop(): void {
    this.isStopped = true;
  }

  private countLater(): void {
    this.parts.taskClock.observeAfter(COUNTING_SECONDS, () => {
      if (this.isStopped) return;
      this.count();
      this.countLater();
    });
  }

  private count(): void {
    const instances = this.parts.instances();
    let runningCount = 0;
    const changes: ShareChange<Task>[] = [];
    for (const instance of instances) {
      const usage = this.parts.usageOf(instance);
      if (usage === undefined) continue;
      runningCount += 1;
      const cpuShare = this.countInstance(this.accountOf(instance), usage);
      if (cpuShare !== instance.cpuShare) changes.push({ instance, cpuShare });
    }
    if (this.accounts.size > runningCount) this.closeEnded(new Set(instances));
    if (changes.length > 0) this.change(changes);
  }

  private change(changes: readonly ShareChange<Task>[]): void {
    this.parts.onShareChange(changes);
    const lowered = changes.flatMap(({ instance }) => (instance.cpuShare < 1 && !this.lowered.has(instance) ? [instance] : []));
    for (const instance of lowered) this.lowered.add(instance);
    if (lowered.length > 0) this.parts.onLowered(lowered);
  }

  /** Counts a minute of an instance; returns the share of its vCPUs that it can use from now on. */
  private countInstance(account: Account, usage: CpuUsage): number {
    const { balance, lastUsage } = account;
    const seconds = usage.seconds - lastUsage.seconds;
    const usedVcpu = seconds > 0 ? (usage.cpuSeconds - lastUsage.cpuSeconds) / seconds : 0;
    account.lastUsage = usage;
    balance.advance(COUNTING_SECONDS, usedVcpu * COUNTING_SECONDS);
    this.creditSeconds += balance.balance * COUNTING_SECONDS;
    this.instanceSeconds += COUNTING_SECONDS;
    return this.roundedShare(balance.cpuShare);
  }

  private roundedShare(share: number): number {
    const { credits, size } = this.parts;
    const baseline = Math.min(1, baselineVcpu(credits) / vcpuOf(size));
    if (share >= 1) return 1;
    return baseline + ((1 - baseline) * Math.floor((SHARE_STEPS * (share - baseline)) / (1 - baseline))) / SHARE_STEPS;
  }

  private accountOf(instance: Task): Account {
    const existing = this.accounts.get(instance);
    if (existing !== undefined) return existing;
    const { credits, size, loweringSeconds } = this.parts;
    const balance = new CpuCreditBalance(credits, vcpuOf(size), loweringSeconds);
    const account = { balance, lastUsage: { cpuSeconds: 0, seconds: 0 } };
    this.accounts.set(instance, account);
    // an instance in standard mode that begins without credits begins at its baseline.
    const cpuShare = this.roundedShare(balance.cpuShare);
    if (cpuShare !== instance.cpuShare) instance.update({ cpuShare });
    return account;
  }

  private closeEnded(instances: ReadonlySet<Task>): void {
    for (const [instance, { balance }] of this.accounts) {
      if (instances.has(instance)) continue;
      this.surplusOfEnded += balance.surplusCharged;
      this.accounts.delete(instance);
    }
  }
}
