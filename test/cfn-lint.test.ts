import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from './consumer';

/** What the CDK itself writes in duplicate: a dependency beside the reference that says the same. */
const OF_THE_CDK = 'W3005';

/** What older versions of cfn-lint do not know; 1.58 does (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/target-tracking-faster-auto-scaling.html). */
const NEWER_THAN_CFN_LINT: Record<string, RegExp> = {
  'HighResolutionMetricsTest.template.json': /'Monitoring' was unexpected|'ECSServiceAverageCPUUtilizationHighResolution' is not one of/,
};

const isMissing = spawnSync('cfn-lint', ['--version']).status !== 0;
if (isMissing) console.log('skipped: cfn-lint over the templates of the examples and the integration tests: it is not installed');

describe.skipIf(isMissing)('cfn-lint finds nothing in the template of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const templates = isMissing ? [] : [...templatesOfIntegrationTests(), templateOfExample(folder)];
  test.each(templates.map((file) => [basename(file), file]))('%s', { timeout: 60_000 }, (_, file) => {
    expect(findingsIn(file!)).toEqual([]);
  });
});

/** As they were accepted: another check compares them with what the apps write. */
function templatesOfIntegrationTests(): string[] {
  const folders = readdirSync(join(ROOT, 'integ')).filter((name) => name.endsWith('.snapshot'));
  return folders.flatMap((folder) => templatesIn(join(ROOT, 'integ', folder)).filter((file) => !file.includes('DefaultTestDeployAssert')));
}

function templateOfExample(folder: string): string {
  const args = ['--import', 'tsx', 'examples/search-service/app.ts'];
  const env = { ...process.env, CDK_OUTDIR: folder, TSX_TSCONFIG_PATH: 'tsconfig.dev.json' };
  execFileSync(process.execPath, args, { cwd: ROOT, env, stdio: 'pipe' });
  return templatesIn(folder)[0]!;
}

function templatesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => join(folder, file));
}

function findingsIn(template: string): string[] {
  const { stdout } = spawnSync('cfn-lint', ['--format', 'json', '--ignore-checks', OF_THE_CDK, '--', template], { encoding: 'utf8' });
  const findings: { Message: string; Rule: { Id: string } }[] = JSON.parse(stdout);
  const known = NEWER_THAN_CFN_LINT[basename(template)];
  return findings.filter(({ Message }) => known?.test(Message) !== true).map(({ Message, Rule }) => `${Rule.Id}: ${Message}`);
}
