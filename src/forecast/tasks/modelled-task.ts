import { ServiceTask } from '../../ecs/service-task';

/** One task that exists in numbers only. */
export class ModelledTask extends ServiceTask {
  /** Whether its container runs, and uses CPU. */
  public hasProcess = false;
  /** Whether it takes requests. */
  public isListening = false;
  /** Whether the load balancer may send requests to it. */
  public isRegistered = false;
  /** Since when it is paid for; undefined before its launch, and for a task that has run for long. */
  public launchedAtSeconds: number | undefined;
  public runningAtSeconds = 0;
  public firstCheckAtSeconds = 0;
  /** Since when its share of the requests grows; undefined where it has a full one. */
  public slowStartSinceSeconds: number | undefined;
  /** Whether it takes longer to answer than a health check waits. */
  public isOverloaded = false;
  /** Requests that it works on. */
  public inFlight = 0;
  /** Goes up whenever what its health checks will find has changed. */
  public healthCase = 0;

  /** Whether it is paid for. */
  public get isPaid(): boolean {
    return this.station !== 'waiting' && this.station !== 'gone';
  }

  /** Whether a health check that came now would fail. */
  public get failsChecks(): boolean {
    return !this.isListening || this.freezes > 0 || this.checkFailures > 0 || this.isOverloaded;
  }
}
