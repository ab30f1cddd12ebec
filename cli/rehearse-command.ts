import { affordableSeeds } from '../src/forecast/affordable-seeds';
import { bandOver } from '../src/forecast/band';
import { forecast } from '../src/forecast/forecast';
import type { Plan } from '../src/plan/plan';
import { activityLines, eventLines } from '../src/report/text/activities';
import { comparisonLines } from '../src/report/text/comparison';
import { planLines } from '../src/report/text/plan';
import { clockTime } from '../src/scenario/duration';
import { unmetExpectations } from '../src/scenario/expectations';
import type { Outcome } from '../src/scenario/outcome';
import { remarks } from '../src/scenario/remarks/remarks';
import type { Scenario } from '../src/scenario/scenario';
import { trafficSeconds } from '../src/scenario/traffic';
import { trafficOfTimeline } from '../src/scenario/traffic-of-timeline';
import { trafficUntil } from '../src/scenario/traffic-until';
import { chooseDisplay } from './choose-display';
import { Console } from './console';
import { forecastEachSeed } from './forecast-run';
import { Interruption, type InterruptionListener } from './interruption';
import { PhaseTeller } from './phase-teller';
import { pathsOf } from './reference-service';
import { refusePortInUse } from './rehearsal/load-balancer/listen';
import { memoryFillSeconds } from './rehearsal/memory-fill-time';
import type { PhaseListener } from './rehearsal/phase';
import { type RehearsalObserver, type RehearsalOutcome, type RunningRehearsal, rehearse } from './rehearsal/rehearsal';
import { speedRemarks } from './rehearsal/speed-remarks';
import type { TaskRuntime } from './rehearsal/tasks/task-runtime';
import { askedOf, atSpeed, type RehearsalScenario, rehearsalScenario } from './rehearsal-scenario';
import type { RehearseArguments } from './rehearse-arguments';
import { failureLines } from './render/failures';
import { standstillLines } from './render/standstills';
import { refuseUnwritable, writeReport } from './report-files';
import { requestCostRemark } from './request-cost-remark';
import { startRuntime } from './start-runtime';
import { isSynthesized, isTemplateChosen, readTaskSource, type TaskChoice } from './task-source';

const MEASURED_INSTEAD = 'the workload of the scenario: a rehearsal measures what a request costs';

/** Rehearses, prints, and returns one sentence for each expectation that does not hold. */
export async function rehearseCommand(args: RehearseArguments, interruption: InterruptionListener): Promise<string[]> {
  const { interrupted } = interruption;
  const console = new Console(args.json);
  refuseUnwritable(args.files);
  if (args.port !== 0) await refusePortInUse(args.port);
  if (isSynthesized(args.source)) console.say('Synthesizing the app …');
  const source = await console.during('synthesizing', readTaskSource(taskChoiceOf(args), interrupted));
  try {
    const asked = askedOf(source.plan, args.question);
    if (!isTemplateChosen(args.source)) console.say('No app and no template: a task of the construct, by its defaults.');
    console.prose('Plan', planLines(asked.plan));
    if (source.ignored.length > 0) console.prose('Ignored', source.ignored);
    const runtime = await startRuntime(source.program, asked.plan.task, { console, interrupted });
    try {
      const paths = args.paths ?? pathsOf(source.program.folder);
      const stage = { args, console, runtime, paths, interruption, interrupted, ignored: source.ignored };
      return await run(stage, await rehearsalScenario(args, asked, stage));
    } finally {
      await runtime.stop();
    }
  } finally {
    source.remove();
  }
}

/** The task, with all that the question changes of its plan. */
function taskChoiceOf({ source, runtime, question }: RehearseArguments): TaskChoice {
  return { ...source, runtime, changes: question.changes };
}

interface Stage {
  readonly args: RehearseArguments;
  readonly console: Console;
  readonly runtime: TaskRuntime;
  readonly paths: readonly string[];
  readonly interruption: InterruptionListener;
  readonly interrupted: Promise<never>;
  readonly ignored: readonly string[];
}

