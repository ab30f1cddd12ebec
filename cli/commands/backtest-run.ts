import { remarks } from '../../src/advice/remarks';
import { type MonthlyCost, monthlyCost } from '../../src/decide/cost/monthly-cost';
import { formatElapsed } from '../../src/parse/durations';
import { InputError } from '../../src/parse/input-error';
import { type Agreement, agreementOf } from '../../src/recording/agreement';
import { closestTimingIndex, recordedScenario, sameCountsShare } from '../../src/recording/backtest';
import { fitRecording, type RecordingFit } from '../../src/recording/fit-recording';
import type { Recording } from '../../src/recording/recording';
import type { ReportedRun } from '../../src/report/report';
import { atSpeed } from '../../src/run/at-speed';
import type { Outcome } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import { bandOver, defaultSeedCount, type SeedOutcome } from '../../src/simulation/band';
import { forecast } from '../../src/simulation/forecast';
import { applySet } from '../input/set-option';
import type { Console } from '../output/console';
import type { BacktestArguments } from './backtest-options';
import { forecastEachSeed } from './forecast-run';

/** A forecast of the recorded time with the plan that was in force, and what it is compared with. */
export interface BacktestRun {
  readonly fit: RecordingFit;
  readonly forecast: ReportedRun;
  readonly agreement: Agreement;
  /** How many of the seeds have the observed counts, from 0 to 1. */
  readonly sameCountsShare: number;
  /** The second half, forecast with a workload that was fitted to the first; undefined if the first half does not determine one. */
  readonly prediction?: { readonly fromSeconds: number; readonly agreement: Agreement };
  /** The same time with another plan, and what would have been otherwise. */
  readonly changed?: { readonly run: ReportedRun; readonly lines: readonly string[] };
}

interface RunContext {
  readonly console: Console;
  readonly interrupted: Promise<never>;
}

/** Fits, forecasts and compares. */
export async function runBacktest(
  recording: Recording,
  { changes, seeds }: Pick<BacktestArguments, 'changes' | 'seeds'>,
  context: RunContext,
): Promise<BacktestRun> {
  const fit = fitRecording(recording);
  const scenario = recordedScenario(recording, fit);
  const { run, outcomes } = await closestRun(scenario, recording, seeds, context);
  const share = sameCountsShare(recording.outcome, outcomes);
  return {
    fit,
    forecast: {
      ...run,
      remarks: [...seedRemarks(recording.outcome, share, outcomes.length), ...remarks(run.scenario, run.outcome)],
    },
    agreement: agreementOf(recording.outcome, run.outcome),
    sameCountsShare: share,
    prediction: await predictionOf(recording, seeds, context),
    changed: changes.length === 0 ? undefined : await changedRun(run, { scenario, recording, changes, seeds }, context),
  };
}

/** At the speed of an emulation or a rehearsal, starting and stopping a process takes longer. */
function forecastScenarioOf(scenario: Scenario, { speed }: Recording): Scenario {
  return speed === 1 ? scenario : atSpeed(scenario, speed);
}

/** The run whose timing is closest to the recording, of many seeds; with the seed of a rehearsal, the run that has its timing. */
async function closestRun(scenario: Scenario, recording: Recording, count: number | undefined, context: RunContext) {
  const outcomes = await eachSeed(scenario, recording, count, context);
  const seed = recording.seed ?? scenario.seed + closestTimingIndex(recording.outcome, outcomes);
  return { run: runOf('forecast', { ...scenario, seed }, recording, outcomes), outcomes };
}

function eachSeed(scenario: Scenario, recording: Recording, count: number | undefined, context: RunContext): Promise<SeedOutcome[]> {
  return forecastEachSeed(forecastScenarioOf(scenario, recording), count ?? defaultSeedCount(scenario.traffic), context);
}

