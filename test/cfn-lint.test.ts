import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as ours from '../src';
import { CFN_LINT_VERSION, type Finding, lintFindings } from './cfn-lint';
import { ROOT } from './consumer';
import { synthesizeApp } from './synthesize-app';
import { SERVICE_VARIANTS, stackNameOf, variantsApp } from './variants/service-variants';
import type { Variant } from './variants/variant';

/** What older versions of cfn-lint do not know; 1.58 does (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/target-tracking-faster-auto-scaling.html). */
const NEWER_THAN_CFN_LINT: Record<string, RegExp> = {
  'InstancesTest.template.json': /'AutoScalingInstanceRefresh' was unexpected/,
  'HighResolutionMetricsTest.template.json': /'Monitoring' was unexpected|'ECSServiceAverageCPUUtilizationHighResolution' is not one of/,
};

/** The first version that knows what AWS brought in 2026. */
const VERSION_OF_2026 = [1, 58];

const isMissing = CFN_LINT_VERSION === undefined;
if (isMissing) console.log('skipped: cfn-lint over the templates of examples, integration tests and variants: it is not installed');

describe.skipIf(isMissing)('cfn-lint finds nothing in the template of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const templates = isMissing
    ? []
    : [...templatesOfIntegrationTests(), join(folder, 'SearchService.template.json'), join(ROOT, 'examples/any-template/template.json')];
  const variants = isMissing ? [] : SERVICE_VARIANTS.filter(({ isOf2026 }) => isOf2026 !== true || knows2026(CFN_LINT_VERSION ?? ''));
  const wrong = join(folder, 'wrong.json');
  writeFileSync(wrong, '{"Resources":{"Bucket":{"Type":"AWS::S3::Bucket","Properties":{"BucketNme":"logs"}}}}');
  let findings: Finding[];
  let variantsFolder: string;
  beforeAll(async () => {
    await synthesizeApp(join(ROOT, 'examples/search-service/app.ts'), { outdir: folder });
    variantsFolder = synthesizeVariants(folder);
    findings = lintFindings([...templates, ...variants.map((variant) => templateOf(variantsFolder, variant))], wrong);
  }, 900_000);

  test.each(templates.map((file) => [basename(file), file]))('%s', (name, file) => {
    const unknown = findings.filter(({ Filename, Message }) => Filename === file && NEWER_THAN_CFN_LINT[name!]?.test(Message) !== true);
    expect(unknown.map(({ Message, Rule }) => `${Rule.Id}: ${Message}`)).toEqual([]);
  });

  test.each(variants.map((variant): [string, Variant] => [variant.title, variant]))('a service with %s', (_, variant) => {
    const found = findings.filter(({ Filename }) => Filename === templateOf(variantsFolder, variant));
    expect(found.map(({ Message, Rule }) => `${Rule.Id}: ${Message}`)).toEqual([]);
  });

  test('and reads every one of them', () => {
    expect(findings.filter(({ Filename }) => Filename === null)).toEqual([]);
  });

  test('and would have found a property that CloudFormation does not know', () => {
    expect(findings.filter(({ Filename }) => Filename === wrong)).toMatchObject([{ Rule: { Id: 'E3002' } }]);
  });
});

/** As they were accepted: another check compares them with what the apps write, in folders of its own that come and go beside these. */
function templatesOfIntegrationTests(): string[] {
  const folders = readdirSync(join(ROOT, 'integ')).filter((name) => /^integ\..*\.snapshot$/.test(name));
  return folders.flatMap((folder) => templatesIn(join(ROOT, 'integ', folder)).filter((file) => !file.includes('DefaultTestDeployAssert')));
}

function knows2026(text: string): boolean {
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
  return major > VERSION_OF_2026[0]! || (major === VERSION_OF_2026[0] && minor >= VERSION_OF_2026[1]!);
}

/** Synthesizes the variants with the oldest CDK that is supported: its templates have no types that a newer one checks. */
function synthesizeVariants(folder: string): string {
  const { app } = variantsApp(folder, { cdk, ours });
  return app.synth().directory;
}

function templateOf(folder: string, variant: Variant): string {
  return join(folder, `${stackNameOf(variant)}.template.json`);
}

function templatesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(folder, file));
}
