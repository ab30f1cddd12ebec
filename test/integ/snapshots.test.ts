import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from '../consumer';
import { synthesizeApp } from '../synthesize-app';
import { assemblyOf } from './assembly-contents';

const INTEG = join(ROOT, 'integ');
const APPS = readdirSync(INTEG).filter((file) => /^integ\..*\.ts$/.test(file));

const folder = mkdtempSync(join(tmpdir(), 'integration-snapshots-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('an integration test writes the stacks, assertions, assets and test cases of its snapshot', () => {
  test.each(APPS)('%s', async (app) => {
    const written = join(folder, app);
    await synthesize(app, written);
    expect(assemblyOf(written)).toEqual(assemblyOf(`${join(INTEG, app)}.snapshot`));
  });
});

test.each(APPS)('the snapshot of %s has no stack trace, which has the paths of a machine', (app) => {
  const snapshot = `${join(INTEG, app)}.snapshot`;
  const written = readdirSync(snapshot).filter((name) => name.endsWith('.metadata.json'));
  expect(written.length).toBeGreaterThan(0);
  for (const name of written) expect(readFileSync(join(snapshot, name), 'utf8')).not.toContain('"trace"');
});

describe('a snapshot is another one', () => {
  const snapshot = () => structuredClone(assemblyOf(`${join(INTEG, APPS[0]!)}.snapshot`));
  const stackIn = ({ manifest }: ReturnType<typeof snapshot>) =>
    Object.values(manifest.artifacts).find((one) => one.type === 'aws:cloudformation:stack')!;

  test.each<[string, (assembly: ReturnType<typeof snapshot>) => unknown]>([
    [
      'with another expectation',
      ({ templates }) => {
        const assertions = Object.entries(templates).find(([name]) => name.includes('DeployAssert'))![1];
        Object.values(assertions.Resources).find(({ Type }) => Type.startsWith('Custom::'))!.Properties['expected'] = '5';
      },
    ],
    ['with another stack name', (assembly) => Object.assign(stackIn(assembly).properties, { stackName: 'Other' })],
    ['in another Region', (assembly) => Object.assign(stackIn(assembly), { environment: 'aws://unknown-account/eu-central-1' })],
    ['with other tags', (assembly) => Object.assign(stackIn(assembly).properties, { tags: { owner: 'search' } })],
    [
      'with a second stack',
      ({ manifest }) => Object.assign(manifest.artifacts, { Second: { type: 'aws:cloudformation:stack', properties: {} } }),
    ],
    ['with other Regions of a test case', ({ integ }) => Object.assign(Object.values(integ.testCases)[0]!, { regions: ['eu-central-1'] })],
  ])('%s', (_, change) => {
    const changed = snapshot();
    change(changed);
    expect(changed).not.toEqual(snapshot());
  });
});

/** As integ-runner does: with the feature flags that the CDK recommends, and without metadata. */
async function synthesize(app: string, outdir: string): Promise<void> {
  const flags = createRequire(import.meta.url)('@aws-cdk/integ-runner/lib/recommended-feature-flags.json');
  const context = { ...flags, '@aws-cdk/core:target-partitions': undefined, 'aws:cdk:disable-path-metadata': true };
  await synthesizeApp(join(INTEG, app), { outdir, context });
}
