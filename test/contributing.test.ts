import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('CONTRIBUTING has a line for every npm script, and no line for one that does not exist', () => {
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
  const explained = [...read('CONTRIBUTING.md').matchAll(/^\* `npm run ([^`]+)`/gm)].map(([, script]) => script);
  expect(explained.sort()).toEqual(scripts.sort());
});

function read(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}
