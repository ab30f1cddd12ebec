import { monthlyCost } from '../../src/decide/cost/monthly-cost';
import { formatDuration, formatElapsed } from '../../src/parse/durations';
import type { ParsedPlan } from '../../src/plan/service-plan';
import { agreementOf } from '../../src/recording/agreement';
import type { Recording } from '../../src/recording/recording';
import { trustGrade, trustLines } from '../../src/recording/trust';
import { runAsJson } from '../../src/report/export-formats';
import type { Report, ReportedRun, TextSection } from '../../src/report/report';
import { differenceCells } from '../../src/report/run-differences';
import { activityHistory } from '../../src/report/text/activity-text';
import { agreementLines, type NamedAgreement } from '../../src/report/text/agreement-text';
import { cellLines } from '../../src/report/text/columns';
import { planLines, workloadLines } from '../../src/report/text/plan-text';
import { readPlanSource, type TemplateChoice } from '../input/template-source';
import { Console } from '../output/console';
import { assertWritable, writeReport } from '../output/report-files';
import { exportedRecording, readRecording } from '../recording/read-recording';
import type { BacktestArguments } from './backtest-options';
import { type BacktestRun, runBacktest } from './backtest-run';
import { defaultFolder, recordInto } from './record-command';

/** Compares a recording with its forecast, prints, and returns a message for each unmet expectation. */
export async function backtestCommand(args: BacktestArguments, interrupted: Promise<never>): Promise<string[]> {
  const console = new Console(args.json);
  assertWritable(args.files);
  const recording = await readPast(args, console, interrupted);
  const rehearsal =
    args.rehearsal === undefined
      ? undefined
      : // the CSV of a rehearsal has no plan: it is compared with what the plan of the recording did.
        await readRecording('--rehearsal', args.rehearsal, { read: async () => recording });
  const { timeline } = recording.outcome;
  console.print(`Forecasting ${formatDuration(Math.round(timeline.at(-1)!.atSeconds))} with the plan that was in force …`);
  const run = await runBacktest(recording, args, { console, interrupted });
  const report = reportOf(recording, run, rehearsal);
  const { scenario } = run.forecast;
  console.printWrappedSection('Plan', [...planLines(scenario.plan), ...workloadLines(scenario)]);
  if (recording.ignored.length > 0) console.printWrappedSection('Ignored', recording.ignored);
  console.printWrappedSection('Scaling activities, observed', activityHistory({ ...recording.outcome, notScaled: [] }));
  console.printWrappedSection('Scaling activities, forecast', activityHistory({ ...run.forecast.outcome, notScaled: [] }));
  console.printSection('Observed and forecast', cellLines(differenceCells(report)));
  for (const { heading, lines, isTable = false } of report.sections ?? []) {
    if (isTable) console.printSection(heading, lines);
    else console.printWrappedSection(heading, lines);
  }
  const written = writeReport(args.files, report);
  if (written.length > 0) console.printSection('Written', written);
  const grade = trustGrade(run.prediction?.agreement ?? run.agreement);
  console.printResult(resultOf(report, run, recording, grade));
  return args.isTrustExpected && grade === 'poor' ? ['forecasts of this service should not be trusted'] : [];
}

async function readPast(args: BacktestArguments, console: Console, interrupted: Promise<never>): Promise<Recording> {
  const { past, speed } = args;
  const read = (): Promise<ParsedPlan> => givenPlan(args, interrupted);
  if (past.kind === 'recording') return readRecording('--recording', past.path, { option: planOption(args.source), read });
  if (past.kind === 'files') return exportedRecording({ ...past, speed }, await givenPlan(args, interrupted));
  const folder = past.directory ?? defaultFolder(past);
  console.print(`Recording ${past.service} into ${folder} …`);
  const { time } = await recordInto({ ...past, speed, folder }, console, interrupted);
  return readRecording('--directory', folder, { read }, time);
}

/** The option that gives a plan; undefined if none does. */
function planOption({ template, app }: TemplateChoice): string | undefined {
  if (template !== undefined) return '--template';
  return app === undefined ? undefined : '--app';
}

async function givenPlan({ source }: BacktestArguments, interrupted: Promise<never>): Promise<ParsedPlan> {
  const { plan, ignored, dispose } = await readPlanSource(source, interrupted);
  dispose();
  return { plan, ignored };
}

/** What was observed first, then its forecast, a rehearsal if there is one, and the forecast of another plan. */
function reportOf(
  recording: Recording,
  { forecast, agreement, prediction, changed, fit }: BacktestRun,
  rehearsal: Recording | undefined,
): Report {
  const { outcome, speed, ignored } = recording;
  const { scenario } = forecast;
  const name = outcome.kind === 'rehearsal' ? 'rehearsal' : 'observed';
  const observed: ReportedRun = {
    name,
    speed,
    scenario,
    outcome,
    cost: monthlyCost(scenario, outcome),
    ignored,
    remarks: recording.remarks,
  };
  const rehearsed: ReportedRun[] =
    rehearsal === undefined
      ? []
      : [
          {
            // a recording may be a rehearsal too.
            name: name === 'rehearsal' ? 'other rehearsal' : 'rehearsal',
            speed: rehearsal.speed,
            scenario,
            outcome: rehearsal.outcome,
            cost: monthlyCost(scenario, rehearsal.outcome),
          },
        ];
  const agreements: NamedAgreement[] = [
    { name: forecast.name, agreement },
    ...(prediction === undefined ? [] : [{ name: `second half, from the first`, agreement: prediction.agreement }]),
    ...rehearsed.map((run) => ({ name: run.name, agreement: agreementOf(outcome, run.outcome) })),
  ];
  const half =
    prediction === undefined
      ? []
      : [`predicted from ${formatElapsed(prediction.fromSeconds)} on, with a workload fitted to the time before`];
  const sections: TextSection[] = [
    { heading: `How far from what was observed`, lines: agreementLines(agreements), isTable: true },
    {
      heading: 'How far to trust a forecast of this service',
      lines: [...trustLines(prediction?.agreement ?? agreement, fit, recording.remarks), ...half, ...(forecast.remarks ?? [])],
    },
    ...(changed === undefined ? [] : [{ heading: `With ${changed.run.name}`, lines: changed.lines }]),
  ];
  return {
    title: `${scenario.plan.service}, as it was and as forecast`,
    runs: [observed, forecast, ...rehearsed, ...(changed === undefined ? [] : [changed.run])],
    sections: sections.filter(({ lines }) => lines.length > 0),
  };
}

function resultOf(
  { runs }: Report,
  { fit, agreement, prediction, sameCountsShare, changed }: BacktestRun,
  { remarks }: Recording,
  trust: string,
): object {
  return {
    trust,
    agreement,
    ...(prediction && { prediction }),
    sameCountsShare,
    fit,
    remarks,
    ...(changed && { changed: { name: changed.run.name, lines: changed.lines } }),
    runs: runs.map(runAsJson),
  };
}
