import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { twoPathsDocument } from './two-paths-document';

/** `npx vitest run test/docs -u` writes them anew, where a change of the model has moved them; read the difference. */
describe('the two paths are what the code says today', () => {
  test.each([...twoPathsDocument()])('docs/%s', async (path, text) => {
    await expect(text).toMatchFileSnapshot(join(__dirname, '..', '..', 'docs', path));
  });
});
