import { copyFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Consumer, NAME, ROOT } from './consumer';
import { APPS, EXAMPLES } from './examples/examples';
import { runApp } from './synthesize-app';
import { SERVICE_VARIANTS, stackNameOf, variantsApp, WITHOUT_RECORDS } from './variants/service-variants';

const newest = new Consumer('copy', join(ROOT, 'test/newest-cdk'), ['aws-cdk-lib', 'constructs', '@aws-cdk/integ-tests-alpha']);
afterAll(() => newest.remove());

const cdk: typeof import('aws-cdk-lib') = newest.require('aws-cdk-lib');
const ours: typeof import('../src') = newest.require(NAME);
const { EcsServiceChecks } = ours;

/** A template that the validation must not accept. */
const WRONG = join(newest.folder, 'wrong.template.json');
writeFileSync(WRONG, '{"Resources":{"Bucket":{"Type":"AWS::S3::Bucket","Properties":{"BucketNme":"logs"}}}}');

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
  let violations: PolicyViolation[];
  beforeAll(async () => {
    await synthesizeAll(apps);
    violations = violationsIn([...apps.flatMap(stacksOf), { templatePath: WRONG, stackConstructPath: 'Wrong' }]);
  }, 900_000);
  const violationsOf = (templates: readonly string[]): PolicyViolation[] =>
    violations.filter(({ violatingResources }) => violatingResources.some(({ templatePath }) => templates.includes(templatePath)));

  test.each(apps)('%s', (app) => {
    const templates = stacksOf(app).map(({ templatePath }) => templatePath);
    expect(templates).not.toEqual([]);
    expect(violationsOf(templates)).toEqual([]);
    expect(annotationsIn(outputOf(app))).toEqual([]);
  });

  test('and would have found a property that CloudFormation does not know', () => {
    expect(violationsOf([WRONG])).toMatchObject([{ severity: 'error', description: expect.stringContaining('BucketNme') }]);
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
  return new cdk.Stack(
    new cdk.App({ context: { ...WITHOUT_RECORDS, ...context }, outdir: mkdtempSync(join(newest.folder, 'cdk.out-')) }),
    'Shop',
  );
}

interface Finding {
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

/** What the CDK has to say of the templates that it wrote to a folder: there is a report where it has looked, be it empty. */
function findingsIn(folder: string): Finding[] {
  const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
  return pluginReports.flatMap(({ violations }: { violations: Finding[] }) => violations);
}

/** What the constructs of an app have annotated, where there is a report. */
function annotationsIn(folder: string): Finding[] {
  return existsSync(join(folder, 'validation-report.json')) ? findingsIn(folder) : [];
}

/** Puts every app of the examples and of the integration tests into the project; says which they are. */
function copyApps(): string[] {
  const files = readdirSync(join(ROOT, 'integ')).filter((file) => file.endsWith('.ts'));
  for (const file of files) copyFileSync(join(ROOT, 'integ', file), join(newest.folder, file));
  for (const name of APPS) cpSync(join(EXAMPLES, name), join(newest.folder, name), { recursive: true });
  return [...files.filter((file) => file.startsWith('integ.')), ...APPS.map((name) => `${name}/app.ts`)];
}

/** Runs the apps on the newest CDK. What it finds in their templates is asked for once for all: it prepares itself for the types of an app. */
async function synthesizeAll(apps: readonly string[]): Promise<void> {
  const [entryPoints, outdir] = [apps.map((app) => join(newest.folder, app)), newest.folder];
  await build({ entryPoints, outdir, outbase: outdir, bundle: true, packages: 'external', platform: 'node', logLevel: 'silent' });
  vi.stubEnv('CDK_VALIDATION', 'false');
  for (const app of apps) {
    await runApp(() => newest.require(`./${app.replace(/\.ts$/, '.js')}`), { outdir: outputOf(app), context: VALIDATED });
  }
  vi.unstubAllEnvs();
}

interface StackTemplate {
  readonly templatePath: string;
  readonly stackConstructPath: string;
  readonly accountId?: string;
  readonly region?: string;
}

/** The stacks that an app has written, as the validation of the CDK names them. */
function stacksOf(app: string): StackTemplate[] {
  const known = (value: string): string | undefined => (value.startsWith('unknown-') ? undefined : value);
  return new cdk.cx_api.CloudAssembly(outputOf(app)).stacksRecursively.map(({ templateFullPath, hierarchicalId, environment }) => ({
    templatePath: templateFullPath,
    stackConstructPath: hierarchicalId,
    accountId: known(environment.account),
    region: known(environment.region),
  }));
}

interface PolicyViolation {
  readonly severity: string;
  readonly description: string;
  readonly violatingResources: readonly { readonly templatePath: string }[];
}

/** What the rules of CloudFormation find, with which the CDK validates each app by itself. */
function violationsIn(stackTemplates: readonly StackTemplate[]): PolicyViolation[] {
  const { CloudFormationValidatePlugin } = cdk as unknown as {
    CloudFormationValidatePlugin: new () => { validate(context: object): { violations: PolicyViolation[] } };
  };
  return new CloudFormationValidatePlugin().validate({ stackTemplates }).violations;
}

function outputOf(app: string): string {
  return join(newest.folder, `${app.replace('/', '-')}.out`);
}
