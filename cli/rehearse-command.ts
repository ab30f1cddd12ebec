import { forecast } from '../src/forecast/forecast';
import { vcpuOf } from '../src/plan/task-size';
import { activityLine, activityLines } from '../src/report/text/activities';
import { comparisonLines } from '../src/report/text/comparison';
import { planLines, workloadLine } from '../src/report/text/plan';
import { timelineHeadings, timelineLine } from '../src/report/text/timeline';
import { AWS_BEHAVIOR } from '../src/scaling/aws-behavior';
import { unmetExpectations } from '../src/scenario/expectations';
import { remarks } from '../src/scenario/remarks/remarks';
import type { Scenario } from '../src/scenario/scenario';
import { trafficInWords, trafficSeconds } from '../src/scenario/traffic';
import { Console } from './console';
import { defaultTraffic, SURGE_SHARE } from './default-traffic';
import { taskCommand } from './image-command';
import { withLatencyModel } from './latency-model';
import { pathsOf } from './reference-service';
import { refusePortInUse } from './rehearsal/load-balancer/listen';
import { measureWorkload } from './rehearsal/measure-workload';
import { type RehearsalOutcome, rehearse } from './rehearsal/rehearsal';
import { ProcessRuntime } from './rehearsal/tasks/process-runtime';
import type { TaskCommand } from './rehearsal/tasks/task-command';
import type { TaskRuntime } from './rehearsal/tasks/task-runtime';
import type { RehearseArguments } from './rehearse-arguments';
import { failureLines } from './render/failures';
import { refuseUnwritable, writeReport } from './report-files';
import { type PlanSource, readPlanSource } from './template-source';

/** Rehearses, prints, and returns one sentence for each expectation that does not hold. */
export async function rehearseCommand(args: RehearseArguments, interrupted: Promise<never>): Promise<string[]> {
  const console = new Console(args.json);
  refuseUnwritable(args.files);
  if (args.source.template === undefined) console.say('Synthesizing the app …');
  if (args.port !== 0) await refusePortInUse(args.port);
  const source = await console.during('synthesizing', readPlanSource(args.source, interrupted));
  try {
    const command = taskCommand(source, args.taskCommand);
    console.section('Plan', planLines(source.plan));
    if (source.ignored.length > 0) console.section('Ignored', source.ignored);
    const runtime = await ProcessRuntime.start(command, source.plan.task);
    try {
      return await run({ args, console, source, command, runtime, interrupted });
    } finally {
      await runtime.stop();
    }
  } finally {
    source.remove();
  }
}

interface Rehearsing {
  readonly args: RehearseArguments;
  readonly console: Console;
  readonly source: PlanSource;
  readonly command: TaskCommand;
  readonly runtime: TaskRuntime;
  readonly interrupted: Promise<never>;
}

async function run(stage: Rehearsing): Promise<string[]> {
  const { args, console } = stage;
  const scenario = await chooseScenario(stage);
  const foreseen = forecast(atSpeed(scenario, args.speed));
  const outcome = await watch(stage, scenario);
  console.section('Scaling activities', activityLines(outcome));
  if (outcome.totals.failedRequests > 0) console.section('Failed requests', failureLines(outcome));
  console.section('Forecast and rehearsal', comparisonLines(foreseen, outcome));
  const remarked = remarks(scenario, outcome);
  if (remarked.length > 0) console.section('Remarks', remarked);
  const written = writeReport(args.files, {
    title: `Rehearsal of ${scenario.plan.service}, and its forecast`,
    runs: [
      { name: 'rehearsal', scenario, outcome, remarks: remarked, ignored: stage.source.ignored },
      { name: 'forecast', scenario, outcome: foreseen },
    ],
  });
  if (written.length > 0) console.section('Written', written);
  console.result({
    plan: scenario.plan,
    workload: scenario.workload,
    traffic: scenario.traffic,
    speed: args.speed,
    forecast: foreseen,
    rehearsal: outcome,
  });
  return unmetExpectations(args.expectations, [outcome]);
}

/** Measures what a request costs a task, and chooses traffic by it where none was given. */
async function chooseScenario(stage: Rehearsing): Promise<Scenario> {
  const { args, console, source, interrupted } = stage;
  console.say('\nMeasuring what a request costs one task, about 10 seconds …');
  const parts = { ...stage, plan: source.plan, paths: pathsFor(stage) };
  const measured = await console.during('measuring', Promise.race([measureWorkload(parts), interrupted]));
  const workload = withLatencyModel(measured, vcpuOf(source.plan.task));
  console.say(`  ${workloadLine(workload)} (fitted within ${(100 * measured.worstResidualShare).toFixed(1)} points of CPU)`);
  const asked = { plan: source.plan, workload, behavior: AWS_BEHAVIOR, seed: args.seed };
  const traffic = args.traffic ?? defaultTraffic(atSpeed(asked, args.speed));
  const chosen = args.traffic === undefined ? ` (chosen to pass the CPU target by ${Math.round(100 * (SURGE_SHARE - 1))} %)` : '';
  console.say(`  traffic   ${trafficInWords(traffic)}${chosen}`);
  return { ...asked, traffic };
}

function pathsFor({ args, command }: Rehearsing): readonly string[] {
  return args.paths ?? pathsOf(command.workingDirectory);
}

/** What a process needs to start and to stop cannot be sped up, so at speed it takes that much more of the scenario. */
function atSpeed<Asked extends Omit<Scenario, 'traffic'>>(scenario: Asked, speed: number): Asked {
  const { plan, workload } = scenario;
  return {
    ...scenario,
    plan: { ...plan, container: { ...plan.container, stopTimeoutSeconds: plan.container.stopTimeoutSeconds * speed } },
    workload: { ...workload, startSeconds: workload.startSeconds * speed, stopSeconds: workload.stopSeconds * speed },
  };
}

async function watch(stage: Rehearsing, scenario: Scenario): Promise<RehearsalOutcome> {
  const { args, console } = stage;
  const wallSeconds = Math.round(trafficSeconds(scenario.traffic) / args.speed);
  return rehearse(
    { ...stage, scenario, paths: pathsFor(stage), speed: args.speed, port: args.port },
    {
      onReady: (url) => {
        console.section(`Rehearsal at ${url}, ${args.speed} times as fast, about ${wallSeconds} seconds (Ctrl-C ends it)`, [
          timelineHeadings(),
        ]);
      },
      onRow: (row) => console.say(`  ${timelineLine(row)}`),
      onActivity: (activity) => console.say(`  ${activityLine(activity)}`),
      onTaskLost: (how) => console.say(`  a task ended with ${how}: ECS would replace it, and so does this`),
    },
  );
}
