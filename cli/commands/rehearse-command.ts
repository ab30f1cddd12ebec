import { compareWithForecast } from '../../rehearsal/comparison/compare-with-forecast';
import { assertPortIsFree } from '../../rehearsal/load-balancer/local-load-balancer';
import type { ProgressListener } from '../../rehearsal/progress-step';
import { type RehearsalObserver, type RehearsalOutcome, type RunningRehearsal, rehearse } from '../../rehearsal/rehearsal';
import type { TaskRuntime } from '../../rehearsal/task-runtime/task-runtime';
import type { Plan } from '../../src/plan/service-plan';
import { activityHistory, eventLines } from '../../src/report/text/activity-text';
import { comparisonLines } from '../../src/report/text/comparison-text';
import { planLines } from '../../src/report/text/plan-text';
import { unmetExpectations } from '../../src/run/expectations';
import type { Scenario } from '../../src/run/scenario';
import { bandOver, defaultSeedCount } from '../../src/simulation/band';
import { historyOf } from '../../src/simulation/history';
import { hasTemplateOrApp, needsSynthesis, readChosenTask, type TaskSelection } from '../input/chosen-task';
import { defaultPathsOf } from '../input/reference-service';
import { type RehearsalScenario, rehearsalScenario, requestedScenario } from '../input/rehearsal-scenario';
import { startRuntime } from '../input/start-runtime';
import { Interruption, type InterruptionListener } from '../interruption';
import { chooseDisplay } from '../output/choose-display';
import { Console } from '../output/console';
import { ProgressReporter } from '../output/progress';
import { failureLines } from '../output/rehearsal-text';
import { assertWritable, writeReport } from '../output/report-files';
import { forecastEachSeed } from './forecast-run';
import type { RehearseArguments } from './rehearse-options';

const IGNORED_WORKLOAD = 'the workload of the scenario, because a rehearsal measures what a request costs';

/** Rehearses, prints, and returns a message for each unmet expectation. */
export async function rehearseCommand(args: RehearseArguments, interruption: InterruptionListener): Promise<string[]> {
  const { interrupted } = interruption;
  const console = new Console(args.json);
  assertWritable(args.files);
  if (args.port !== 0) await assertPortIsFree(args.port);
  if (needsSynthesis(args.source)) console.print('Synthesizing the app …');
  const chosenTask = await console.withProgress('synthesizing', readChosenTask(taskSelectionOf(args), interrupted));
  try {
    const requested = requestedScenario(chosenTask, args.scenarioInput);
    if (!hasTemplateOrApp(args.source)) console.print("No app and no template: a task with the construct's defaults.");
    console.printWrappedSection('Plan', planLines(requested.plan));
    if (chosenTask.ignored.length > 0) console.printWrappedSection('Ignored', chosenTask.ignored);
    const runtime = await startRuntime(chosenTask.program, requested.plan.task, { console, interrupted });
    try {
      const paths = args.paths ?? defaultPathsOf(chosenTask.program.folder);
      const context = { args, console, runtime, paths, interruption, interrupted, ignored: chosenTask.ignored };
      return await rehearseAndPrint(context, await rehearsalScenario(args, requested, context));
    } finally {
      await runtime.stop();
    }
  } finally {
    chosenTask.dispose();
  }
}

/** Which task to rehearse, with what the options and the scenario file change of its plan, behavior and workload. */
function taskSelectionOf({ source, runtime, scenarioInput }: RehearseArguments): TaskSelection {
  const { changes, behavior, workload } = scenarioInput;
  return { ...source, runtime, changes, otherInputs: { behavior, ...(workload === undefined ? {} : { workload }) } };
}

interface RehearsalContext {
  readonly args: RehearseArguments;
  readonly console: Console;
  readonly runtime: TaskRuntime;
  readonly paths: readonly string[];
  readonly interruption: InterruptionListener;
  readonly interrupted: Promise<never>;
  readonly ignored: readonly string[];
}

