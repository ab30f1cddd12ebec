/** Where a task is on its way: `waiting` for its launch, `launching` until its container starts, `running`, on its way out, or gone. */
export type Station = 'waiting' | 'launching' | 'running' | 'draining' | 'stopping' | 'gone';

/** One task that exists in numbers only. */
export class ModelledTask {
  public station: Station = 'waiting';
  /** Whether its container runs, and uses CPU. */
  public hasProcess = false;
  /** Whether it takes requests. */
  public isListening = false;
  /** Whether the load balancer may send requests to it. */
  public isRegistered = false;
  /** Whether it has passed the load balancer's health checks. */
  public isHealthy = false;
  /** Whether it has passed them before. */
  public wasHealthy = false;
  /** Whether ECS has given it up for failing its health checks. */
  public isCondemned = false;
  /** Whether it was launched for one that was lost. */
  public isReplacement = false;
  /** Since when it is paid for; undefined before its launch, and for a task that has run for long. */
  public launchedAtSeconds: number | undefined;
  public runningAtSeconds = 0;
  public firstCheckAtSeconds = 0;
  /** Since when its share of the requests grows; undefined where it has a full one. */
  public slowStartSinceSeconds: number | undefined;
  /** How much of the traffic it gets beside others: 1 is a full share, 0 is none while a deployment keeps it apart. */
  public trafficShare = 1;
  /** Faults that hold all its requests. */
  public freezes = 0;
  /** Faults that fail its health checks alone. */
  public checkFailures = 0;
  /** Its speed as a share of that of others. */
  public speedShare = 1;
  /** Whether it takes longer to answer than a health check waits. */
  public isOverloaded = false;
  /** Requests that it works on. */
  public inFlight = 0;
  /** Goes up whenever what its health checks will find has changed. */
  public healthCase = 0;

  public constructor(
    public readonly revision: number,
    public readonly zone: number,
  ) {}

  /** Whether ECS means it to run. */
  public get isKept(): boolean {
    return this.station === 'waiting' || this.station === 'launching' || this.station === 'running';
  }

  /** Whether it is paid for. */
  public get isPaid(): boolean {
    return this.station !== 'waiting' && this.station !== 'gone';
  }

  /** Whether a health check that came now would fail. */
  public get failsChecks(): boolean {
    return !this.isListening || this.freezes > 0 || this.checkFailures > 0 || this.isOverloaded;
  }
}
