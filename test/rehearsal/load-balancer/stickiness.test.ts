import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { Stickiness } from '../../../rehearsal/load-balancer/stickiness';
import type { Target } from '../../../rehearsal/load-balancer/target';
import { SimulatedClock } from '../../../src/time/simulated-clock';
import { eventually } from '../eventually';
import { respondOk, serve } from '../small-server';
import { registered, startBalancer } from './balanced';
import { targets } from './targets';

const ROUTING = { algorithm: 'round_robin', slowStartSeconds: 0, enableAnomalyMitigation: false } as const;
const DURATION_SECONDS = 60;

/** The cookies that a client sends after a response, or one of them. */
function cookiesFrom(headers: string, name = 'AWSALB'): string {
  const [, value] = new RegExp(`${name}=([^;]*)`).exec(headers) ?? [];
  return `theme=dark; ${name}=${value}; lang=en`;
}

test.each(['AWSALB', 'AWSALBCORS'])('the cookie %s binds a client to its target', (name) => {
  const [one, other] = targets(2);
  const stickiness = new Stickiness(new SimulatedClock(), DURATION_SECONDS);
  for (const target of [one!, other!]) stickiness.add(target);
  expect(stickiness.targetOf(cookiesFrom(stickiness.cookiesOf(one!), name))).toBe(one);
  expect(stickiness.targetOf(cookiesFrom(stickiness.cookiesOf(other!), name))).toBe(other);
});

test.each([undefined, '', 'theme=dark', 'AWSALB=', 'AWSALB=unknown.zzzz', 'XAWSALB=1.z', 'AWSALBTG=1.z'])(
  '%j binds no client',
  (cookies) => {
    const [target] = targets(1);
    const stickiness = new Stickiness(new SimulatedClock(), DURATION_SECONDS);
    stickiness.add(target!);
    expect(stickiness.targetOf(cookies)).toBeUndefined();
  },
);

test('a browser keeps the cookie until it expires, for all paths', () => {
  const [target] = targets(1);
  const stickiness = new Stickiness(new SimulatedClock(), DURATION_SECONDS);
  stickiness.add(target!);
  const [cookie, forOtherOrigins] = stickiness.cookiesOf(target!).split('\r\n');
  expect(cookie).toMatch(/^Set-Cookie: AWSALB=[^;]+; Expires=[^;]+ GMT; Path=\/$/);
  expect(forOtherOrigins).toBe(`${cookie!.replace('AWSALB', 'AWSALBCORS')}; SameSite=None`);
  const expiresMillis = Date.parse(/Expires=([^;]+)/.exec(cookie!)![1]!);
  expect(expiresMillis).toBeGreaterThan(Date.now());
  expect(expiresMillis).toBeLessThanOrEqual(Date.now() + DURATION_SECONDS * 1000);
});

/** A client, and the target that it should be bound to. */
class Model {
  private readonly clock = new SimulatedClock();
  private readonly stickiness = new Stickiness(this.clock, DURATION_SECONDS);
  private readonly all = targets(3);
  private readonly gone = new Set<Target>();
  private bound?: Target;
  private untilSeconds = 0;
  private cookies = '';

  public constructor() {
    for (const target of this.all) this.stickiness.add(target);
  }

  public readonly steps = {
    respond: (number: number): void => {
      const target = this.all[number % 3]!;
      if (this.gone.has(target)) return;
      this.bound = target;
      this.untilSeconds = this.clock.nowSeconds + DURATION_SECONDS;
      this.cookies = cookiesFrom(this.stickiness.cookiesOf(target));
    },
    leave: (number: number): void => {
      this.gone.add(this.all[number % 3]!);
      this.stickiness.remove(this.all[number % 3]!);
    },
    wait: (number: number): void => this.clock.runUntil(this.clock.nowSeconds + number),
  };

  public get isRight(): boolean {
    const isBound = this.bound !== undefined && !this.gone.has(this.bound) && this.clock.nowSeconds < this.untilSeconds;
    return this.stickiness.targetOf(this.cookies) === (isBound ? this.bound : undefined);
  }
}

test('a client is bound to the target of its last response, until the target is gone or the cookie expires', () => {
  const step = tuple(constantFrom('respond' as const, 'respond' as const, 'leave' as const, 'wait' as const), nat(DURATION_SECONDS));
  assert(
    property(array(step, { maxLength: 20 }), (steps) => {
      const model = new Model();
      return steps.every(([kind, number]) => {
        model.steps[kind](number);
        return model.isRight;
      });
    }),
  );
});

test('a client with a cookie stays with its target, and gets another one when that leaves or fails', async () => {
  const servers = await Promise.all([serve(respondOk), serve(respondOk), serve(respondOk)]);
  const balancer = await startBalancer({ routing: { ...ROUTING, stickinessSeconds: 86_400 } });
  const all = await registered(balancer, servers);
  let cookies = '';
  const sendSticky = async (times: number): Promise<number[]> => {
    const before = servers.map(({ requests }) => requests.length);
    for (let time = 0; time < times; time += 1) {
      const response = await fetch(balancer.url, { headers: { cookie: cookies } });
      await response.text();
      cookies = cookiesFrom(response.headers.getSetCookie().join('\n'));
    }
    return servers.map(({ requests }, place) => requests.length - before[place]!);
  };
  const served = await sendSticky(9);
  expect(served.filter((count) => count > 0)).toEqual([9]);
  const first = served.indexOf(9);

  const leaving = balancer.deregister(all[first]!, 60);
  const servedNext = await sendSticky(9);
  const second = servedNext.indexOf(9);
  expect(second).not.toBe(first);

  all[second]!.failsHealthChecks = true;
  await eventually(() => all[second]!.state).toBe('unhealthy');
  const servedLast = await sendSticky(9);
  expect(servedLast.filter((count) => count > 0)).toEqual([9]);
  expect([first, second]).not.toContain(servedLast.indexOf(9));
  await leaving;
});

test('a client without cookies gets all targets in turn', async () => {
  const servers = await Promise.all([serve(respondOk), serve(respondOk)]);
  const balancer = await startBalancer({ routing: { ...ROUTING, stickinessSeconds: 60 } });
  await registered(balancer, servers);
  for (let time = 0; time < 6; time += 1) await (await fetch(balancer.url)).text();
  expect(servers.map(({ requests }) => requests.length)).toEqual([3, 3]);
});

test('sets no cookie without stickiness', async () => {
  const balancer = await startBalancer();
  await registered(balancer, [await serve(respondOk)]);
  expect((await fetch(balancer.url)).headers.getSetCookie()).toEqual([]);
});
