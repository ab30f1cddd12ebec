import { formatElapsed } from '../../parse/durations';
import { desiredCounts, meanServedRequestsPerSecond, type Outcome } from '../../run/outcome';
import { firstActivity } from '../../scaling/activity';
import { FIGURES, type Figure, significantFigures } from '../figure';
import { element, textElement } from '../markup';
import { formatNumber } from '../number-format';
import type { Report, ReportedRun } from '../report';
import type { Column } from '../text/columns';
import { table } from './page-tables';

/** The figures of scaling, which come before the others. */
const SCALING_FIGURES: readonly Figure[] = [
  { name: 'first scale-out at', value: ({ outcome }) => firstActivity(outcome.activities, 'out')?.startSeconds, format: formatElapsed },
  { name: 'first scale-in at', value: ({ outcome }) => firstActivity(outcome.activities, 'in')?.startSeconds, format: formatElapsed },
  { name: 'max CPU in a minute', value: ({ outcome }) => maxCpuPercent(outcome), format: (percent) => `${percent.toFixed(1)} %` },
  { name: 'requests per second, mean', value: ({ outcome }) => meanServedRequestsPerSecond(outcome.timeline), format: formatNumber },
];

/** The figures of several runs, and the difference of each from the first, the baseline. */
export function differencesTable({ runs }: Report): string {
  const [baseline] = runs;
  const columns: Column<Figure>[] = runs.flatMap((run) => {
    const value = { heading: run.name, cell: (figure: Figure) => formatFigure(figure, run) };
    return run === baseline
      ? [value]
      : [value, { heading: `${run.name} compared with ${baseline.name}`, cell: (figure) => difference(figure, baseline, run) }];
  });
  const figures = significantFigures([...SCALING_FIGURES, ...FIGURES], runs);
  const steps = runs.map(({ name, outcome }) => `${name} ${desiredCounts(outcome).join(' → ')}`);
  return (
    table([{ heading: '', cell: ({ name }: Figure) => name }, ...columns], figures) +
    textElement('p', { class: 'note' }, `Desired counts: ${steps.join('; ')}.`)
  );
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
  const change = after - before;
  if (format(before) === format(after)) return 'none';
  const share =
    before > 0
      ? ` (${signed(change, (100 * Math.abs(change)) / before < 0.5 ? 'below 1' : ((100 * Math.abs(change)) / before).toFixed(0))} %)`
      : '';
  return `${signed(change, format(Math.abs(change)))}${share}`;
}

function signed(value: number, text: string): string {
  return `${value < 0 ? '−' : '+'}${text}`;
}

/** The numbers of a run as cards, each with its name and a note. */
export function numberCards(run: ReportedRun): string {
  const cardElements = significantFigures(FIGURES, [run]).flatMap(({ name, value, format, note }) => {
    const number = value(run);
    if (number === undefined) return [];
    const noteText = note?.(run);
    const texts = [textElement('dt', {}, name), textElement('dd', { class: 'figure' }, format(number))];
    return [element('div', {}, noteText === undefined ? texts : [...texts, textElement('dd', { class: 'note' }, noteText)])];
  });
  return element('dl', { class: 'cards' }, cardElements);
}
