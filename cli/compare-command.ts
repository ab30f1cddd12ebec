import { affordableSeeds } from '../src/forecast/affordable-seeds';
import { compare, type NamedScenario } from '../src/forecast/compare';
import type { ReportedRun } from '../src/report/report';
import { planComparisonLines } from '../src/report/text/plan-comparison';
import { durationInWords } from '../src/scenario/duration';
import { trafficSeconds } from '../src/scenario/traffic';
import type { CompareArguments } from './compare-arguments';
import { Console } from './console';
import { forecastRun } from './forecast-run';
import { scenarioOf } from './question';
import { type ReportFiles, refuseUnwritable, writeReport } from './report-files';
import { readPlanSource } from './template-source';

/** Compares plans and prints what each gains and costs. */
export async function compareCommand(args: CompareArguments, interrupted: Promise<never>): Promise<string[]> {
  const console = new Console(args.json);
  refuseUnwritable(args.files);
  const { plan, ignored, remove } = await console.during('synthesizing', readPlanSource(args.source, interrupted));
  remove();
  const { question } = args;
  const scenarios = [
    { name: 'as it is', scenario: scenarioOf(plan, question) },
    ...args.variants.map(({ name, changes }) => ({ name, scenario: scenarioOf(plan, question, changes) })),
  ];
  const seeds = args.seeds ?? affordableSeeds(question.traffic);
  console.say(`Forecasting ${scenarios.length} plans over ${durationInWords(trafficSeconds(question.traffic))} with ${seeds} seeds each …`);
  const comparison = compare(scenarios, { seeds, onForecast: console.counter('comparing: forecasts') });
  const written = await report(scenarios, seeds, { args, console, interrupted, title: `Plans of ${plan.service}`, ignored });
  console.section(`Median of ${seeds} seeds, and where 90 of 100 lie`, planComparisonLines(comparison));
  console.prose('Trade-off', comparison.tradeOffs);
  if (ignored.length > 0) console.prose('Ignored', ignored);
  if (written.length > 0) console.section('Written', written);
  console.result({ ...comparison, plans: scenarios.map(({ name, scenario }) => ({ name, plan: scenario.plan })), ignored });
  return [];
}

interface Stage {
  readonly args: CompareArguments;
  readonly console: Console;
  readonly interrupted: Promise<never>;
  readonly title: string;
  readonly ignored: readonly string[];
}

/** Draws the run of each plan that is typical of its seeds. */
async function report(scenarios: readonly NamedScenario[], seeds: number, { args, title, ignored, ...stage }: Stage): Promise<string[]> {
  if (!isAsked(args.files)) return [];
  const runs: ReportedRun[] = [];
  for (const { name, scenario } of scenarios) runs.push(await forecastRun(name, scenario, seeds, stage));
  const [first, ...others] = runs;
  return writeReport(args.files, { title, runs: [{ ...first!, ignored }, ...others] });
}

function isAsked(files: ReportFiles): boolean {
  return Object.values(files).some((file) => file !== undefined);
}
