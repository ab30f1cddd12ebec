import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cliReference } from './cli-reference';

/** `npx vitest run test/docs -u` writes it anew, where an option has changed. */
test('docs/cli.md lists the commands and options of today', async () => {
  await expect(cliReference()).toMatchFileSnapshot(join(__dirname, '..', '..', 'docs', 'cli.md'));
});
