import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, test } from 'vitest';
import { validations } from './cases/validation';
import { biasOfTimes, shareInRange, summaryOf, validationTable } from './cases/validation-table';

const ALL = validations();
const PAGE = path.join(__dirname, '..', '..', 'docs', 'model.md');
const SECTION = /(<!-- validation: begin -->\n)[\s\S]*?(<!-- validation: end -->)/;

describe.each([...new Set(ALL.map((validation) => validation.case))])('$id: $title', (one) => {
  const own = ALL.filter((validation) => validation.case === one);

  test.each(own)('$what: $expected', ({ expected, got, isMet }) => {
    expect(isMet, `expected ${expected}, got ${got}`).toBe(true);
  });
});

test('at least 85 % of the observed values lie within the range of the forecasts', () => {
  const { inside, all } = shareInRange(ALL);
  expect(all).toBeGreaterThan(15);
  expect(inside / all).toBeGreaterThanOrEqual(0.85);
});

test('times are neither too early nor too late: the mean signed error is within 10 %', () => {
  const { mean, count } = biasOfTimes(ALL);
  expect(count).toBeGreaterThan(8);
  expect(Math.abs(mean)).toBeLessThan(0.1);
});

test('docs/model.md shows what came of each case (written by vitest run --update)', async () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page).toMatch(SECTION);
  const table = `${summaryOf(ALL)}\n\n${validationTable(ALL)}`;
  await expect(page.replace(SECTION, (_, begin, end) => `${begin}\n${table}\n\n${end}`)).toMatchFileSnapshot(PAGE);
});
