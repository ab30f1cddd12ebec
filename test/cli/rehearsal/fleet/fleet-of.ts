import { onTestFinished } from 'vitest';
import { RehearsedFleet } from '../../../../cli/rehearsal/fleet/rehearsed-fleet';
import { LoadBalancer } from '../../../../cli/rehearsal/load-balancer/load-balancer';
import { ProcessRuntime } from '../../../../cli/rehearsal/tasks/process-runtime';
import type { Plan } from '../../../../src/plan/plan';
import { AWS_BEHAVIOR } from '../../../../src/scaling/aws-behavior';
import { parseFault } from '../../../../src/scenario/parse-fault';
import { parseTraffic } from '../../../../src/scenario/parse-traffic';
import type { Scenario } from '../../../../src/scenario/scenario';
import { MEASURED_SEARCH_WORKLOAD } from '../../../../src/scenario/workload';
import { WallTime } from '../../../../src/time/wall-time';
import { cpuTarget, searchPlan } from '../../../search-plan';

export const SPEED = 60;
/** The answer of a server that is well. */
export const HEALTHY = 'answer.writeHead(200).end()';

/** A server in one line that answers each request with the given words of code. */
export function server(answer: string): string {
  return `const startedAt = Date.now(); require('http').createServer((request, answer) => ${answer}).listen(process.env.PORT)`;
}

/** The plan of a small service, with changes. */
export function scenarioOf(minCapacity: number, changes: Partial<Plan> = {}): Scenario {
  const plan: Plan = {
    ...searchPlan(minCapacity, 4, [cpuTarget(60)]),
    task: { cpu: 1024, memoryMiB: 512 },
    deregistrationDelaySeconds: 10,
    deployment: { minimumHealthyPercent: 100, maximumPercent: 200, hasCircuitBreaker: true, healthCheckGracePeriodSeconds: 0 },
    ...changes,
  };
  return { plan, workload: MEASURED_SEARCH_WORKLOAD, traffic: parseTraffic('users 1 for 1m'), behavior: AWS_BEHAVIOR, seed: 1 };
}

/** A fleet of servers on a clock that runs sixty times as fast, ended with its test. */
export async function fleetOf(script: string, minCapacity = 2, changes: Partial<Plan> = {}) {
  const scenario = scenarioOf(minCapacity, changes);
  const time = new WallTime(SPEED);
  const balancer = await LoadBalancer.start({ time, healthCheck: scenario.plan.healthCheck, initialHealthChecks: 1, port: 0 });
  const failures: Error[] = [];
  const events: string[] = [];
  const command = { program: process.execPath, arguments: ['-e', script], workingDirectory: __dirname, environment: {} };
  const runtime = await ProcessRuntime.start(command, scenario.plan.task);
  const fleet = new RehearsedFleet({
    time,
    scenario,
    runtime,
    balancer,
    onFailure: (failure) => failures.push(failure),
    onEvent: (_, description) => events.push(description),
  });
  const stop = async (): Promise<void> => {
    fleet.stop();
    time.stop();
    await balancer.stop();
    await runtime.stop();
  };
  onTestFinished(stop);
  return { fleet, balancer, failures, events, stop, befall: (words: string) => fleet.befall(parseFault(words)) };
}
