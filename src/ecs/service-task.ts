/** Where a task is on its way: `waiting` for its launch, `launching` until its container starts, `running`, on its way out, or gone. */
export type Station = 'waiting' | 'launching' | 'running' | 'draining' | 'stopping' | 'gone';

/** One task of a service as ECS sees it, whether it exists in numbers only or is a process. */
export abstract class ServiceTask {
  public station: Station = 'waiting';
  /** Whether it has passed the load balancer's health checks. */
  public isHealthy = false;
  /** Whether it has passed them before. */
  public wasHealthy = false;
  /** Whether ECS has given it up for failing its health checks. */
  public isCondemned = false;
  /** Whether it was launched for one that was lost. */
  public isReplacement = false;
  /** How much of the traffic it gets beside others: 1 is a full share, 0 is none while a deployment keeps it apart. */
  public trafficShare = 1;
  /** Faults that hold all its requests. */
  public freezes = 0;
  /** Faults that fail its health checks alone. */
  public checkFailures = 0;
  /** Its speed as a share of that of others. */
  public speedShare = 1;
  /** Whether a fault ends it, which has been told of already. */
  public isLossTold = false;

  /** @param number tells it from the others, in the order of launch. */
  public constructor(
    public readonly number: number,
    public readonly revision: number,
    public readonly zone: number,
  ) {}

  /** Whether ECS means it to run. */
  public get isKept(): boolean {
    return this.station === 'waiting' || this.station === 'launching' || this.station === 'running';
  }
}
