import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { App, Stack } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Consumer, NAME, ROOT } from './consumer';
import { APPS, EXAMPLES } from './examples/examples';
import { SERVICE_VARIANTS, stackNameOf, variantsApp } from './variants/service-variants';

const newest = new Consumer('copy', join(ROOT, 'test/newest-cdk'), ['aws-cdk-lib', 'constructs', '@aws-cdk/integ-tests-alpha']);
afterAll(() => newest.remove());

const cdk: typeof import('aws-cdk-lib') = newest.require('aws-cdk-lib');
const ours: typeof import('../src') = newest.require(NAME);
const { EcsServiceChecks } = ours;

/** Makes errors of what the CDK finds in a template by itself. Older versions, such as the one the other tests run with, do not look. */
const VALIDATED = { '@aws-cdk/core:validateAgainstDefaultRules': true };
const FLAG_SETS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['without other feature flags', VALIDATED],
  ['with all recommended feature flags', { ...newest.require('aws-cdk-lib/recommended-feature-flags.json'), ...VALIDATED }],
];

/** What became of all variants of the construct, which are synthesized together. */
interface SynthesizedVariants {
  readonly findings: readonly Finding[];

  /** Undefined where an error was found. */
  readonly assembly?: CloudAssembly;
}

describe.each(FLAG_SETS)('beside the newest CDK, %s', (_, context) => {
  let variants: SynthesizedVariants;
  beforeAll(() => {
    vi.stubEnv('JSII_DEPRECATED', 'fail');
    variants = synthesizeVariants(context);
    vi.unstubAllEnvs();
  }, 900_000);

  test.each(SERVICE_VARIANTS.map((variant) => [variant.title, stackNameOf(variant)]))(
    '%s has neither errors nor warnings, and calls nothing that is deprecated',
    (__, stackName) => {
      const ofStack = ({ violatingConstructs }: Finding): boolean =>
        violatingConstructs.some(({ constructPath }) => constructPath.startsWith(`${stackName}/`));
      expect(variants.findings.filter(ofStack)).toEqual([]);
      expect(variants.assembly?.getStackByName(stackName).messages).toEqual([]);
    },
  );

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

test('the checks are a plugin of its validations: an error fails the synthesis, with the construct and the fix', () => {
  const stack = stackWith({});
  const app = stack.node.root as InstanceType<typeof cdk.App>;
  (cdk as unknown as { Validations: { of(app: unknown): { addPlugins(plugin: object): void } } }).Validations.of(app).addPlugins(
    new EcsServiceChecks(),
  );
  const properties = { EphemeralStorage: { SizeInGiB: 20 }, ContainerDefinitions: [] };
  new cdk.CfnResource(stack, 'Task', { type: 'AWS::ECS::TaskDefinition', properties });
  expect(() => app.synth()).toThrow(/ephemeral-storage|SizeInGiB is 20/);
  const report = readFileSync(join(app.outdir, 'validation-report.json'), 'utf8');
  expect(JSON.parse(report).pluginReports).toContainEqual(
    expect.objectContaining({
      pluginName: 'EcsServiceChecks',
      violations: [
        expect.objectContaining({ severity: 'error', violatingConstructs: [expect.objectContaining({ constructPath: 'Shop/Task' })] }),
      ],
    }),
  );
});

/** An error fails the synthesis of all; the report then has it all the same. */
function synthesizeVariants(context: Record<string, unknown>): SynthesizedVariants {
  const { app } = variantsApp(newest.folder, { cdk, ours }, context);
  const assembly = assemblyOrNone(app);
  return { assembly, findings: findingsIn(app.outdir) };
}

function assemblyOrNone(app: App): CloudAssembly | undefined {
  try {
    return app.synth();
  } catch {
    return undefined;
  }
}

function stackWith(context: Record<string, unknown>): Stack {
  return new cdk.Stack(new cdk.App({ context, outdir: mkdtempSync(join(newest.folder, 'cdk.out-')) }), 'Shop');
}

interface Finding {
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

/** What the CDK has to say of the templates that it wrote to a folder: there is a report where it has looked, be it empty. */
function findingsIn(folder: string): Finding[] {
  const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap(({ violations }: { violations: Finding[] }) => violations);
}

/** Puts every app of the examples and of the integration tests into the project; says which they are. */
function copyApps(): string[] {
  const files = readdirSync(join(ROOT, 'integ')).filter((file) => file.endsWith('.ts'));
  for (const file of files) copyFileSync(join(ROOT, 'integ', file), join(newest.folder, file));
  for (const name of APPS) cpSync(join(EXAMPLES, name), join(newest.folder, name), { recursive: true });
  return [...files.filter((file) => file.startsWith('integ.')), ...APPS.map((name) => `${name}/app.ts`)];
}

/** One process for all: each app gets its output folder before it begins, and writes when all are loaded. */
function synthesizeAll(apps: readonly string[]): void {
  const loads = apps.map((app) => `process.env.CDK_OUTDIR = ${JSON.stringify(outputOf(app))};\nawait import('./${app}');`);
  writeFileSync(join(newest.folder, 'all.mjs'), loads.join('\n'));
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(VALIDATED) };
  execFileSync(process.execPath, ['--import', pathToFileURL(tsx).href, 'all.mjs'], { cwd: newest.folder, env, stdio: 'pipe' });
}

function outputOf(app: string): string {
  return join(newest.folder, `${app.replace('/', '-')}.out`);
}
