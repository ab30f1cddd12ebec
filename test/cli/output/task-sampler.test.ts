import { expect, test } from 'vitest';
import { TaskSampler } from '../../../cli/output/task-sampler';
import { parseFault } from '../../../src/faults/fault-grammar';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { eventually } from '../../rehearsal/eventually';
import { fleetOf, HEALTHY, scenarioOf, server } from '../../rehearsal/fleet/fleet-of';
import { descendantsOf, processState } from '../../rehearsal/task-runtime/process-state';

test('tasks are shown with what they use and answer, and as what has become of them', async () => {
  // health checks so far apart that the paused task is not replaced meanwhile.
  const healthCheck = { ...scenarioOf(1).plan.healthCheck, intervalSeconds: 300 };
  const { fleet, balancer } = await fleetOf(server(HEALTHY), 1, { healthCheck });
  await fleet.tasks.waitUntilAllHealthy();
  const tasks = new TaskSampler(scenarioOf(1).plan.task, AWS_BEHAVIOR);
  const shown = () => {
    tasks.sample(fleet);
    return tasks.tasksOf(fleet)[0]!;
  };
  shown();
  for (let count = 0; count < 5; count++) await (await fetch(balancer.url)).text();
  expect(shown()).toMatchObject({ id: '1', state: 'healthy', zone: 'a', revision: '1' });
  for (const name of ['servedRequestsPerSecond', 'cpuPercent', 'memoryPercent'] as const)
    await eventually(() => shown()[name]).toBeGreaterThanOrEqual(0);
  fleet.inject(parseFault('pause 1 at 0s for 20m'));
  expect(shown()).toMatchObject({ state: 'paused', waitingRequests: 0, activeFaults: ['pause-task'] });
  // the process is paused a moment after the command; before that it would respond.
  await eventually(() => descendantsOf(process.pid).map(processState)).toContain('T');
  void fetch(balancer.url).catch(() => {});
  await eventually(() => shown()).toMatchObject({ waitingRequests: 1, longestWaitSeconds: expect.any(Number) });
  fleet.setDesiredCount(2);
  expect(tasks.tasksOf(fleet).map(({ state }) => state)).toEqual(['paused', 'launching']);
});
