import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { validations } from './cases/validation';
import { validationTable } from './cases/validation-table';

const ALL = validations();
const PAGE = path.join(__dirname, '..', '..', 'docs', 'model.md');
const SECTION = /(<!-- validation: begin -->\n)[\s\S]*?(<!-- validation: end -->)/;

describe.each([...new Set(ALL.map((validation) => validation.case))])('$id: $title', (one) => {
  const own = ALL.filter((validation) => validation.case === one);

  test.each(own)('$what: $expected', ({ expected, got, isMet }) => {
    expect(isMet, `expected ${expected}, got ${got}`).toBe(true);
  });
});

test('docs/model.md shows what came of each case (written by vitest run --update)', async () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page).toMatch(SECTION);
  const table = validationTable(ALL);
  await expect(page.replace(SECTION, (_, begin, end) => `${begin}\n${table}\n\n${end}`)).toMatchFileSnapshot(PAGE);
});
