/**
 * Tasks that may be launched at once, and that may follow in a second, for one account and region
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/throttling.html).
 */
const BURST = 100;
const REFILL_PER_SECOND = 20;

/** Tasks that the scheduler of one service launches in a minute, at most (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html). */
const MOST_PER_MINUTE = 500;
const MINUTE = 60;

/** How fast Fargate lets one service launch tasks: a bucket of tokens, and a limit for each minute. */
export class LaunchRate {
  private tokens = BURST;
  private countedAtSeconds = 0;
  /** The last launches, as many as a minute may have. */
  private readonly launches: number[] = [];

  /** Takes a place in the line; returns the second at which the launch begins. */
  public reserve(nowSeconds: number): number {
    const aMinuteAgo = this.launches.length >= MOST_PER_MINUTE ? this.launches.shift()! + MINUTE : 0;
    const startSeconds = this.takeToken(Math.max(nowSeconds, aMinuteAgo));
    this.launches.push(startSeconds);
    return startSeconds;
  }

  private takeToken(wantedSeconds: number): number {
    // those that were in line before have moved the count ahead of the clock.
    const fromSeconds = Math.max(wantedSeconds, this.countedAtSeconds);
    const tokens = Math.min(BURST, this.tokens + (fromSeconds - this.countedAtSeconds) * REFILL_PER_SECOND);
    const waitSeconds = tokens >= 1 ? 0 : (1 - tokens) / REFILL_PER_SECOND;
    this.tokens = tokens + waitSeconds * REFILL_PER_SECOND - 1;
    this.countedAtSeconds = fromSeconds + waitSeconds;
    return this.countedAtSeconds;
  }
}
