import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { Stickiness } from '../../../../cli/rehearsal/load-balancer/stickiness';
import type { Target } from '../../../../cli/rehearsal/load-balancer/target';
import { SimulatedTime } from '../../../../src/time/simulated-time';
import { eventually } from '../eventually';
import { answerOk, serve } from '../small-server';
import { registered, startBalancer } from './balanced';
import { targets } from './targets';

const ROUTING = { algorithm: 'round_robin', slowStartSeconds: 0, mitigatesAnomalies: false } as const;
const DURATION_SECONDS = 60;

/** What a client sends that was told to set the cookies of an answer, or the one of them. */
function cookiesFrom(headers: readonly string[], name = 'AWSALB'): string {
  const [, value] = new RegExp(`${name}=([^;]*)`).exec(headers.join('\n')) ?? [];
  return `theme=dark; ${name}=${value}; lang=en`;
}

test.each(['AWSALB', 'AWSALBCORS'])('the cookie %s binds a client to its target', (name) => {
  const [one, other] = targets(2);
  const stickiness = new Stickiness(new SimulatedTime(), DURATION_SECONDS);
  for (const target of [one!, other!]) stickiness.add(target);
  expect(stickiness.boundTo(cookiesFrom(stickiness.cookiesOf(one!), name))).toBe(one);
  expect(stickiness.boundTo(cookiesFrom(stickiness.cookiesOf(other!), name))).toBe(other);
});

test.each([undefined, '', 'theme=dark', 'AWSALB=', 'AWSALB=nobody.zzzz', 'XAWSALB=1.z', 'AWSALBTG=1.z'])('%j binds nobody', (cookies) => {
  const [target] = targets(1);
  const stickiness = new Stickiness(new SimulatedTime(), DURATION_SECONDS);
  stickiness.add(target!);
  expect(stickiness.boundTo(cookies)).toBeUndefined();
});

test('a browser keeps the cookie for as long as it counts, on all pages', () => {
  const [target] = targets(1);
  const stickiness = new Stickiness(new SimulatedTime(), DURATION_SECONDS);
  stickiness.add(target!);
  const cookie = stickiness.cookiesOf(target!)[1]!;
  expect(cookie).toMatch(/^AWSALB=[^;]+; Expires=[^;]+ GMT; Path=\/$/);
  const expiresMillis = Date.parse(/Expires=([^;]+)/.exec(cookie)![1]!);
  expect(expiresMillis).toBeGreaterThan(Date.now());
  expect(expiresMillis).toBeLessThanOrEqual(Date.now() + DURATION_SECONDS * 1000);
});

/** A client, and what it should be bound to by all that has happened. */
class Model {
  private readonly time = new SimulatedTime();
  private readonly stickiness = new Stickiness(this.time, DURATION_SECONDS);
  private readonly all = targets(3);
  private readonly gone = new Set<Target>();
  private bound?: Target;
  private untilSeconds = 0;
  private cookies = '';

  public constructor() {
    for (const target of this.all) this.stickiness.add(target);
  }

  public readonly steps = {
    answer: (number: number): void => {
      const target = this.all[number % 3]!;
      if (this.gone.has(target)) return;
      this.bound = target;
      this.untilSeconds = this.time.nowSeconds + DURATION_SECONDS;
      this.cookies = cookiesFrom(this.stickiness.cookiesOf(target));
    },
    leave: (number: number): void => {
      this.gone.add(this.all[number % 3]!);
      this.stickiness.remove(this.all[number % 3]!);
    },
    wait: (number: number): void => this.time.runUntil(this.time.nowSeconds + number),
  };

  public get isRight(): boolean {
    const isBound = this.bound !== undefined && !this.gone.has(this.bound) && this.time.nowSeconds < this.untilSeconds;
    return this.stickiness.boundTo(this.cookies) === (isBound ? this.bound : undefined);
  }
}

test('a client is always bound to the target that answered it last, until that is gone or the time is over', () => {
  const step = tuple(constantFrom('answer' as const, 'answer' as const, 'leave' as const, 'wait' as const), nat(DURATION_SECONDS));
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

test('a client that sends its cookie stays with its target, and gets another when that leaves or fails', async () => {
  const servers = await Promise.all([serve(answerOk), serve(answerOk), serve(answerOk)]);
  const balancer = await startBalancer({ routing: { ...ROUTING, stickinessSeconds: 86_400 } });
  const all = await registered(balancer, servers);
  let cookies = '';
  const ask = async (times: number): Promise<number[]> => {
    const before = servers.map(({ requests }) => requests.length);
    for (let time = 0; time < times; time += 1) {
      const answer = await fetch(balancer.url, { headers: { cookie: cookies } });
      await answer.text();
      cookies = cookiesFrom(answer.headers.getSetCookie());
    }
    return servers.map(({ requests }, place) => requests.length - before[place]!);
  };
  const served = await ask(9);
  expect(served.filter((count) => count > 0)).toEqual([9]);
  const first = served.indexOf(9);

  const leaving = balancer.deregister(all[first]!, 60);
  const servedNext = await ask(9);
  const second = servedNext.indexOf(9);
  expect(second).not.toBe(first);

  all[second]!.failChecks = true;
  await eventually(() => all[second]!.state).toBe('unhealthy');
  const servedLast = await ask(9);
  expect(servedLast.filter((count) => count > 0)).toEqual([9]);
  expect([first, second]).not.toContain(servedLast.indexOf(9));
  await leaving;
});

test('a client without cookies goes round', async () => {
  const servers = await Promise.all([serve(answerOk), serve(answerOk)]);
  const balancer = await startBalancer({ routing: { ...ROUTING, stickinessSeconds: 60 } });
  await registered(balancer, servers);
  for (let time = 0; time < 6; time += 1) await (await fetch(balancer.url)).text();
  expect(servers.map(({ requests }) => requests.length)).toEqual([3, 3]);
});

test('sets no cookie where nobody asked for it', async () => {
  const balancer = await startBalancer();
  await registered(balancer, [await serve(answerOk)]);
  expect((await fetch(balancer.url)).headers.getSetCookie()).toEqual([]);
});
