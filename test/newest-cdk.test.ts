import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Stack } from 'aws-cdk-lib';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ScalableStatelessServiceProps } from '../src';
import { Consumer, NAME, ROOT } from './consumer';

const newest = new Consumer(join(ROOT, 'test/newest-cdk'), ['aws-cdk-lib', 'constructs', '@aws-cdk/integ-tests-alpha']);
afterAll(() => newest.remove());

const cdk: typeof import('aws-cdk-lib') = newest.require('aws-cdk-lib');
const { Certificate }: typeof import('aws-cdk-lib/aws-certificatemanager') = newest.require('aws-cdk-lib/aws-certificatemanager');
const { Deployment, Firewall, ScalableStatelessService }: typeof import('../src') = newest.require(NAME);

/** Makes errors of what the CDK finds in a template by itself. Older versions, such as the one the other tests run with, do not look. */
const VALIDATED = { '@aws-cdk/core:validateAgainstDefaultRules': true };
const FLAG_SETS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['without other feature flags', VALIDATED],
  ['with all recommended feature flags', { ...newest.require('aws-cdk-lib/recommended-feature-flags.json'), ...VALIDATED }],
];

const CERTIFICATE = 'arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
const SERVICES: readonly (readonly [string, (stack: Stack) => ScalableStatelessServiceProps])[] = [
  ['the default service', () => ({})],
  [
    'a service with HTTPS, a firewall and two versions side by side',
    (stack) => ({
      certificate: Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE),
      firewall: Firewall.managed(),
      deployment: Deployment.blueGreen(),
    }),
  ],
];

describe.each(FLAG_SETS)('beside the newest CDK, %s', (_, context) => {
  beforeEach(() => void vi.stubEnv('JSII_DEPRECATED', 'fail'));
  afterEach(() => void vi.unstubAllEnvs());

  test.each(SERVICES)('%s has neither errors nor warnings, and calls nothing that is deprecated', (_, propsIn) => {
    const stack = stackWith(context);
    new ScalableStatelessService(stack, 'Search', propsIn(stack));
    const assembly = (stack.node.root as InstanceType<typeof cdk.App>).synth();
    expect(assembly.getStackByName('Shop').messages).toEqual([]);
    expect(findingsIn(assembly.directory)).toEqual([]);
  });

  test('a property that CloudFormation does not know would have been an error', () => {
    const stack = stackWith(context);
    new cdk.CfnResource(stack, 'Bucket', { type: 'AWS::S3::Bucket', properties: { BucketNme: 'logs' } });
    expect(() => (stack.node.root as InstanceType<typeof cdk.App>).synth()).toThrow("'BucketNme' was unexpected");
  });
});

test('a deprecated call would have been an error, the first time that it is made', () => {
  vi.stubEnv('JSII_DEPRECATED', 'fail');
  expect(() => cdk.SecretValue.plainText('secret')).toThrow('deprecated');
  vi.unstubAllEnvs();
});

describe('the newest CDK finds nothing in the template of', () => {
  const apps = copyApps();
  synthesizeAll(apps);

  test.each(apps)('%s', (app) => {
    const written = readdirSync(outputOf(app)).filter((file) => file.endsWith('.template.json'));
    expect(written).not.toEqual([]);
    expect(findingsIn(outputOf(app))).toEqual([]);
  });
});

function stackWith(context: Record<string, unknown>): Stack {
  return new cdk.Stack(new cdk.App({ context, outdir: mkdtempSync(join(newest.folder, 'cdk.out-')) }), 'Shop');
}

/** What the CDK has to say of the templates that it wrote to a folder: there is a report where it has looked, be it empty. */
function findingsIn(folder: string): unknown[] {
  const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap(({ violations }: { violations: unknown[] }) => violations);
}

/** Puts every app of the examples and of the integration tests into the project; says which they are. */
function copyApps(): string[] {
  const files = ['integ', 'examples/search-service'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => [folder, file] as const),
  );
  for (const [folder, file] of files) copyFileSync(join(ROOT, folder, file), join(newest.folder, file));
  return files.map(([, file]) => file).filter((file) => file === 'app.ts' || file.startsWith('integ.'));
}

/** One process for all: each app is told where to write before it begins, and writes when all have been loaded. */
function synthesizeAll(apps: readonly string[]): void {
  const loads = apps.map((app) => `process.env.CDK_OUTDIR = ${JSON.stringify(outputOf(app))};\nawait import('./${app}');`);
  writeFileSync(join(newest.folder, 'all.mjs'), loads.join('\n'));
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(VALIDATED) };
  execFileSync(process.execPath, ['--import', pathToFileURL(tsx).href, 'all.mjs'], { cwd: newest.folder, env, stdio: 'pipe' });
}

function outputOf(app: string): string {
  return join(newest.folder, `${app}.out`);
}
