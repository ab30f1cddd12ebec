import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../../cli/input/reference-service';
import { withLatencyModel } from '../../cli/input/rehearsal-scenario';
import { measureWorkload, QUICK_SCHEDULE } from '../../rehearsal/measure/measure-workload';
import { type RehearsalObserver, type RehearsalOutcome, rehearse } from '../../rehearsal/rehearsal';
import { ProcessRuntime } from '../../rehearsal/task-runtime/process/process-runtime';
import type { TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import { parseFault } from '../../src/faults/fault-grammar';
import type { Plan } from '../../src/plan/service-plan';
import { vcpuOf } from '../../src/plan/task-size';
import { atSpeed } from '../../src/run/at-speed';
import type { Outcome } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { forecast } from '../../src/simulation/forecast';
import { historyOf } from '../../src/simulation/history';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import type { Workload } from '../../src/workload/workload-parameters';
import { cpuTarget, searchPlan } from '../../test/search-plan';

/** A request that reads so many products costs about the CPU of the published service: 0.12 ms. */
const SAMPLE_SIZE = 500;

const COMMAND = {
  program: process.execPath,
  arguments: ['dist/server.mjs'],
  workingDirectory: join(PACKAGE_FOLDER, 'service-image'),
  environment: {
    SAMPLE_SIZE: String(SAMPLE_SIZE),
    LOG_LEVEL: 'warn',
    DRAIN_SECONDS: '5',
    NODE_OPTIONS: process.env.TASK_NODE_OPTIONS ?? '',
    // without compiling, a busy task is late for so long that it would refuse requests.
    ...(process.env.TASK_NODE_OPTIONS === undefined ? {} : { MAX_EVENT_LOOP_DELAY_MS: '60000' }),
  },
};

const PATHS = ['electronics', 'books', 'home', 'alpha', 'no such product'].map((term) => `/products/search?q=${encodeURIComponent(term)}`);

/** The service of the published load test: tasks of 0.25 vCPU, 70 % CPU, 2 to 4 tasks. */
export const PLAN: Plan = searchPlan(2, 4, [cpuTarget(70)]);

/** One use of the published service, measured or possible. */
export interface BenchCase {
  readonly name: string;
  readonly traffic: string;
  readonly faults?: readonly string[];
  /** Changes of the published plan. */
  readonly plan?: Partial<Plan>;
  readonly behavior?: Partial<Scenario['behavior']>;
  readonly speed?: number;
}

/** The runtime of the tasks of the search service. */
export function startRuntime(): Promise<TaskRuntime> {
  return ProcessRuntime.start(COMMAND, PLAN.task);
}

const DEFAULT_SPEED = 20;

/** The speed of the machine varies: each load is repeated some seconds later. */
const LEVELS = [0.03, 0.1, 0.25, 0.4, 0.6, 0.03, 0.25, 0.4, 0.6, 0.1, 0.4, 0.25, 0.6].map((shareOfMaxThroughput) => ({
  shareOfMaxThroughput,
  minSeconds: 3,
}));

/** Measures the search service, with more loads than `measure` uses. */
export async function measured(runtime: TaskRuntime, speed = DEFAULT_SPEED): Promise<Workload> {
  return withLatencyModel(
    await measureWorkload({
      plan: PLAN,
      paths: PATHS,
      runtime,
      taskCount: PLAN.policy.minCapacity,
      schedule: { ...QUICK_SCHEDULE, levels: LEVELS },
      speed,
    }),
    vcpuOf(PLAN.task),
  );
}

/** Rehearses a case, and forecasts it with the measured workload. */
export async function tell(
  benchCase: BenchCase,
  workload: Workload,
  runtime: TaskRuntime,
  observer: RehearsalObserver = {},
): Promise<{ readonly foreseen: Outcome; readonly outcome: RehearsalOutcome }> {
  const outcome = await inject(benchCase, workload, runtime, observer);
  return { foreseen: foresee(benchCase, workload), outcome };
}

/** Rehearses a case. */
export function inject(
  benchCase: BenchCase,
  workload: Workload,
  runtime: TaskRuntime,
  observer: RehearsalObserver = {},
): Promise<RehearsalOutcome> {
  const interrupted = new Promise<never>(() => {});
  const scenario = scenarioOf(benchCase, workload);
  const historyPerSecond = historyOf(scenario);
  return rehearse({ scenario, paths: PATHS, speed: speedOf(benchCase), historyPerSecond, port: 0, runtime, interrupted }, observer);
}

/** Forecasts a case at its speed. */
export function foresee(benchCase: BenchCase, workload: Workload): Outcome {
  return forecast(atSpeed(scenarioOf(benchCase, workload), speedOf(benchCase)));
}

function speedOf({ speed = DEFAULT_SPEED }: BenchCase): number {
  return speed;
}

/** The scenario of a case. */
export function scenarioOf(benchCase: BenchCase, workload: Workload): Scenario {
  return {
    plan: { ...PLAN, ...benchCase.plan },
    workload,
    traffic: parseTraffic(benchCase.traffic),
    faults: (benchCase.faults ?? []).map(parseFault),
    behavior: { ...AWS_BEHAVIOR, ...benchCase.behavior },
    seed: 1,
  };
}
