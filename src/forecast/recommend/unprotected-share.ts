import { AWS_DEFAULTS } from '../../plan/default-plan';
import { vcpuOf } from '../../plan/task-size';
import type { Outcome } from '../../scenario/outcome';
import type { Scenario } from '../../scenario/scenario';
import { type Arrival, Arrivals } from '../../scenario/traffic';
import { taskServerOf } from '../task-server-of-workload';
import { lostTasks, type Objective } from './objective';

/** The share of the time in which, after the loss that is to be survived, too few tasks would be left for what arrives. */
export function unprotectedShare(scenario: Scenario, outcome: Pick<Outcome, 'timeline'>, objective: Objective): number {
  const arrivals = new Arrivals(scenario.traffic);
  const { capacityPerSecond } = taskServerOf(scenario.workload, vcpuOf(scenario.plan.task));
  let seconds = 0;
  let unprotected = 0;
  for (const { atSeconds, healthyCount } of outcome.timeline) {
    const lost = lostTasks(objective, healthyCount, scenario.plan.zoneCount);
    const left = Math.max(0, healthyCount - lost) * capacityPerSecond;
    if (lost > 0 && !isAnswered(arrivals.at(atSeconds), left, scenario.traffic.clientLimitRequestsPerSecond)) {
      unprotected += atSeconds - seconds;
    }
    seconds = atSeconds;
  }
  return seconds > 0 ? unprotected / seconds : 0;
}

/** Users wait for their answers, so that fewer tasks make them slower; an open load that is too much fails. */
function isAnswered(arrival: Arrival, capacityPerSecond: number, limitPerSecond = Number.POSITIVE_INFINITY): boolean {
  if (arrival.value === 0) return true;
  if (arrival.kind === 'rps') return Math.min(arrival.value, limitPerSecond) <= capacityPerSecond;
  return arrival.value <= capacityPerSecond * (AWS_DEFAULTS.idleTimeoutSeconds + arrival.thinkSeconds);
}
