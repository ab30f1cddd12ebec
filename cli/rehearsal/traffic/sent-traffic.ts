import { setTimeout as pass } from 'node:timers/promises';
import type { Client } from '../../../src/scenario/client';
import { type Arrival, arrivalAt, type Traffic } from '../../../src/scenario/traffic';
import type { Cancel, Time } from '../../../src/time/time';
import { SLOW_SECONDS, WARM_UP_SECONDS } from '../warm-up';
import type { RehearsedTraffic } from './rehearsed-traffic';
import type { TrafficSender } from './traffic-sender';

/** Traffic that changes is set once in so many milliseconds of the wall clock. */
const TRAFFIC_STEP_MILLIS = 100;

const WARM_UP: Arrival = { kind: 'users', value: 16, thinkSeconds: 0 };

/** The first of them: where requests are slow, more would only queue, and be in the way of the scenario. */
const FIRST_USERS = 2;

/** For the last answers to come: so long in any case, and so long where they are slow. */
const PAUSE_SECONDS = 0.3;
const MOST_PAUSE_SECONDS = 20;

/** Traffic that a thread of this command sends. */
export class SentTraffic implements RehearsedTraffic {
  private stopFollowing: Cancel = () => {};

  public constructor(private readonly sender: TrafficSender) {}

  public get client(): Client {
    return this.sender;
  }

  public get lost(): Promise<never> {
    return this.sender.lost;
  }

  public get lastFailure(): string | undefined {
    return this.sender.lastFailure;
  }

  public get shortfall(): string | undefined {
    return this.sender.shortfall;
  }

  public watcher(): Client {
    return this.sender.watcher();
  }

  public async warmUp(): Promise<void> {
    this.sender.set({ ...WARM_UP, value: FIRST_USERS });
    await pass(SLOW_SECONDS * 1000);
    if (this.sender.takeReading().servedRequests > 0) this.sender.set(WARM_UP);
    await pass((WARM_UP_SECONDS - SLOW_SECONDS) * 1000);
    this.sender.set({ ...WARM_UP, value: 0 });
    await this.lastAnswers();
  }

  private async lastAnswers(): Promise<void> {
    const untilMillis = performance.now() + MOST_PAUSE_SECONDS * 1000;
    do await pass(PAUSE_SECONDS * 1000);
    while (this.sender.takeReading().inFlightRequests > 0 && performance.now() < untilMillis);
  }

  public follow(traffic: Traffic, time: Time): void {
    const arrive = (): void => this.sender.set(arrivalAt(traffic, time.nowSeconds), traffic.clientLimitRequestsPerSecond);
    arrive();
    const step = setInterval(arrive, TRAFFIC_STEP_MILLIS);
    this.stopFollowing = () => clearInterval(step);
  }

  public stop(): Promise<unknown> {
    this.stopFollowing();
    return this.sender.stop();
  }
}
