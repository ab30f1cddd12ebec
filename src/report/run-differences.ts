import { formatElapsed } from '../parse/durations';
import { meanServedRequestsPerSecond, type Outcome } from '../run/outcome';
import { firstActivity } from '../scaling/activity';
import { FIGURES, type Figure, significantFigures } from './figure';
import { formatNumber } from './number-format';
import type { Report, ReportedRun } from './report';

/** The figures of scaling, which come before the others. */
const SCALING_FIGURES: readonly Figure[] = [
  { name: 'first scale-out at', value: ({ outcome }) => firstActivity(outcome.activities, 'out')?.startSeconds, format: formatElapsed },
  { name: 'first scale-in at', value: ({ outcome }) => firstActivity(outcome.activities, 'in')?.startSeconds, format: formatElapsed },
  { name: 'max CPU in a minute', value: ({ outcome }) => maxCpuPercent(outcome), format: (percent) => `${percent.toFixed(1)} %` },
  { name: 'requests per second, mean', value: ({ outcome }) => meanServedRequestsPerSecond(outcome.timeline), format: formatNumber },
];

/**
 * The figures of several runs, and the difference of each from the first, the baseline, as the cells of a table: a row of headings, then one for each figure.
 */
export function differenceCells({ runs }: Pick<Report, 'runs'>): string[][] {
  const [baseline, ...others] = runs;
  const headings = ['', baseline.name, ...others.flatMap(({ name }) => [name, `${name} compared with ${baseline.name}`])];
  const rows = significantFigures([...SCALING_FIGURES, ...FIGURES], runs).map((figure) => [
    figure.name,
    formatFigure(figure, baseline),
    ...others.flatMap((run) => [formatFigure(figure, run), difference(figure, baseline, run)]),
  ]);
  return [headings, ...rows];
}

function maxCpuPercent({ timeline }: Outcome): number | undefined {
  const percents = timeline.flatMap(({ cpuUtilizationPercent }) => cpuUtilizationPercent ?? []);
  return percents.length === 0 ? undefined : percents.reduce((max, percent) => Math.max(max, percent));
}

function formatFigure({ value, format }: Figure, run: ReportedRun): string {
  const number = value(run);
  return number === undefined ? '–' : format(number);
}

/** The difference in the unit of the figure, and in percent if that of the baseline is above 0. */
export function difference({ value, format }: Figure, baseline: ReportedRun, other: ReportedRun): string {
  const [before, after] = [value(baseline), value(other)];
  if (before === undefined || after === undefined) return '–';
  if (format(before) === format(after)) return 'none';
  const change = after - before;
  const percent = before > 0 ? (100 * Math.abs(change)) / before : undefined;
  return `${signed(change, format(Math.abs(change)))}${percent === undefined ? '' : ` (${percentOf(change, percent)})`}`;
}

function percentOf(change: number, percent: number): string {
  return percent < 0.5 ? signed(change, 'below 1 %') : signed(change, `${percent.toFixed(0)} %`);
}

/** A size has a sign; a bound of one, such as `below 1 %`, has a word. */
function signed(change: number, text: string): string {
  if (text.startsWith(BELOW)) return `less than ${text.slice(BELOW.length)} ${change < 0 ? 'less' : 'more'}`;
  return `${change < 0 ? '−' : '+'}${text}`;
}

const BELOW = 'below ';
