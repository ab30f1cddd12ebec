import { expect, test } from 'vitest';
import { LiveTasks } from '../../cli/live-tasks';
import { parseFault } from '../../src/scenario/parse-fault';
import { eventually } from './rehearsal/eventually';
import { fleetOf, HEALTHY, scenarioOf, server } from './rehearsal/fleet/fleet-of';

test('tasks are shown with what they use and answer, and as what has become of them', async () => {
  const { fleet, balancer } = await fleetOf(server(HEALTHY), 1);
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
  void fetch(balancer.url).catch(() => {});
  await eventually(() => shown()).toMatchObject({ waitingRequests: 1, longestWaitSeconds: expect.any(Number) });
  fleet.setDesiredCount(2);
  expect(tasks.of(fleet).map(({ state }) => state)).toEqual(['frozen', 'launching']);
});
