import { formatElapsed } from '../../parse/durations';
import type { Agreement } from '../../recording/agreement';
import { cellLines } from './columns';

/** How far runs are from what was observed, by their names. */
export interface NamedAgreement {
  readonly name: string;
  readonly agreement: Agreement;
}

/** How far each of several runs is from what was observed, as a table with a column for each. */
export function agreementLines(named: readonly NamedAgreement[]): string[] {
  const row = (name: string, cell: (agreement: Agreement) => string): string[] => [name, ...named.map(({ agreement }) => cell(agreement))];
  return cellLines([
    ['', ...named.map(({ name }) => name)],
    row(
      'activities with the same counts',
      ({ activities: { same, observed, other } }) => `${same} of ${observed} observed and ${other} here`,
    ),
    row('in the same direction, other counts', ({ activities: { sameDirection } }) => String(sameDirection)),
    row('time between the two, mean', ({ activities: { meanSecondsApart } }) => formatSeconds(meanSecondsApart)),
    row('time between the two, at most', ({ activities: { maxSecondsApart } }) => formatSeconds(maxSecondsApart)),
    row('CPU of a minute, points apart, mean', ({ cpuPoints }) => formatPoints(cpuPoints?.mean)),
    row('CPU of a minute, 90 of 100 within', ({ cpuPoints }) => formatPoints(cpuPoints?.p90)),
    row('CPU, points above the observed', ({ cpuPoints }) => (cpuPoints === undefined ? '–' : signed(cpuPoints.bias))),
    row('hours of running tasks', ({ taskHours }) => `${taskHours.other.toFixed(2)}, ${taskHours.observed.toFixed(2)} observed`),
    row('hours of running tasks, difference', ({ taskHours: { percentApart } }) => `${signed(percentApart)} %`),
  ]);
}

function formatSeconds(seconds: number | undefined): string {
  return seconds === undefined ? '–' : formatElapsed(seconds);
}

function formatPoints(points: number | undefined): string {
  return points === undefined ? '–' : Math.abs(points).toFixed(1);
}

/** A difference with its sign; without one where it is rounded to 0. */
function signed(value: number): string {
  const text = Math.abs(value).toFixed(1);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
}
