import type { Cancel, Time } from '../../src/time/time';
import type { RehearsedTask } from './rehearsed-task';

/** A place in the fleet, from the launch of its task until that has stopped. */
export class Slot {
  public state: 'provisioning' | 'running' | 'stopping' | 'stopped' = 'provisioning';
  public task?: RehearsedTask;
  /** Calls off a start that is still to come. */
  public cancelStart: Cancel = () => {};
  private launchedAtSeconds: number;
  private stoppedAtSeconds?: number;

  public constructor(private readonly time: Time) {
    this.launchedAtSeconds = time.nowSeconds;
  }

  /** Seconds of the scenario that are paid for, so far. */
  public get paidSeconds(): number {
    return (this.stoppedAtSeconds ?? this.time.nowSeconds) - this.launchedAtSeconds;
  }

  /** Counts the time from now on. */
  public restartClock(): void {
    this.launchedAtSeconds = this.time.nowSeconds;
  }

  /** Takes the task out of service and ends it. */
  public async empty(deregistrationDelaySeconds: number, stopTimeoutSeconds: number): Promise<void> {
    this.cancelStart();
    this.state = 'stopping';
    await this.task?.leave(deregistrationDelaySeconds, stopTimeoutSeconds);
    this.state = 'stopped';
    this.stoppedAtSeconds = this.time.nowSeconds;
  }
}
