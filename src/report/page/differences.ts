import { firstActivity } from '../../scaling/activity';
import { clockTime } from '../../scenario/duration';
import { meanRate } from '../../scenario/mean-rate';
import { desiredCounts, type Outcome } from '../../scenario/outcome';
import { amount } from '../amount';
import { FIGURES, type Figure, tellingFigures } from '../figure';
import { textElement } from '../markup';
import type { Report, ReportedRun } from '../report';
import type { Column } from '../text/columns';
import { table } from './table';

/** When it scaled, and what came of it: where runs part first. */
const SCALING_FIGURES: readonly Figure[] = [
  { name: 'first more tasks at', value: ({ outcome }) => firstActivity(outcome.activities, 'out')?.startSeconds, say: clockTime },
  { name: 'first fewer tasks at', value: ({ outcome }) => firstActivity(outcome.activities, 'in')?.startSeconds, say: clockTime },
  { name: 'most CPU in a minute', value: ({ outcome }) => mostCpuPercent(outcome), say: (percent) => `${percent.toFixed(1)} %` },
  { name: 'answers a second, mean', value: ({ outcome }) => meanRate(outcome.timeline), say: amount },
];

/** The figures of several runs side by side, and how far each is from the first. */
export function differences({ runs }: Report): string {
  const [first] = runs;
  const columns: Column<Figure>[] = runs.flatMap((run) => {
    const value = { heading: run.name, cell: (figure: Figure) => said(figure, run) };
    return run === first
      ? [value]
      : [value, { heading: `${run.name} beside ${first.name}`, cell: (figure) => difference(figure, first, run) }];
  });
  const compared = tellingFigures([...SCALING_FIGURES, ...FIGURES], runs);
  const steps = runs.map(({ name, outcome }) => `${name} ${desiredCounts(outcome).join(' → ')}`);
  return (
    table([{ heading: '', cell: ({ name }: Figure) => name }, ...columns], compared) +
    textElement('p', { class: 'note' }, `Desired counts: ${steps.join('; ')}.`)
  );
}

function mostCpuPercent({ timeline }: Outcome): number | undefined {
  const percents = timeline.flatMap(({ cpuUtilizationPercent }) => cpuUtilizationPercent ?? []);
  return percents.length === 0 ? undefined : percents.reduce((most, percent) => Math.max(most, percent));
}

function said({ value, say }: Figure, run: ReportedRun): string {
  const number = value(run);
  return number === undefined ? '–' : say(number);
}

/** The difference in the figure's unit and as a share, where there is something to share. */
export function difference({ value, say }: Figure, first: ReportedRun, other: ReportedRun): string {
  const [before, after] = [value(first), value(other)];
  if (before === undefined || after === undefined) return '–';
  const apart = after - before;
  if (say(before) === say(after)) return 'none';
  const share =
    before > 0
      ? ` (${signed(apart, (100 * Math.abs(apart)) / before < 0.5 ? 'below 1' : ((100 * Math.abs(apart)) / before).toFixed(0))} %)`
      : '';
  return `${signed(apart, say(Math.abs(apart)))}${share}`;
}

function signed(value: number, text: string): string {
  return `${value < 0 ? '−' : '+'}${text}`;
}