function runOf(name: string, scenario: Scenario, recording: Recording, outcomes: readonly SeedOutcome[]): ReportedRun {
  const outcome = forecast(forecastScenarioOf(scenario, recording));
  return { name, scenario, outcome, band: bandOver(outcomes), cost: monthlyCost(scenario, outcome) };
}

/** The seed decides at which second of a minute AWS evaluates, which no recording shows. */
function seedRemarks({ activities }: Outcome, share: number, seeds: number): string[] {
  if (activities.length === 0) return [];
  return [
    `${Math.round(share * seeds)} of ${seeds} forecasts, which differ in the second at which AWS evaluates an alarm, have all of the observed counts in their order: the closest one is shown`,
  ];
}

/** Forecasts the whole time with the workload and the timing of the first half, and compares the second. */
async function predictionOf(recording: Recording, count: number | undefined, context: RunContext): Promise<BacktestRun['prediction']> {
  const fromSeconds = recording.outcome.timeline.at(-1)!.atSeconds / 2;
  const fit = fitOf(recording, fromSeconds);
  if (fit === undefined) return undefined;
  const scenario = recordedScenario(recording, fit);
  const { seed: recordedSeed } = recording;
  const outcomes = recordedSeed === undefined ? await eachSeed(scenario, recording, count, context) : [];
  const seed = recordedSeed ?? scenario.seed + closestTimingIndex(recording.outcome, outcomes, fromSeconds);
  const outcome = forecast(forecastScenarioOf({ ...scenario, seed }, recording));
  return { fromSeconds, agreement: agreementOf(recording.outcome, outcome, fromSeconds) };
}

/** The fit to the first part of a recording; undefined if that part has too few minutes or rates. */
function fitOf(recording: Recording, untilSeconds: number): RecordingFit | undefined {
  try {
    return fitRecording(recording, untilSeconds);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

interface ChangedInput {
  readonly scenario: Scenario;
  readonly recording: Recording;
  readonly changes: readonly string[];
  readonly seeds?: number;
}

async function changedRun(
  before: ReportedRun,
  { scenario, recording, changes, seeds }: ChangedInput,
  context: RunContext,
): Promise<NonNullable<BacktestRun['changed']>> {
  const changedScenario = { ...applySet(scenario, changes), seed: before.scenario.seed };
  const run = runOf(changes.join(', '), changedScenario, recording, await eachSeed(changedScenario, recording, seeds, context));
  return { run: { ...run, remarks: remarks(run.scenario, run.outcome) }, lines: changeLines(before, run) };
}

/** What would have been otherwise: both are forecasts, so that what a forecast gets wrong is in both. */
function changeLines(before: ReportedRun, after: ReportedRun): string[] {
  const dollars = ({ cost }: { readonly cost?: MonthlyCost }): number => cost!.expected.dollars;
  const instead = (what: string, value: (run: ReportedRun) => string): string => `${what} ${value(after)} instead of ${value(before)}`;
  const difference = dollars(after) - dollars(before);
  return [
    instead('task-hours', ({ outcome }) => outcome.totals.taskHours.toFixed(1)),
    `${instead('for a month with this load', (run) => `$${dollars(run).toFixed(2)}`)}, ${difference < 0 ? '−' : '+'}$${Math.abs(difference).toFixed(2)}`,
    instead('time over target', ({ outcome }) => formatElapsed(outcome.totals.secondsOverTarget)),
    instead('maximum tasks', ({ outcome }) => String(outcome.totals.maxTasks)),
    instead('scaling activities', ({ outcome }) => String(outcome.activities.length)),
    ...(after.outcome.totals.p95Millis === undefined || before.outcome.totals.p95Millis === undefined
      ? []
      : [instead('p95 latency, ms', ({ outcome }) => outcome.totals.p95Millis!.toFixed(1))]),
    instead('failed requests', ({ outcome }) => String(Math.round(outcome.totals.failedRequests))),
    'both are forecasts, so that what a forecast gets wrong is in both',
  ];
}
