import { type LocalFleet, localFleet } from '../../rehearsal/fleet/local-fleet';
import type { LocalTasksParts, TaskProgram } from '../../rehearsal/fleet/local-tasks';
import type { LoadBalancer } from '../../rehearsal/load-balancer/local-load-balancer';
import { EventLog } from '../../src/ecs/event-log';
import type { OutcomeEvent } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { type DeployedService, hookInvocationOf } from './described-service-deployment';
import type { LiveServiceParts } from './live-service-parts';
import type { ServiceEvents } from './service-events';
import { targetGroupArnOf } from './service-records';

/** A start of a task that takes longer on the wall clock has failed. */
const MAX_START_SECONDS = 30;

/** The parts of a live service that its fleet works with. */
interface ServiceOfFleet extends DeployedService {
  readonly balancer: LoadBalancer;
  readonly events: ServiceEvents;
}

/** What the fleet of a live service needs. */
export interface LiveFleetParts extends Pick<LiveServiceParts, 'clock' | 'invokeHook'> {
  readonly scenario: Scenario;
  /** The programs of the revisions; the first one exists. */
  readonly programs: readonly TaskProgram[];
  readonly onEvent: (event: OutcomeEvent) => void;
  /** Called with what a task has written. */
  readonly onOutput: (taskNumber: number, text: string) => void;
}

/** Creates the fleet of a live service, without a task. */
export function createLiveFleet(
  live: ServiceOfFleet,
  { clock, invokeHook, scenario, programs, onEvent, onOutput }: LiveFleetParts,
): LocalFleet {
  const { balancer, deployments, traffic } = live;
  const local: LocalTasksParts = {
    clock,
    balancer,
    runtime: programs[0]!.runtime,
    programOf: (revision) => programs[revision] ?? programs.at(-1)!,
    onFailure: ({ message }) => live.events.add(`was unable to start a task: ${message}`),
    maxStartSeconds: MAX_START_SECONDS,
    isLoadBalanced: targetGroupArnOf(live.record) !== undefined,
    targetGroupOf: (revision) => traffic.partOf(revision),
    onOutput,
  };
  return localFleet(scenario, local, new EventLog(clock, onEvent), {
    onStage: (stage) => {
      deployments.handleStage(stage);
      traffic.handleStage(stage);
    },
    onHook: (index, stage, status) => deployments.handleHook(index, stage, status),
    invokeHook: (index, stage) => invokeHook(hookInvocationOf(live, index, stage)),
  });
}
