import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WARNING_PREFIX, WARNINGS } from '../../src/service/warnings';

test('the README lists every warning, and when it is given', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const listed = [...readme.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)].map(([, id, when]) => [id, when]);
  expect(listed).toEqual(Object.entries(WARNINGS));
  expect(readme).toContain(`acknowledgeWarning('${WARNING_PREFIX}`);
});
