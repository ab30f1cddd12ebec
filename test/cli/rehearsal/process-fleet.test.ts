import { describe, expect, onTestFinished, test } from 'vitest';
import { LoadBalancer } from '../../../cli/rehearsal/load-balancer/load-balancer';
import { ProcessFleet } from '../../../cli/rehearsal/process-fleet';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { parseTraffic } from '../../../src/scenario/parse-traffic';
import type { Scenario } from '../../../src/scenario/scenario';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/scenario/workload';
import { WallTime } from '../../../src/time/wall-time';
import { cpuTarget, searchPlan } from '../../search-plan';
import { eventually } from './eventually';
import { processRuntimeOf } from './process-runtime-of';

const HEALTHY = 'answer.writeHead(200).end()';

/** A server in one line that answers each request with the given words of code. */
function server(answer: string): string {
  return `const startedAt = Date.now(); require('http').createServer((request, answer) => ${answer}).listen(process.env.PORT)`;
}

function scenario(): Scenario {
  const plan = { ...searchPlan(2, 4, [cpuTarget(60)]), task: { cpu: 1024, memoryMiB: 2048 }, deregistrationDelaySeconds: 10 };
  return { plan, workload: MEASURED_SEARCH_WORKLOAD, traffic: parseTraffic('users 1 for 1m'), behavior: AWS_BEHAVIOR, seed: 1 };
}

/** A fleet of servers on a clock that runs sixty times as fast, ended with its test. */
async function fleetOf(script: string) {
  const time = new WallTime(60);
  const { healthCheck } = scenario().plan;
  const balancer = await LoadBalancer.start({ time, healthCheck, initialHealthChecks: 1, port: 0 });
  const failures: Error[] = [];
  const command = { program: process.execPath, arguments: ['-e', script], workingDirectory: __dirname, environment: {} };
  const runtime = await processRuntimeOf(command);
  const fleet = new ProcessFleet({
    time,
    scenario: scenario(),
    runtime,
    balancer,
    onFailure: (failure) => failures.push(failure),
  });
  const stop = async (): Promise<void> => {
    fleet.stop();
    time.stop();
    await balancer.stop();
    await runtime.stop();
  };
  onTestFinished(stop);
  return { fleet, balancer, failures, stop };
}

describe('a fleet of processes', () => {
  test('begins with healthy tasks, grows and shrinks', async () => {
    const { fleet } = await fleetOf(server(HEALTHY));
    await fleet.begin(2);
    expect(fleet).toMatchObject({ healthyCount: 2, runningCount: 2, isSteady: true });
    fleet.setDesiredCount(3);
    expect(fleet.isSteady).toBe(false);
    await eventually(() => [fleet.healthyCount, fleet.isSteady]).toEqual([3, true]);
    fleet.setDesiredCount(2);
    expect(fleet.runningCount).toBe(2);
    await eventually(() => [fleet.healthyCount, fleet.isSteady]).toEqual([2, true]);
    expect(fleet.counters.cpuCapacitySeconds).toBeGreaterThan(0);
  });

  test('lets go of tasks that are still being provisioned without starting them', async () => {
    const { fleet } = await fleetOf(server(HEALTHY));
    await fleet.begin(1);
    fleet.setDesiredCount(4);
    fleet.setDesiredCount(1);
    await eventually(() => fleet.isSteady).toBe(true);
    expect(fleet.runningCount).toBe(1);
  });

  test('replaces a task that ends', async () => {
    const { fleet, balancer } = await fleetOf(server(`request.url === '/end' ? process.exit(1) : ${HEALTHY}`));
    await fleet.begin(2);
    await fetch(`${balancer.url}/end`);
    await eventually(() => fleet.runningCount).toBe(1);
    await eventually(() => [fleet.healthyCount, fleet.isSteady]).toEqual([2, true]);
  });

  test('waits for a task that is not healthy at first', async () => {
    const { fleet } = await fleetOf(server(`answer.writeHead(Date.now() - startedAt > 1500 ? 200 : 503).end()`));
    await fleet.begin(1);
    expect(fleet.healthyCount).toBe(1);
  });

  test('gives up when one task after the other ends before it is healthy', async () => {
    const { fleet, failures } = await fleetOf('process.exit(3)');
    fleet.setDesiredCount(1);
    await eventually(() => failures.length).toBe(1);
    expect(failures[0]!.message).toContain('got a process that ended with exit code 3');
  });

  test('replaces nothing after it was stopped', async () => {
    const { fleet, stop, failures } = await fleetOf(server(HEALTHY));
    await fleet.begin(2);
    fleet.setDesiredCount(3);
    await stop();
    fleet.setDesiredCount(4);
    expect(fleet.runningCount).toBe(2);
    expect(failures).toEqual([]);
  });
});

test('a target that is registered after its load balancer was stopped is not brought back to life', async () => {
  const time = new WallTime(60);
  const { healthCheck } = scenario().plan;
  const balancer = await LoadBalancer.start({ time, healthCheck, initialHealthChecks: 1, port: 0 });
  await balancer.stop();
  const target = balancer.register(1);
  await eventually(() => target.state).toBe('unused');
  time.stop();
});
