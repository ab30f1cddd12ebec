// Failed requests while 120 users search and tasks start and stop, compared with a forecast of the load balancer of AWS. About five minutes.
// Run: npm run bundle && npx tsx bench/rehearsal/nothing-lost.ts [name of a scenario]
import type { RunningRehearsal } from '../../rehearsal/rehearsal';
import type { TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import { scalingPolicy } from '../../src/plan/policy';
import { workloadLines } from '../../src/report/text/plan-text';
import { FAILURE_KINDS } from '../../src/run/failures';
import { desiredCounts, type Outcome } from '../../src/run/outcome';
import type { Workload } from '../../src/workload/workload-parameters';
import { type BenchCase, measured, PLAN, startRuntime, tell } from './search-rehearsal';

const USERS = 'users 120 think 31ms';
const THREE_TASKS = { policy: scalingPolicy({ ...PLAN.policy, minCapacity: 3, targetTracking: PLAN.policy.targetTracking }) };

/** As if the load balancer knew at once that a task has ended. */
const AT_ONCE = { deregistrationLagSeconds: { min: 0, max: 0 } };

const CASES: readonly (BenchCase & { readonly drains: boolean })[] = [
  { name: 'scale-out and scale-in', traffic: `users 30 think 31ms for 2m, ${USERS} for 10m, users 10 think 31ms for 28m`, drains: true },
  { name: 'rolling deployment', traffic: `${USERS} for 8m`, faults: ['deploy at 2m'], plan: THREE_TASKS, drains: true },
  { name: 'bad deployment, rolled back', traffic: `${USERS} for 12m`, faults: ['bad deploy at 2m'], plan: THREE_TASKS, drains: true },
  { name: 'one task stopped', traffic: `${USERS} for 75s`, faults: ['stop 1 at 20s'], plan: THREE_TASKS, speed: 1, drains: true },
  {
    name: 'one task killed, noticed at once',
    traffic: `${USERS} for 75s`,
    faults: ['kill 1 at 20s'],
    plan: THREE_TASKS,
    speed: 1,
    behavior: AT_ONCE,
    drains: false,
  },
  {
    name: 'one task killed, noticed after 3 to 5 s',
    traffic: `${USERS} for 6m`,
    faults: ['kill 1 at 2m'],
    plan: THREE_TASKS,
    drains: false,
  },
];

const [only] = process.argv.slice(2);

async function main(): Promise<void> {
  const runtime = await startRuntime();
  try {
    const workload = await measured(runtime);
    console.log(
      `${runtime.description}; 20 times as fast but for tasks that are stopped or killed, which are as slow as on AWS\n${workloadLines({ workload })[0]}\n`,
    );
    console.log('| what happens | desired counts | requests | failed | in flight on the task | failed on AWS, as forecast |');
    console.log('|---|---|---|---|---|---|');
    for (const benchCase of CASES.filter(({ name }) => only === undefined || name.includes(only)))
      console.log(await row(benchCase, workload, runtime));
  } finally {
    await runtime.stop();
  }
}

async function row(benchCase: (typeof CASES)[number], workload: Workload, runtime: TaskRuntime): Promise<string> {
  let running: RunningRehearsal | undefined;
  let inFlight = 0;
  const { outcome, foreseen } = await tell(benchCase, workload, runtime, {
    onReady: (rehearsal) => {
      running = rehearsal;
    },
    // called before the fault takes effect; it affects the oldest task.
    onEvent: ({ kind }) => {
      if (kind === 'fault') inFlight = running?.fleet.tasks.all[0]?.inFlightRequests ?? 0;
    },
  });
  const { requests, failedRequests } = outcome.totals;
  const counts = desiredCounts(outcome).join(' → ');
  return `| ${[benchCase.name, counts, requests, failed(outcome), benchCase.drains ? '–' : inFlight, failed(foreseen)].join(' | ')} |${failedRequests > 0 ? ` ${outcome.failures.last}` : ''}`;
}

function failed({ totals: { failedRequests, failures } }: Outcome): string {
  if (failedRequests === 0) return '0';
  const kinds = FAILURE_KINDS.filter((kind) => failures[kind] > 0).map((kind) => `${Math.round(failures[kind])} ${kind}`);
  return `${Math.round(failedRequests)} (${kinds.join(', ')})`;
}

void main();
