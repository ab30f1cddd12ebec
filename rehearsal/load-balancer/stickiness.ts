import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/time/clock';
import type { Target } from './target';

/** The cookies of an Application Load Balancer. A browser sends AWSALBCORS, not AWSALB, with cross-origin requests. */
const COOKIE_PATTERN = /(?:^|;)\s*AWSALB(?:CORS)?=([^;.]+)\.([0-9a-z]+)/;

/**
 * The radix of the expiry time in the cookie.
 *
 * A load balancer may choose the content of its cookie. Here it is the id of a target and the expiry time in seconds of the scenario.
 */
const EXPIRY_RADIX = 36;

/**
 * Sticky sessions: binds clients to targets by a cookie, for a duration that restarts with each response.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions
 */
export class Stickiness {
  private readonly targetIds = new Map<Target, string>();
  private readonly targetsById = new Map<string, Target>();

  public constructor(
    private readonly clock: Clock,
    private readonly durationSeconds: number,
  ) {}

  /** Adds a target that clients can be bound to. */
  public add(target: Target): void {
    const id = randomUUID();
    this.targetIds.set(target, id);
    this.targetsById.set(id, target);
  }

  /** Removes a target. Its clients are no longer bound to it. */
  public remove(target: Target): void {
    this.targetsById.delete(this.targetIds.get(target) ?? '');
    this.targetIds.delete(target);
  }

  /** The target that a client is bound to, by the cookies that it sends. */
  public targetOf(cookies: string | undefined): Target | undefined {
    const [, id, expiry] = (cookies && COOKIE_PATTERN.exec(cookies)) || [];
    if (id === undefined || expiry === undefined) return undefined;
    return Number.parseInt(expiry, EXPIRY_RADIX) > this.clock.nowSeconds ? this.targetsById.get(id) : undefined;
  }

  /** The headers that bind a client to a target, each with its line end. */
  public cookiesOf(target: Target): string {
    const id = this.targetIds.get(target);
    if (id === undefined) return '';
    const expiry = Math.ceil(this.clock.nowSeconds + this.durationSeconds).toString(EXPIRY_RADIX);
    // a browser's clock is not that of the scenario, so it may send a cookie that has expired here, which is ignored.
    const expires = new Date(Date.now() + this.durationSeconds * 1000).toUTCString();
    const value = `${id}.${expiry}; Expires=${expires}; Path=/`;
    return `Set-Cookie: AWSALB=${value}\r\nSet-Cookie: AWSALBCORS=${value}; SameSite=None\r\n`;
  }
}
