import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WARNING_PREFIX, WARNINGS } from '../../src/service/warnings';

test('the documentation lists every warning and its condition', () => {
  const page = readFileSync(new URL('../../docs/construct/warnings-and-errors.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, id, when]) => [id, when]);
  expect(listed).toEqual(Object.entries(WARNINGS));
  expect(page).toContain(`acknowledgeWarning('${WARNING_PREFIX}`);
});
