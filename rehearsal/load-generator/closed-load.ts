import { PAUSE_AFTER_FAILURE_SECONDS } from '../../src/traffic/traffic-phases';
import type { HttpClient } from './http-client';

/** The fractional part of the golden ratio: the fractional parts of its multiples spread any number of users evenly over their think time. */
const GOLDEN_FRACTION = (Math.sqrt(5) - 1) / 2;

/** The settings that the users of one load share. */
class LoadSettings {
  public thinkSeconds = 0;
  public pacingSeconds = 0;
  public readonly limit = new RequestLimit();

  public constructor(
    public readonly client: HttpClient,
    public readonly paths: readonly string[],
  ) {}
}

/** The users of a closed load, and how long they wait between their requests. */
interface UserLoad {
  readonly count: number;
  readonly thinkSeconds: number;
  /** From a request of a user to its next one at least. */
  readonly pacingSeconds?: number;
  readonly limitRequestsPerSecond?: number;
}

/** A closed load: users that each send a request, wait for its response, think, and repeat. */
export class ClosedLoad {
  private readonly settings: LoadSettings;
  private readonly users: User[] = [];

  public constructor(client: HttpClient, paths: readonly string[]) {
    this.settings = new LoadSettings(client, paths);
  }

  /** Sets the number of users. Users beyond it leave after their current response. */
  public setUsers(users: UserLoad): void {
    this.settings.thinkSeconds = users.thinkSeconds;
    this.settings.pacingSeconds = users.pacingSeconds ?? 0;
    this.settings.limit.setLimit(users.limitRequestsPerSecond);
    while (this.users.length > users.count) this.users.pop()!.leave();
    while (this.users.length < users.count) this.users.push(new User(this.settings, this.users.length));
  }
}

/** A user. It begins in the middle of its think time, so that users who start together do not send requests at the same moment. */
class User {
  private timer?: NodeJS.Timeout;
  private hasLeft = false;

  /** @param pathIndex the number of the user: each user begins with another path. */
  public constructor(
    private readonly settings: LoadSettings,
    private pathIndex: number,
  ) {
    this.think(Math.max(settings.thinkSeconds, settings.pacingSeconds) * ((pathIndex * GOLDEN_FRACTION) % 1));
  }

  public leave(): void {
    this.hasLeft = true;
    clearTimeout(this.timer);
  }

  private think(seconds: number): void {
    if (this.hasLeft) return;
    if (seconds === 0) {
      this.sendWhenAllowed();
      return;
    }
    const dueAtMillis = performance.now() + seconds * 1000;
    this.timer = setTimeout(() => {
      this.settings.client.log.recordLateness((performance.now() - dueAtMillis) / 1000);
      this.sendWhenAllowed();
    }, seconds * 1000);
  }

  private sendWhenAllowed(): void {
    this.settings.limit.callWhenAllowed(() => this.send());
  }

  private send(): boolean {
    if (this.hasLeft) return false;
    const { client, paths, thinkSeconds, pacingSeconds } = this.settings;
    const sentAtMillis = performance.now();
    client.send({
      path: paths[this.pathIndex++ % paths.length]!,
      latencyStartMillis: sentAtMillis,
      onEnd: (isServed) => {
        const pauseSeconds = isServed ? thinkSeconds : thinkSeconds + PAUSE_AFTER_FAILURE_SECONDS;
        const pacingRestSeconds = pacingSeconds === 0 ? 0 : pacingSeconds - (performance.now() - sentAtMillis) / 1000;
        this.think(Math.max(pauseSeconds, pacingRestSeconds));
      },
    });
    return true;
  }
}

/** The requests of this time may be sent at once, so that the resolution of a timer does not lower the limit. */
const BURST_SECONDS = 0.01;

/** The maximum delay of a timer. */
const MAX_TIMER_MILLIS = 1000;

/** A rate limit. Requests beyond it wait. */
export class RequestLimit {
  private requestsPerSecond?: number;
  /** The number of requests that may be sent now. */
  private allowedRequests = 0;
  private allowanceUpdatedAtMillis = performance.now();
  private readonly waitingSends: (() => boolean)[] = [];
  private timer?: NodeJS.Timeout;

  /** Sets the limit from now on; undefined for none. */
  public setLimit(requestsPerSecond: number | undefined): void {
    this.updateAllowance();
    this.requestsPerSecond = requestsPerSecond;
    this.sendWaiting();
  }

  /**
   * Calls a function as soon as the limit allows.
   *
   * @param send returns whether it has sent a request. If not, the next function is called instead.
   */
  public callWhenAllowed(send: () => boolean): void {
    this.waitingSends.push(send);
    this.sendWaiting();
  }

  private sendWaiting(): void {
    this.updateAllowance();
    while (this.waitingSends.length > 0 && this.allowedRequests >= 1) {
      if (this.waitingSends.shift()!()) this.allowedRequests -= 1;
    }
    clearTimeout(this.timer);
    if (this.waitingSends.length > 0) this.timer = setTimeout(() => this.sendWaiting(), this.pauseMillis());
  }

  private updateAllowance(): void {
    const nowMillis = performance.now();
    const seconds = (nowMillis - this.allowanceUpdatedAtMillis) / 1000;
    this.allowanceUpdatedAtMillis = nowMillis;
    if (this.requestsPerSecond === undefined) this.allowedRequests = Number.POSITIVE_INFINITY;
    else
      this.allowedRequests = Math.min(
        Math.max(1, this.requestsPerSecond * BURST_SECONDS),
        this.allowedRequests + this.requestsPerSecond * seconds,
      );
  }

  private pauseMillis(): number {
    return Math.min(MAX_TIMER_MILLIS, (1000 * (1 - this.allowedRequests)) / this.requestsPerSecond!);
  }
}