async function rehearseAndPrint(
  context: RehearsalContext,
  { scenario: rehearsedScenario, coreSpeed, measurementFailure, remarks: preparationRemarks }: RehearsalScenario,
): Promise<string[]> {
  const { args, console } = context;
  // a measured workload takes the place of that of the scenario file.
  const isFileWorkloadIgnored = args.scenarioInput.workload !== undefined && measurementFailure === undefined;
  if (isFileWorkloadIgnored) console.print(`\nIgnored: ${IGNORED_WORKLOAD}`);
  const isTrafficExternal = args.externalSeconds !== undefined;
  const { outcome, wasEndedByCtrlC, hasPrintedEvents } = await rehearseOnDisplay(
    { ...context, coreSpeed },
    rehearsedScenario,
    isTrafficExternal,
  );
  const comparison = compareWithForecast({
    requested: rehearsedScenario,
    outcome,
    speed: args.speed,
    isTrafficExternal,
    unmeasuredRemark: measurementFailure,
    preparationRemarks,
  });
  // reports show the scenario as observed; forecasts run it at the speed of the rehearsal, at which a start takes longer.
  const { scenario, remarks } = comparison;
  const seeds = await forecastEachSeed(comparison.forecastScenario, defaultSeedCount(scenario.traffic), context);
  // activities are printed again even if they were printed live: only now is it known how they ended.
  console.printWrappedSection('Scaling activities', activityHistory(outcome));
  if (outcome.events.length > 0 && !hasPrintedEvents) console.printWrappedSection('Events', eventLines(outcome));
  if (outcome.totals.failedRequests > 0) console.printWrappedSection('Failed requests', failureLines(outcome));
  console.printSection('Forecast and rehearsal', comparisonLines(comparison.forecast, outcome, seeds));
  if (remarks.length > 0) console.printWrappedSection('Remarks', remarks);
  const ignored = [...context.ignored, ...(isFileWorkloadIgnored ? [IGNORED_WORKLOAD] : [])];
  const written = writeReport(args.files, {
    title: `Rehearsal of ${scenario.plan.service}, and its forecast`,
    runs: [
      { name: 'rehearsal', speed: args.speed, scenario, outcome, remarks, ignored },
      { name: 'forecast', scenario, outcome: comparison.forecast, band: bandOver(seeds) },
    ],
  });
  if (written.length > 0) console.printSection('Written', written);
  console.printResult({
    ...scenarioAsJson(scenario),
    speed: args.speed,
    coreSpeed,
    runtime: context.runtime.description,
    forecast: comparison.forecast,
    rehearsal: outcome,
  });
  // a rehearsal that was ended by Ctrl-C exits as a shell expects it. External traffic is often ended so: that is its normal end.
  if (wasEndedByCtrlC && !isTrafficExternal) throw new Interruption('SIGINT');
  return unmetExpectations(args.expectations, [outcome]);
}

function scenarioAsJson({
  plan,
  workload,
  traffic,
  faults,
  behavior,
  seed,
  startsAt,
}: Scenario): { readonly plan: Plan } & Partial<Scenario> {
  return { plan, workload, traffic: { ...traffic, phases: [...traffic.phases] }, faults, behavior, seed, startsAt };
}

async function rehearseOnDisplay(
  { args, interruption, ...context }: RehearsalContext & Pick<RehearsalScenario, 'coreSpeed'>,
  scenario: Scenario,
  isTrafficExternal: boolean,
): Promise<{ readonly outcome: RehearsalOutcome; readonly wasEndedByCtrlC: boolean; readonly hasPrintedEvents: boolean }> {
  const display = chooseDisplay(args, scenario, context.console);
  const progress = new ProgressReporter((text) => context.console.printProgress(text));
  try {
    let wasEndedByCtrlC = false;
    const onReady = (rehearsal: RunningRehearsal): void => {
      progress.close();
      interruption.onNextCtrlC(() => {
        wasEndedByCtrlC = true;
        rehearsal.end();
      });
      display.onReady?.(rehearsal);
    };
    const observer = { ...bindObserver(display), onReady };
    const onProgress: ProgressListener = (readStep) => progress.pollSteps(readStep);
    const { speed, port } = args;
    const historyPerSecond = historyOf(scenario);
    const outcome = await rehearse({ ...context, scenario, isTrafficExternal, speed, historyPerSecond, port, onProgress }, observer);
    return { outcome, wasEndedByCtrlC, hasPrintedEvents: display.hasPrintedEvents };
  } finally {
    progress.close();
    display.close();
  }
}

/** Binds the methods of a display to it, so that they can be spread into another object. */
function bindObserver(display: RehearsalObserver): RehearsalObserver {
  return {
    onRow: (row) => display.onRow?.(row),
    onActivity: (activity) => display.onActivity?.(activity),
    onEvent: (event) => display.onEvent?.(event),
  };
}
