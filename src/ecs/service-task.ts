/** The status of a task, in the words of ECS. PROVISIONING waits for its launch, PENDING for its container to start. */
export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'STOPPED';

/** The fields that tasks are counted by. `ServiceTask.update` changes them. */
export interface CountedFields {
  status: TaskStatus;
  isHealthy: boolean;
  areContainersHealthy: boolean;
  hasBeenHealthy: boolean;
  isMarkedForReplacement: boolean;
  trafficShare: number;
  isInNewTargetGroup: boolean;
  pauseFaultCount: number;
  relativeSpeed: number;
  cpuShare: number;
  isWarmingUp: boolean;
}

/** One task of a service as ECS sees it, simulated or a process of this machine. */
export abstract class ServiceTask implements Readonly<CountedFields> {
  public readonly status: TaskStatus = 'PROVISIONING';
  /** Whether it has passed the load balancer's health checks. */
  public readonly isHealthy: boolean = false;
  /** Whether each of its essential containers with a health check has passed it; true if none has one. */
  public readonly areContainersHealthy: boolean = true;
  /** Whether an instance refresh waits for it to warm up, although it is healthy. */
  public readonly isWarmingUp: boolean = false;
  /** Whether it is or has been healthy. */
  public readonly hasBeenHealthy: boolean = false;
  /** Whether ECS will replace it, because it failed its health checks. */
  public readonly isMarkedForReplacement: boolean = false;
  /** Whether it was launched for a task that was lost. */
  public isReplacement = false;
  /** Its weight in the target group: 1 gets a full share, 0 gets no requests while a deployment shifts the traffic. */
  public readonly trafficShare: number = 1;
  /** Whether its target group is that of the new revision, while a deployment shifts the traffic from one target group to another. */
  public readonly isInNewTargetGroup: boolean = false;
  /** From the health check with which its new target becomes healthy until the load balancer sends it requests. */
  public registrationLagSeconds = 0;
  /** The number of faults that pause it now. */
  public readonly pauseFaultCount: number = 0;
  /** The number of faults that fail its health checks now. */
  public healthCheckFaultCount = 0;
  /** Its speed as a share of its normal speed. */
  public readonly relativeSpeed: number = 1;
  /** The share of its vCPUs that it can use: less than 1 for a burstable instance that is short of CPU credits. */
  public readonly cpuShare: number = 1;
  /** Whether the event of a fault has reported its loss already, so that no other event does. */
  public isLossReported = false;
  /** Called when a field has changed that tasks are counted by. */
  public onUpdate: () => void = () => {};
  private billedFromSeconds?: number;
  private billedUntilSeconds?: number;
  private minimumBilledSeconds = 0;

  /** @param number counts the tasks of the service, in the order of launch. */
  public constructor(
    public readonly number: number,
    public readonly revision: number,
    public readonly zone: number,
  ) {}

  /** Whether it counts for the desired count: ECS has not begun to stop it, and it is not lost. */
  public get isActive(): boolean {
    return this.status === 'PROVISIONING' || this.status === 'PENDING' || this.status === 'RUNNING';
  }

  /** Whether ECS counts it as healthy: by the checks of the load balancer and of its containers. */
  public get isReady(): boolean {
    return this.isHealthy && this.areContainersHealthy && !this.isWarmingUp;
  }

  /** Whether its status is RUNNING. */
  public get isRunning(): boolean {
    return this.status === 'RUNNING';
  }

  /** Changes fields that tasks are counted by. */
  public update(changes: Partial<CountedFields>): void {
    Object.assign(this, changes);
    this.onUpdate();
  }

  /** Bills the task from now on, for at least this long. */
  public startBilling(nowSeconds: number, minSeconds = 0): void {
    this.minimumBilledSeconds = minSeconds;
    this.billedFromSeconds = nowSeconds;
  }

  public stopBilling(nowSeconds: number): void {
    this.billedUntilSeconds = nowSeconds;
  }

  /** Seconds that have been billed since `startBilling`. */
  public billedSeconds(nowSeconds: number): number {
    if (this.billedFromSeconds === undefined) return 0;
    if (this.billedUntilSeconds === undefined) return nowSeconds - this.billedFromSeconds;
    return Math.max(this.minimumBilledSeconds, this.billedUntilSeconds - this.billedFromSeconds);
  }

  /** Seconds that are billed besides those that the task ran, because it stopped before the minimum. */
  public get extraBilledSeconds(): number {
    if (this.billedFromSeconds === undefined || this.billedUntilSeconds === undefined) return 0;
    return Math.max(0, this.minimumBilledSeconds - (this.billedUntilSeconds - this.billedFromSeconds));
  }
}

/** Fargate bills each task for at least a minute (https://aws.amazon.com/fargate/pricing). */
export const MINIMUM_BILLED_SECONDS = 60;

/** How a task was lost, for the descriptions of events: the same in a forecast and in a rehearsal. */
export const LOSS_TEXTS = {
  stopped: 'was stopped',
  killed: 'was killed',
  outOfMemory: 'was killed: OutOfMemoryError',
  lostWithZone: 'was lost with its zone',
  unhealthy: 'failed its health checks',
  exitedAtStart: 'ended at its start',
} as const;

/** The description of the event that a lost zone has recovered. */
export const ZONE_RECOVERED = 'the lost zone recovered';

/** The description of the event that the replacement of a lost task is healthy. */
export const REPLACEMENT_HEALTHY = 'a replacement became healthy';
