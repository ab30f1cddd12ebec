import { join } from 'node:path';
import { withLatencyModel } from '../../cli/latency-model';
import { measureWorkload } from '../../cli/rehearsal/measure-workload';
import { type RehearsalObserver, type RehearsalOutcome, rehearse } from '../../cli/rehearsal/rehearsal';
import { ProcessRuntime } from '../../cli/rehearsal/tasks/process-runtime';
import type { TaskRuntime } from '../../cli/rehearsal/tasks/task-runtime';
import { atSpeed } from '../../cli/rehearsal-scenario';
import { forecast } from '../../src/forecast/forecast';
import type { Plan } from '../../src/plan/plan';
import { vcpuOf } from '../../src/plan/task-size';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import type { Outcome } from '../../src/scenario/outcome';
import { parseFault } from '../../src/scenario/parse-fault';
import { parseTraffic } from '../../src/scenario/parse-traffic';
import type { Scenario } from '../../src/scenario/scenario';
import type { Workload } from '../../src/scenario/workload';
import { cpuTarget, searchPlan } from '../../test/search-plan';

/** A request that looks at so many products costs about the CPU of the published service: 0.12 ms. */
const SAMPLE_SIZE = 500;

const COMMAND = {
  program: process.execPath,
  arguments: ['dist/server.mjs'],
  workingDirectory: join(__dirname, '..', '..', 'service-image'),
  environment: {
    SAMPLE_SIZE: String(SAMPLE_SIZE),
    LOG_LEVEL: 'warn',
    DRAIN_SECONDS: '5',
    NODE_OPTIONS: process.env.TASK_NODE_OPTIONS ?? '',
  },
};

const PATHS = ['electronics', 'books', 'home', 'alpha', 'no such product'].map((term) => `/products/search?q=${encodeURIComponent(term)}`);

/** The service of the published load test: tasks of 0.25 vCPU, 70 % CPU, 2 to 4 tasks. */
export const PLAN: Plan = searchPlan(2, 4, [cpuTarget(70)]);

/** A way the published service was, or might be, used. */
export interface Story {
  readonly name: string;
  readonly traffic: string;
  readonly faults?: readonly string[];
  /** What is different from the published plan. */
  readonly plan?: Partial<Plan>;
  readonly behavior?: Partial<Scenario['behavior']>;
  readonly speed?: number;
}

/** What runs the tasks of the search service. */
export function startRuntime(): Promise<TaskRuntime> {
  return ProcessRuntime.start(COMMAND, PLAN.task);
}

const DEFAULT_SPEED = 20;

/** The machine is faster at one moment than at another: each load comes back some seconds later. */
const LEVELS = [0.03, 0.1, 0.25, 0.4, 0.6, 0.03, 0.25, 0.4, 0.6, 0.1, 0.4, 0.25, 0.6].map((share) => ({ share, seconds: 3 }));

/** Measures the search service, carefully. */
export async function measured(runtime: TaskRuntime, speed = DEFAULT_SPEED): Promise<Workload> {
  return withLatencyModel(
    await measureWorkload({ plan: PLAN, paths: PATHS, runtime, taskCount: PLAN.policy.minCapacity, levels: LEVELS, speed }),
    vcpuOf(PLAN.task),
  );
}

/** Lets a story happen, and forecasts it with the measured workload. */
export async function tell(
  story: Story,
  workload: Workload,
  runtime: TaskRuntime,
  observer: RehearsalObserver = {},
): Promise<{ readonly foreseen: Outcome; readonly outcome: RehearsalOutcome }> {
  const outcome = await happen(story, workload, runtime, observer);
  return { foreseen: foresee(story, workload), outcome };
}

/** Lets a story happen. */
export function happen(
  story: Story,
  workload: Workload,
  runtime: TaskRuntime,
  observer: RehearsalObserver = {},
): Promise<RehearsalOutcome> {
  const interrupted = new Promise<never>(() => {});
  return rehearse({ scenario: scenarioOf(story, workload), paths: PATHS, speed: speedOf(story), port: 0, runtime, interrupted }, observer);
}

/** Forecasts what happens at the speed of the story. */
export function foresee(story: Story, workload: Workload): Outcome {
  return forecast(atSpeed(scenarioOf(story, workload), speedOf(story)));
}

function speedOf({ speed = DEFAULT_SPEED }: Story): number {
  return speed;
}

/** The scenario of a story. */
export function scenarioOf(story: Story, workload: Workload): Scenario {
  return {
    plan: { ...PLAN, ...story.plan },
    workload,
    traffic: parseTraffic(story.traffic),
    faults: (story.faults ?? []).map(parseFault),
    behavior: { ...AWS_BEHAVIOR, ...story.behavior },
    seed: 1,
  };
}
