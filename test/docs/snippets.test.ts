import { join } from 'node:path';
import { expect, test } from 'vitest';
import { snippetsOfPages } from './snippets-of-pages';

test('snippets.ts, which the type check covers, has the TypeScript of every page (written by vitest run test/docs -u)', async () => {
  const folder = join(__dirname, '..', '..', 'docs');
  await expect(snippetsOfPages(folder)).toMatchFileSnapshot(join(__dirname, 'snippets.ts'));
});
