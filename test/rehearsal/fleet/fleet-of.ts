import { onTestFinished } from 'vitest';
import { localFleet } from '../../../rehearsal/fleet/local-fleet';
import { LoadBalancer } from '../../../rehearsal/load-balancer/local-load-balancer';
import { ProcessRuntime } from '../../../rehearsal/task-runtime/process/process-runtime';
import { EventLog } from '../../../src/ecs/event-log';
import { parseFault } from '../../../src/faults/fault-grammar';
import type { Plan } from '../../../src/plan/service-plan';
import type { Scenario } from '../../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { SpedUpClock } from '../../../src/time/sped-up-clock';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../../search-plan';

export const SPEED = 60;
/** The response of a healthy server. */
export const HEALTHY = 'answer.writeHead(200).end()';

/** The program of a server that handles each request with this code. */
export function server(answer: string): string {
  return `const startedAt = Date.now(); require('http').createServer((request, answer) => ${answer}).listen(process.env.PORT)`;
}

/** The plan of a small service, with changes. */
export function scenarioOf(minCapacity: number, changes: Partial<Plan> = {}): Scenario {
  const plan: Plan = {
    ...searchPlan(minCapacity, 4, [cpuTarget(60)]),
    task: { cpu: 1024, memoryMiB: 512 },
    deregistrationDelaySeconds: 10,
    deployment: { minHealthyPercent: 100, maxHealthyPercent: 200, hasCircuitBreaker: true, healthCheckGracePeriodSeconds: 0 },
    ...changes,
  };
  return { plan, workload: MEASURED_SEARCH_WORKLOAD, traffic: parseTraffic('users 1 for 1m'), behavior: AWS_BEHAVIOR, seed: 1 };
}

/** A fleet of servers at 60 times the speed, stopped at the end of the test. */
export async function fleetOf(script: string, minCapacity = 2, changes: Partial<Plan> = {}) {
  const scenario = scenarioOf(minCapacity, changes);
  const clock = new SpedUpClock(SPEED);
  const balancer = await LoadBalancer.start({ clock, healthCheck: scenario.plan.healthCheck, initialHealthChecks: 1, port: 0 });
  const failures: Error[] = [];
  const events: string[] = [];
  const command = { program: process.execPath, arguments: ['-e', script], workingDirectory: __dirname, environment: {} };
  const runtime = await ProcessRuntime.start(command, scenario.plan.task);
  const log = new EventLog(clock, ({ description }) => events.push(description));
  const fleet = localFleet(scenario, { clock, runtime, balancer, onFailure: (failure) => failures.push(failure) }, log);
  const stop = async (): Promise<void> => {
    fleet.stop();
    clock.stop();
    await balancer.stop();
    await runtime.stop();
  };
  onTestFinished(stop);
  return { fleet, balancer, failures, events, stop, inject: (words: string) => fleet.inject(parseFault(words)) };
}
