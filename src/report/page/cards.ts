import { FIGURES, tellingFigures } from '../figure';
import { element, textElement } from '../markup';
import type { ReportedRun } from '../report';

/** The figures of a run as small cards. */
export function cards(run: ReportedRun): string {
  const drawn = tellingFigures(FIGURES, [run]).flatMap(({ name, value, say, note }) => {
    const number = value(run);
    if (number === undefined) return [];
    const below = note?.(run);
    const texts = [textElement('dt', {}, name), textElement('dd', { class: 'figure' }, say(number))];
    return [element('div', {}, below === undefined ? texts : [...texts, textElement('dd', { class: 'note' }, below)])];
  });
  return element('dl', { class: 'cards' }, drawn);
}
