import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHECKS } from '../../src/lint/checks/checks';
import { UPDATE_CHECKS } from '../../src/lint/updates/update-checks';

const PAGE = join(__dirname, '..', '..', 'docs', 'lint.md');

/** `npx vitest run test/docs -u` writes them anew, where a check has changed. */
test('docs/lint.md lists the checks of today', async () => {
  const tables = { checks: CHECKS, 'update checks': UPDATE_CHECKS };
  const page = Object.entries(tables).reduce((text, [name, rows]) => withTable(text, name, rows), readFileSync(PAGE, 'utf8'));
  await expect(page).toMatchFileSnapshot(PAGE);
});

type Row = Readonly<Record<'id' | 'severity' | 'finds' | 'consequence', string>>;

/** Replaces what is between the two comments of a name. */
function withTable(page: string, name: string, rows: readonly Row[]): string {
  const [start, end] = [new RegExp(`<!-- ${name}: .*-->\n`), `<!-- /${name} -->`];
  const from = start.exec(page);
  if (from === null || !page.includes(end)) throw new Error(`the page has no place for its ${name}`);
  const first = from.index + from[0].length;
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const table = rows.map(
    ({ id, severity, finds, consequence }) => `| <a id="${id}"></a>\`${id}\` | ${severity} | ${cell(finds)} | ${cell(consequence)} |`,
  );
  return `${page.slice(0, first)}\n| check | severity | finds | otherwise |\n|---|---|---|---|\n${table.join('\n')}\n\n${page.slice(page.indexOf(end))}`;
}
