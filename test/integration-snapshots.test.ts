import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from './consumer';
import { synthesizeApp } from './synthesize-app';

const INTEG = join(ROOT, 'integ');
const APPS = readdirSync(INTEG).filter((file) => /^integ\..*\.ts$/.test(file));

/** The template of each assertion stack contains the time at which it was synthesized. */
const ASSERTIONS = /DefaultTestDeployAssert/;

const folder = mkdtempSync(join(tmpdir(), 'integration-snapshots-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an integration test writes the templates, assets and test cases of its snapshot', () => {
  test.each(APPS)('%s', async (app) => {
    const written = join(folder, app);
    await synthesize(app, written);
    expect(comparedFiles(written)).toEqual(comparedFiles(`${join(INTEG, app)}.snapshot`));
  });
});

/** As integ-runner does: with the feature flags that the CDK recommends, and without metadata. */
async function synthesize(app: string, outdir: string): Promise<void> {
  const flags = createRequire(import.meta.url)('@aws-cdk/integ-runner/lib/recommended-feature-flags.json');
  const context = { ...flags, '@aws-cdk/core:target-partitions': undefined, 'aws:cdk:disable-path-metadata': true };
  await synthesizeApp(join(INTEG, app), { outdir, context });
}

function comparedFiles(assembly: string): Record<string, unknown> {
  const names = readdirSync(assembly).filter((name) => /^integ\.json$|\.(template|assets)\.json$/.test(name) && !ASSERTIONS.test(name));
  return Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(join(assembly, name), 'utf8'))]));
}
