import { element, textElement } from '../markup';
import type { Column } from '../text/columns';

/** A table in HTML; the first column names its row. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], kind: 'numbers' | 'words' = 'numbers'): string {
  const head = element(
    'tr',
    {},
    columns.map(({ heading }) => textElement('th', { scope: 'col' }, heading.trim())),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      columns.map(({ cell }, index) => (index === 0 ? textElement('th', { scope: 'row' }, cell(row)) : textElement('td', {}, cell(row)))),
    ),
  );
  return element('div', { class: 'wide' }, element('table', { class: kind }, [element('thead', {}, head), element('tbody', {}, body)]));
}
