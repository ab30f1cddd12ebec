import { ServiceTask } from '../../../src/ecs/service-task';
import type { Cancel, Time } from '../../../src/time/time';
import type { RehearsedTask } from '../rehearsed-task';

/** One task of a rehearsed fleet, from its launch until it has gone. */
export class FleetTask extends ServiceTask {
  /** Its process and its place behind the load balancer, once it has been started. */
  public rehearsed?: RehearsedTask;
  /** Calls off a launch that is still to come. */
  public cancelLaunch: Cancel = () => {};
  /** How it will have ended, where something is about to end it. */
  public ending?: string;
  /** Settles when the load balancer knows that it is gone, where it has ended or been stopped. */
  public deregistered?: Promise<void>;
  /** Whether something takes its memory. */
  public isFilled = false;
  /** When its grace period began. */
  public graceFromSeconds = 0;
  private paidFromSeconds?: number;
  private paidUntilSeconds?: number;
  private leastPaidSeconds = 0;

  public constructor(
    private readonly time: Time,
    number: number,
    revision: number,
    zone: number,
  ) {
    super(number, revision, zone);
  }

  /** Whether a fault may be what keeps it from its work. */
  public get isBefallen(): boolean {
    return this.isFilled || this.freezes > 0 || this.checkFailures > 0 || this.speedShare !== 1;
  }

  /** Seconds of the scenario that are paid for, so far. */
  public get paidSeconds(): number {
    if (this.paidFromSeconds === undefined) return 0;
    if (this.paidUntilSeconds === undefined) return this.time.nowSeconds - this.paidFromSeconds;
    return Math.max(this.leastPaidSeconds, this.paidUntilSeconds - this.paidFromSeconds);
  }

  /** Is paid for from now on, and for so long at least. */
  public beginToPay(leastSeconds = 0): void {
    this.leastPaidSeconds = leastSeconds;
    this.paidFromSeconds = this.time.nowSeconds;
  }

  /** Is not paid for any more. */
  public endToPay(): void {
    this.paidUntilSeconds = this.time.nowSeconds;
  }
}
