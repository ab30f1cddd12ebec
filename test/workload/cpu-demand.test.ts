import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costFactor, neededVcpuAt, requestsPerSecondAtCpu } from '../../src/workload/cpu-demand';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../src/workload/workload-parameters';

const TASK = { cpu: 256, memoryMiB: 512 };
const VCPU = 0.25;

/** A program like uvicorn that says hello: measured on a quarter of a core. */
const HELLO: Workload = { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.000_04, cpuSecondsPerWakeUp: 0.000_09, idleVcpu: 0.002 };

test.each([
  ['a request that finds the task waiting costs the wake-up too', 0, 3.25],
  ['at half of the highest rate a request costs half as much again', 0.5, 3.25 / (1 + 0.5 * 2.25)],
  ['at the highest rate a request costs no wake-up', 1, 1],
])('%s', (_, utilization, factor) => {
  expect(costFactor(HELLO, utilization)).toBeCloseTo(factor, 12);
});

test('without wake-ups each request costs the same', () => {
  expect(costFactor(MEASURED_SEARCH_WORKLOAD, 0)).toBe(1);
  expect(costFactor(MEASURED_SEARCH_WORKLOAD, 0.7)).toBe(1);
});

test('a request costs its CPU time, and a wake-up for the share of the time in which the task waits', () => {
  const requestsPerSecond = 2000;
  const used = neededVcpuAt(requestsPerSecond, HELLO, VCPU) - HELLO.idleVcpu;
  const waitingShare = 1 - used / (VCPU - HELLO.idleVcpu);
  expect(used / requestsPerSecond).toBeCloseTo(HELLO.cpuSecondsPerRequest + waitingShare * HELLO.cpuSecondsPerWakeUp, 12);
});

const workloads = fc
  .record({
    cpuSecondsPerRequest: fc.double({ min: 0.000_001, max: 0.05, noNaN: true }),
    wakeUpRatio: fc.double({ min: 0, max: 10, noNaN: true }),
    idleVcpu: fc.double({ min: 0, max: 0.2, noNaN: true }),
  })
  .map(({ cpuSecondsPerRequest, wakeUpRatio, idleVcpu }): Workload => {
    const cpuSecondsPerWakeUp = wakeUpRatio * cpuSecondsPerRequest;
    return { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest, cpuSecondsPerWakeUp, idleVcpu };
  });

test('the rate at a CPU percentage needs that percentage', () => {
  fc.assert(
    fc.property(workloads, fc.double({ min: 81, max: 100, noNaN: true }), (workload, cpuPercent) => {
      const rate = requestsPerSecondAtCpu(TASK, workload, cpuPercent);
      expect(neededVcpuAt(rate, workload, VCPU)).toBeCloseTo((cpuPercent / 100) * VCPU, 9);
    }),
  );
});

test('more requests need more CPU, and the highest rate is that without wake-ups', () => {
  const shares = fc.double({ min: 0, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(workloads, shares, (workload, share) => {
      const highest = (VCPU - workload.idleVcpu) / workload.cpuSecondsPerRequest;
      expect(neededVcpuAt(highest, workload, VCPU)).toBeCloseTo(VCPU, 9);
      expect(neededVcpuAt(share * highest, workload, VCPU)).toBeLessThan(neededVcpuAt((share + 0.01) * highest, workload, VCPU));
    }),
  );
});