async function run(stage: Stage, { scenario: asked, unmeasured }: RehearsalScenario): Promise<string[]> {
  const { args, console } = stage;
  const isMeasuredInstead = args.question.workload !== undefined && unmeasured === undefined;
  if (isMeasuredInstead) console.say(`\nIgnored: ${MEASURED_INSTEAD}`);
  const { outcome, wasEndedByCtrlC, keepsEvents } = await watch(stage, asked);
  const scenario = asItCame(asked, args, outcome);
  const asForecast = atSpeed(scenario, args.speed);
  const foreseen = forecast(asForecast);
  const seeds = await forecastEachSeed(asForecast, affordableSeeds(scenario.traffic), stage);
  const remarked = [
    ...endRemarks(asked, args, outcome),
    ...(unmeasured === undefined ? costRemarks(args, asForecast, foreseen, outcome) : [unmeasured]),
    ...remarks(scenario, outcome),
    ...speedRemarks(scenario, args.speed, outcome),
  ];
  console.prose('Scaling activities', activityLines(outcome));
  // activities are told again in any case: only at the end it is known how they ended.
  if (outcome.events.length > 0 && !keepsEvents) console.prose('Events', eventLines(outcome));
  if (outcome.totals.failedRequests > 0) console.prose('Failed requests', failureLines(outcome));
  console.section('Forecast and rehearsal', comparisonLines(foreseen, outcome, seeds));
  if (remarked.length > 0) console.prose('Remarks', remarked);
  const written = writeReport(args.files, {
    title: `Rehearsal of ${scenario.plan.service}, and its forecast`,
    runs: [
      {
        name: 'rehearsal',
        speed: args.speed,
        scenario,
        outcome,
        remarks: remarked,
        ignored: [...stage.ignored, ...(isMeasuredInstead ? [MEASURED_INSTEAD] : [])],
      },
      { name: 'forecast', scenario, outcome: foreseen, band: bandOver(seeds) },
    ],
  });
  if (written.length > 0) console.section('Written', written);
  console.result({ ...resultOf(scenario), speed: args.speed, tasks: stage.runtime.description, forecast: foreseen, rehearsal: outcome });
  // whoever has ended it with Ctrl-C is told so as a shell is.
  if (wasEndedByCtrlC && args.externalSeconds === undefined) throw new Interruption('SIGINT');
  return unmetExpectations(args.expectations, [outcome]);
}

function costRemarks({ externalSeconds }: RehearseArguments, scenario: Scenario, foreseen: Outcome, outcome: RehearsalOutcome): string[] {
  // what others ask for may cost something else.
  const remark = externalSeconds === undefined ? requestCostRemark(scenario, foreseen, outcome) : undefined;
  return remark === undefined ? [] : [remark];
}

/** What a reader has to know before anything else: that it did not run to its end, or not with all of its traffic. */
function endRemarks(
  { traffic }: Scenario,
  { externalSeconds }: RehearseArguments,
  { endedAtSeconds, shortfall, standstills, totals }: RehearsalOutcome,
): string[] {
  const seconds = trafficSeconds(traffic);
  const isEarly = externalSeconds === undefined && endedAtSeconds < seconds;
  return [
    ...(isEarly ? [`it was ended at ${clockTime(endedAtSeconds)} of ${clockTime(seconds)}, and its forecast ends there, too`] : []),
    ...(externalSeconds !== undefined && totals.requests === 0
      ? ['nothing was asked of the printed address: there was no traffic to scale for']
      : []),
    ...standstillLines({ standstills }),
    ...(shortfall === undefined ? [] : [`${shortfall}. The forecast beside it had all of them: what differs says little`]),
  ];
}

/** The scenario with what nobody knew beforehand: the requests of others, the faults of a hand, how long memory took to fill, an early end. */
function asItCame(asked: Scenario, { externalSeconds }: RehearseArguments, outcome: RehearsalOutcome): Scenario {
  const { timeline, faultsByHand, endedAtSeconds } = outcome;
  const traffic = externalSeconds === undefined ? trafficUntil(asked.traffic, endedAtSeconds) : trafficOfTimeline(timeline);
  const faults = [...(asked.faults ?? []), ...faultsByHand].filter(({ atSeconds }) => atSeconds < trafficSeconds(traffic));
  return { ...asked, traffic, faults, memoryFillSeconds: memoryFillSeconds(outcome) };
}

function resultOf({ plan, workload, traffic, faults }: Scenario): { readonly plan: Plan } & Partial<Scenario> {
  return { plan, workload, traffic: { ...traffic, phases: [...traffic.phases] }, faults };
}

async function watch(
  { args, interruption, ...parts }: Stage,
  scenario: Scenario,
): Promise<{ readonly outcome: RehearsalOutcome; readonly wasEndedByCtrlC: boolean; readonly keepsEvents: boolean }> {
  const display = chooseDisplay(args, scenario, parts.console);
  const teller = new PhaseTeller((text) => parts.console.note(text));
  try {
    const isExternal = args.externalSeconds !== undefined;
    let wasEndedByCtrlC = false;
    const onReady = (rehearsal: RunningRehearsal): void => {
      teller.close();
      interruption.soften(() => {
        wasEndedByCtrlC = true;
        rehearsal.end();
      });
      display.onReady?.(rehearsal);
    };
    const observer = { ...told(display), onReady };
    const onPhase: PhaseListener = (look) => teller.enter(look);
    const outcome = await rehearse({ ...parts, scenario, isExternal, speed: args.speed, port: args.port, onPhase }, observer);
    return { outcome, wasEndedByCtrlC, keepsEvents: display.keepsEvents };
  } finally {
    teller.close();
    display.close();
  }
}

/** The methods of a display, each still its own. */
function told(display: RehearsalObserver): RehearsalObserver {
  return {
    onRow: (row) => display.onRow?.(row),
    onActivity: (activity) => display.onActivity?.(activity),
    onEvent: (event) => display.onEvent?.(event),
  };
}
