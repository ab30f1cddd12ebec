import type { Plan } from '../../src/plan/service-plan';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { MEASURED_SEARCH_WORKLOAD } from '../../src/workload/workload-parameters';

/** The seed of delays: that of a forecast and a rehearsal by default, so that they can be compared. */
const SEED = 1;

/** The scenario of a live service. It has no end and no traffic of its own, and its plan changes with the resources. */
export class LiveScenario implements Scenario {
  public readonly behavior = AWS_BEHAVIOR;
  public readonly workload = MEASURED_SEARCH_WORKLOAD;
  public readonly traffic = { phases: [] };
  public readonly seed = SEED;

  /** @param plan the plan from now on; it may be replaced at any time. */
  public constructor(public plan: Plan) {}
}

/** A plan that begins without a task: a live service launches its tasks as ECS does, after it was created. */
export function withoutTasks(plan: Plan): Plan {
  return { ...plan, policy: { ...plan.policy, minCapacity: 0 } };
}
