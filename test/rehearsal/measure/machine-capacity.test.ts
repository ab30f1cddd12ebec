import { expect, test } from 'vitest';
import { machineRequestsPerSecond } from '../../../rehearsal/measure/machine-capacity';
import { limitAt, QUIET_MACHINE } from '../../cli/output/measured-limit';

test('every request needs CPU of the command and of a task; a fifth of the machine is left free', () => {
  // 1000 requests per second: 0.4 vCPU of the command, 0.25 of the task; nothing else ran.
  const limit = limitAt(1000, 1, { machine: { busyShare: 0.65 / 4, loadBalancerShare: 0.1, loadGeneratorShare: 0.1 } });
  expect(machineRequestsPerSecond(limit, 1, 0.000_25)).toBeCloseTo((0.8 * 4) / 0.000_65);
});

test('what other programs use is not available', () => {
  // 1.2 cores are in use, 0.65 of them by this command and the task.
  const limit = limitAt(1000, 1, { machine: { ...QUIET_MACHINE, loadBalancerShare: 0.1, loadGeneratorShare: 0.1 } });
  expect(machineRequestsPerSecond(limit, 1, 0.000_25)).toBeCloseTo((0.8 * (4 - 0.55)) / 0.000_65);
});

test('a thread cannot do more than its core', () => {
  const limit = limitAt(1000, 1, { machine: { loadBalancerShare: 0.5 } });
  expect(machineRequestsPerSecond(limit, 3, 0.000_25)).toBeCloseTo((0.8 * 3000) / 0.5);
});
