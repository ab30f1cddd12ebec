import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the unit test in the README is the one that is run here', () => {
  expect(read('README.md')).toContain(`\`\`\`js\n${read('test/readme-forecast.test.ts')}\`\`\``);
});

function read(file: string): string {
  return readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
}
