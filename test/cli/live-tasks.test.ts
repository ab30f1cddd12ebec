import { expect, test } from 'vitest';
import { LiveTasks } from '../../cli/live-tasks';
import { parseFault } from '../../src/scenario/parse-fault';
import { eventually } from './rehearsal/eventually';
import { fleetOf, HEALTHY, scenarioOf, server } from './rehearsal/fleet/fleet-of';
import { descendantsOf, processState } from './rehearsal/tasks/process-state';

test('tasks are shown with what they use and answer, and as what has become of them', async () => {
  // health checks so far apart that the frozen task is not replaced meanwhile.
  const healthCheck = { ...scenarioOf(1).plan.healthCheck, intervalSeconds: 300 };
  const { fleet, balancer } = await fleetOf(server(HEALTHY), 1, { healthCheck });
  await fleet.begin();
  const tasks = new LiveTasks(scenarioOf(1).plan.task);
  const shown = () => {
    tasks.read(fleet);
    return tasks.of(fleet)[0]!;
  };
  shown();
  for (let count = 0; count < 5; count++) await (await fetch(balancer.url)).text();
  expect(shown()).toMatchObject({ id: '1', state: 'healthy', zone: 'a', revision: '1' });
  for (const name of ['requestsPerSecond', 'cpuPercent', 'memoryPercent'] as const)
    await eventually(() => shown()[name]).toBeGreaterThanOrEqual(0);
  fleet.befall(parseFault('freeze 1 at 0s for 20m'));
  expect(shown()).toMatchObject({ state: 'frozen', waitingRequests: 0, befallenBy: ['freeze-task'] });
  // the process stands still a moment after it was told to; before that it would answer.
  await eventually(() => descendantsOf(process.pid).map(processState)).toContain('T');
  void fetch(balancer.url).catch(() => {});
  await eventually(() => shown()).toMatchObject({ waitingRequests: 1, longestWaitSeconds: expect.any(Number) });
  fleet.setDesiredCount(2);
  expect(tasks.of(fleet).map(({ state }) => state)).toEqual(['frozen', 'launching']);
});
