import type { Scenario } from './scenario';

/**
 * The scenario at the speed of a rehearsal or an emulation. Starting and stopping a process cannot be sped up, so at a higher speed both take more
 * seconds of the scenario. A task is registered once it listens, and checked at once.
 */
export function atSpeed<AnyScenario extends Omit<Scenario, 'traffic'>>(scenario: AnyScenario, speed: number): AnyScenario {
  const { plan, workload, behavior } = scenario;
  return {
    ...scenario,
    registersOnceListening: true,
    behavior: { ...behavior, firstHealthCheckShare: { min: 0, max: 0 } },
    plan: { ...plan, container: { ...plan.container, stopTimeoutSeconds: plan.container.stopTimeoutSeconds * speed } },
    workload: { ...workload, startUpSeconds: workload.startUpSeconds * speed, stopSeconds: workload.stopSeconds * speed },
  };
}
