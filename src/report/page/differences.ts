import { desiredCounts } from '../../run/outcome';
import { FIGURES, significantFigures } from '../figure';
import { element, textElement } from '../markup';
import type { Report, ReportedRun } from '../report';
import { differenceCells } from '../run-differences';
import { table } from './page-tables';

/** The figures of several runs, and the difference of each from the first, the baseline. */
export function differencesTable(report: Report): string {
  const [headings, ...rows] = differenceCells(report);
  const columns = headings!.map((heading, index) => ({ heading, cell: (cells: readonly string[]) => cells[index]! }));
  const steps = report.runs.map(({ name, outcome }) => `${name} ${desiredCounts(outcome).join(' → ')}`);
  return table(columns, rows) + textElement('p', { class: 'note' }, `Desired counts: ${steps.join('; ')}.`);
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
