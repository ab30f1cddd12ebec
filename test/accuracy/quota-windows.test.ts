import { expect, test } from 'vitest';
import { quotaWindows } from '../../src/forecast/quota-windows';
import { Chance } from '../../src/scenario/chance';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/scenario/workload';

const VCPU = 0.25;
const WINDOW_SECONDS = 0.1;

/**
 * Mean latency of a task that answers one request after the other at full speed and is stopped when a window's quota is
 * used up, request by request: Poisson arrivals, and the same CPU for each.
 */
function simulated(cpuSeconds: number, utilization: number, requests: number): number {
  const chance = new Chance(7);
  const ratePerSecond = (utilization * VCPU) / cpuSeconds;
  let arrivedSeconds = 0;
  let clockSeconds = 0;
  let usedSeconds = 0;
  let window = 0;
  let latencies = 0;
  for (let request = 0; request < requests; request++) {
    arrivedSeconds += -Math.log(1 - chance.unit()) / ratePerSecond;
    clockSeconds = Math.max(clockSeconds, arrivedSeconds);
    for (let left = cpuSeconds; left > 1e-12; ) {
      const current = Math.floor(clockSeconds / WINDOW_SECONDS + 1e-9);
      if (current !== window) usedSeconds = 0;
      window = current;
      const step = Math.min(left, VCPU * WINDOW_SECONDS - usedSeconds, (window + 1) * WINDOW_SECONDS - clockSeconds);
      if (step <= 1e-12) clockSeconds = (window + 1) * WINDOW_SECONDS;
      else {
        clockSeconds += step;
        usedSeconds += step;
        left -= step;
      }
    }
    latencies += clockSeconds - arrivedSeconds;
  }
  return latencies / requests;
}

test.each([
  [0.001, 0.3],
  [0.001, 0.7],
  [0.001, 0.9],
  [0.003, 0.5],
  [0.003, 0.8],
  [0.0002, 0.95],
])('%d s of CPU at %d of the quota: the mean latency is within a fifth of a simulation, request by request', (cpuSeconds, utilization) => {
  const workload = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: cpuSeconds, fixedCores: 0, baseLatencySeconds: 0 };
  const service = quotaWindows(workload, VCPU);
  const mean = service.latencyAt(utilization * service.capacityPerSecond).mean;
  const exact = simulated(cpuSeconds, utilization, 200_000);
  expect(Math.abs(mean / exact - 1)).toBeLessThan(0.2);
});
