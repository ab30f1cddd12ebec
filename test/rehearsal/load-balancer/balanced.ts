import { onTestFinished } from 'vitest';
import { LoadBalancer, type LoadBalancerOptions } from '../../../rehearsal/load-balancer/local-load-balancer';
import type { Target } from '../../../rehearsal/load-balancer/target';
import { SpedUpClock } from '../../../src/time/sped-up-clock';
import { eventually } from '../eventually';
import { HEALTH_PATH } from '../small-server';

const SPEED = 100;

/** Starts a load balancer on a sped-up clock; both are stopped with the test. */
export async function startBalancer(options: Partial<LoadBalancerOptions> = {}): Promise<LoadBalancer> {
  const clock = new SpedUpClock(SPEED);
  const balancer = await LoadBalancer.start({
    clock,
    healthCheck: { path: HEALTH_PATH, intervalSeconds: 5, timeoutSeconds: 2, healthyThresholdCount: 2, unhealthyThresholdCount: 2 },
    initialHealthChecks: 1,
    port: 0,
    ...options,
  });
  onTestFinished(async () => {
    await balancer.stop();
    clock.stop();
  });
  return balancer;
}

/** Registers servers and waits until each of them has the given state. */
export async function registered(
  balancer: LoadBalancer,
  servers: readonly { readonly port: number }[],
  state: Target['state'] = 'healthy',
): Promise<Target[]> {
  const targets = servers.map(({ port }) => balancer.register(port));
  await eventually(() => targets.map((target) => target.state)).toEqual(targets.map(() => state));
  return targets;
}

/** Sends a number of requests one after the other, and returns the status codes. */
export async function send(url: string, times = 1, options: RequestInit = {}): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const response = await fetch(url, options);
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  return statuses;
}
