import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../consumer';

test('the page about integration tests has a row for each one of this repository', () => {
  const [, tests] = readFileSync(join(ROOT, 'docs', 'integration-tests.md'), 'utf8').split('## The tests of this repository');
  const firstCells = tests!.split('\n').flatMap((line) => /^\| (`[^|]+) \|/.exec(line)?.slice(1) ?? []);
  const named = firstCells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const existing = readdirSync(join(ROOT, 'integ')).flatMap((file) => /^integ\.(.+)\.ts$/.exec(file)?.slice(1) ?? []);
  expect(named.sort()).toEqual(existing.sort());
});
