import { randomUUID } from 'node:crypto';
import type { Time } from '../../../src/time/time';
import type { Target } from './target';

/** The second cookie goes along where a page of another site asks. */
const COOKIE = /(?:^|;)\s*AWSALB(?:CORS)?=([^;.]+)\.([0-9a-z]+)/;

/** What is in a cookie is a secret of the load balancer: here the name of a target, and the second of the scenario in which it expires. */
const RADIX = 36;

/**
 * Binds clients to targets by a cookie, for a time that begins anew with each answer.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#sticky-sessions
 */
export class Stickiness {
  private readonly names = new Map<Target, string>();
  private readonly targets = new Map<string, Target>();

  public constructor(
    private readonly time: Time,
    private readonly durationSeconds: number,
  ) {}

  /** From now on clients can be bound to a target. */
  public add(target: Target): void {
    const name = randomUUID();
    this.names.set(target, name);
    this.targets.set(name, target);
  }

  /** From now on nobody is bound to a target. */
  public remove(target: Target): void {
    this.targets.delete(this.names.get(target) ?? '');
    this.names.delete(target);
  }

  /** The target that a client is bound to, by the cookies that it sends. */
  public boundTo(cookies: string | undefined): Target | undefined {
    const [, name, expiry] = (cookies && COOKIE.exec(cookies)) || [];
    if (name === undefined || expiry === undefined) return undefined;
    return Number.parseInt(expiry, RADIX) > this.time.nowSeconds ? this.targets.get(name) : undefined;
  }

  /** The headers that bind a client to a target: names and values in turn. */
  public cookiesOf(target: Target): string[] {
    const name = this.names.get(target);
    if (name === undefined) return [];
    const expiry = Math.ceil(this.time.nowSeconds + this.durationSeconds).toString(RADIX);
    // a client's clock is not the scenario's: what is expired there may still be kept here, and is not used.
    const expires = new Date(Date.now() + this.durationSeconds * 1000).toUTCString();
    const rest = `${name}.${expiry}; Expires=${expires}; Path=/`;
    return ['Set-Cookie', `AWSALB=${rest}`, 'Set-Cookie', `AWSALBCORS=${rest}; SameSite=None`];
  }
}
