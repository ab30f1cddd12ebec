import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Consumer } from '../../consumer';
import { soundTemplate } from '../../lint/sound-template';
import { PRACTICAL_ON_EC2 } from '../../plan/terraform/systems';
import { terraformPlan } from '../../plan/terraform/terraform-plan';
import { runCommand } from '../run-command';
import { runCommandHere } from '../run-command-here';

const SCENARIO = ['--traffic', 'rps 20..60 for 5m, rps 60 for 10m', '--seeds', '3'];

/** Two commits of a repository: a file of each, by its path. */
type Files = Readonly<Record<string, string>>;

/** Makes a repository in a folder, with a branch `main` and a change of it on the branch that is checked out. */
function commitChange(folder: string, main: Files, change: Files): void {
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
  git('init', '--quiet', '--initial-branch', 'main');
  for (const [title, files] of [
    ['main', main],
    ['change', change],
  ] as const) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', title);
    if (title === 'main') git('switch', '--quiet', '--create', 'change');
  }
}

/** The folders of working trees that git knows in a repository. */
function workingTrees(folder: string): string[] {
  const listed = execFileSync('git', ['worktree', 'list', '--porcelain'], { cwd: folder, encoding: 'utf8' });
  return [...listed.matchAll(/^worktree (.*)$/gm)].map(([, path]) => path!);
}

const checkedOut = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('base-commit-'));

const app = (props: string): string => `
  const { App, Stack } = require('aws-cdk-lib');
  const { ScalableStatelessService } = require('cdk-scalable-stateless-service');
  new ScalableStatelessService(new Stack(new App(), 'Shop'), 'Search', ${props});`;

describe('gate, of an app in a subfolder of a repository', () => {
  let project: Consumer;
  let result: Awaited<ReturnType<typeof runCommand>>;
  const read = (file: string): string => readFileSync(join(project.folder, 'infrastructure', file), 'utf8');

  beforeAll(async () => {
    project = new Consumer('copy');
    const main = {
      '.gitignore': 'node_modules\n',
      'infrastructure/cdk.json': '{ "app": "node app.js" }',
      'infrastructure/app.js': app('{ minCapacity: 2 }'),
    };
    commitChange(project.folder, main, { 'infrastructure/app.js': app('{ minCapacity: 3, targetCpuUtilizationPercent: 40 }') });
    const files = ['--svg', 'forecast.svg', '--comment', 'comment.md'];
    result = await runCommand(['gate', '--base', 'main', ...SCENARIO, ...files], join(project.folder, 'infrastructure'));
  }, 300_000);

  afterAll(() => project.remove());

  test('synthesizes both commits, and exits with 0 where the change is sound', () => {
    expect(result).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('not met') });
    expect(result.stdout).toContain('policy.minCapacity: 2 → 3');
  });

  test('comments on what changes: figures side by side, settings, and what the update does', () => {
    const comment = read('comment.md');
    const hash = execFileSync('git', ['rev-parse', '--short', 'main'], { cwd: project.folder, encoding: 'utf8' }).trim();
    expect(comment).toContain(`|  | main (${hash}) | this change |`);
    expect(comment).toContain('| maximum tasks | 2 | 3 |');
    expect(comment).toMatch(/\* this change against main \(\w+\): costs \$[\d.]+ more a month/);
    expect(comment).toContain('| `policy.minCapacity` | 2 | 3 |');
    expect(comment).toMatch(/\| `policy\.targetTracking\.[a-zA-Z]\w*\.targetValue` \| 50 \| 40 \|/);
    expect(comment).toContain('in place, the tasks stay');
    expect(comment).toMatch(/^### Forecast of `SearchService\w*`: passed\n/);
  });

  test('draws both in one picture', () => {
    const picture = read('forecast.svg');
    expect(picture).toMatch(/^<svg .*<\/svg>$/s);
    expect(picture).toContain('main (');
    expect(picture).toContain('this change');
  });

  test('leaves no working tree behind, and the packages where they are', () => {
    expect(workingTrees(project.folder)).toEqual([realpathSync(project.folder)]);
    expect(existsSync(join(project.installed, 'package.json'))).toBe(true);
  });
});

describe('gate, of a template in a repository', () => {
  let folder: string;
  let before: string[];
  const gate = (...words: string[]) => runCommandHere(['gate', '--template', 'template.json', ...SCENARIO, ...words], folder);
  const templateWith = (change: (template: ReturnType<typeof soundTemplate>) => void): string => {
    const template = soundTemplate();
    change(template);
    return JSON.stringify(template);
  };
  const sound = JSON.stringify(soundTemplate());

  beforeEach(() => {
    before = checkedOut();
    folder = mkdtempSync(join(tmpdir(), 'repository-'));
    return () => {
      expect(checkedOut()).toEqual(before);
      rmSync(folder, { recursive: true });
    };
  });

  test('exits with 1 if an expectation is not met, and the comment says which', async () => {
    commitChange(folder, { 'template.json': sound }, {});
    const { exitCode, stderr } = await gate('--base', 'main', '--expect-max-tasks', '90', '--comment', 'comment.md');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('not met: the maximum number of tasks must be 90');
    const comment = readFileSync(join(folder, 'comment.md'), 'utf8');
    expect(comment).toContain(': failed\n');
    expect(comment).toContain('**not met:** the maximum number of tasks must be 90');
    expect(comment).toContain('No setting of scaling changes.');
  });

  test('exits with 1 if the update fails or stops serving', async () => {
    const change = templateWith(({ Resources }) => {
      Resources['Group']!.Properties.Port = 8080;
    });
    commitChange(folder, { 'template.json': sound }, { 'template.json': change });
    const { exitCode, stderr } = await gate('--base', 'main');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/not met: the update must be safe, got .* of Group/),
    });
  });

  test('compares with the commit from which the change branched off', async () => {
    const change = templateWith(({ Resources }) => {
      Resources['Target']!.Properties.MinCapacity = 3;
    });
    commitChange(folder, { 'template.json': sound }, { 'template.json': change });
    const later = templateWith(({ Resources }) => {
      Resources['Target']!.Properties.MinCapacity = 1;
    });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], { cwd: folder });
    git('switch', '--quiet', 'main');
    writeFileSync(join(folder, 'template.json'), later);
    git('commit', '--quiet', '--all', '--message', 'later');
    git('switch', '--quiet', 'change');
    const { stdout } = await gate('--base', 'main', '--json');
    const { settings } = JSON.parse(stdout);
    expect(settings).toEqual([
      { setting: 'policy.minCapacity', before: String(soundTemplate().Resources['Target']!.Properties.MinCapacity), after: '3' },
    ]);
  });

  test('forecasts the change alone if the base has no service yet', async () => {
    commitChange(folder, { 'README.md': 'soon' }, { 'template.json': sound });
    const { exitCode, stdout } = await gate('--base', 'main', '--comment', 'comment.md', '--svg', 'forecast.svg');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Nothing to compare with in main');
    expect(readFileSync(join(folder, 'comment.md'), 'utf8')).toContain('There is nothing to compare with in `main');
    expect(readFileSync(join(folder, 'forecast.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>$/s);
  });

  test.each<[string, Files, Files, boolean]>([
    ['its lock file differs', { 'package.json': '{}' }, { 'package.json': '{ "version": "2" }' }, true],
    ['it is a workspace of npm or Yarn', { 'package.json': '{ "workspaces": ["packages/*"] }' }, {}, true],
    ['it is a workspace of pnpm', { 'package.json': '{}', 'pnpm-workspace.yaml': 'packages: [packages/*]' }, {}, true],
    ['the change makes it a workspace', { 'package.json': '{}' }, { 'pnpm-workspace.yaml': 'packages: [packages/*]' }, true],
    ['it has a package of a path', { 'package.json': '{ "dependencies": { "shared": "file:../shared" } }' }, {}, true],
    ['it has a link of pnpm or Yarn', { 'package.json': '{ "devDependencies": { "shared": "link:../shared" } }' }, {}, true],
    ['it has an archive, which it does not', { 'package.json': '{ "dependencies": { "shared": "file:shared.tgz" } }' }, {}, false],
    ['nothing differs, which it does not', { 'package.json': '{}' }, { 'README.md': 'soon' }, false],
  ])('installs the packages of the base if %s', async (_, packages, change, isInstalled) => {
    commitChange(folder, { '.gitignore': 'node_modules\n', 'template.json': sound, ...packages }, change);
    mkdirSync(join(folder, 'node_modules'));
    const install = `node -e "require('fs').appendFileSync(${JSON.stringify(join(folder, 'installed.txt')).replaceAll('"', "'")}, process.cwd())"`;
    const { exitCode } = await gate('--base', 'main', '--install', install);
    expect(exitCode).toBe(0);
    const installed = join(folder, 'installed.txt');
    expect(existsSync(installed) ? readFileSync(installed, 'utf8') : '').toMatch(isInstalled ? /base-commit-[^/]*$/ : /^$/);
  });

  test('forecasts the change alone if the packages of the base cannot be installed', async () => {
    const main = { '.gitignore': 'node_modules\n', 'template.json': sound, 'package.json': '{}' };
    commitChange(folder, main, { 'package.json': '{ "version": "2" }' });
    mkdirSync(join(folder, 'node_modules'));
    const { exitCode, stdout } = await gate('--base', 'main', '--install', 'echo no such package >&2; exit 3');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('ended with exit code 3: no such package');
  });

  test('compares with the template of a deployed stack', async () => {
    writeFileSync(join(folder, 'template.json'), sound);
    writeFileSync(join(folder, 'deployed.json'), sound);
    expect(await gate('--base-template', 'deployed.json')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('in place') });
  });

  test.each<[string, string[], Files, Files?]>([
    ['--parameter', ['--parameter', 'Min=4'], {}],
    ['--parameters-file', ['--parameters-file', 'given.json'], { 'given.json': '{ "Min": "4" }' }],
    ['a parameters file that only the change has', ['--parameters-file', 'given.json'], {}, { 'given.json': '{ "Min": "4" }' }],
    ['a parameter that only the change has', ['--parameter', 'Min=4', '--parameter', 'New=1'], {}],
  ])('gives %s to both states', async (_, words, files, added = {}) => {
    const withMinimum = (parameters: object): string =>
      templateWith((template) => {
        template.Parameters = { Min: { Type: 'Number', Default: '2' }, ...parameters };
        template.Resources['Target']!.Properties.MinCapacity = { Ref: 'Min' };
      });
    const main = withMinimum({});
    commitChange(
      folder,
      { 'template.json': main, 'deployed.json': main, ...files },
      { 'template.json': withMinimum({ New: { Type: 'Number' } }), ...added },
    );
    for (const base of [
      ['--base', 'main'],
      ['--base-template', 'deployed.json'],
    ]) {
      const { exitCode, stdout } = await gate(...base, ...words);
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('no setting of scaling changes') });
    }
  });

  test('checks the update with the given parameters', async () => {
    const change = templateWith((template) => {
      template.Parameters = { Stage: { Type: 'String', Default: 'test' } };
      template.Conditions = { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } };
      template.Resources['Group']!.Properties.Port = { 'Fn::If': ['IsProd', 8080, 80] };
    });
    commitChange(folder, { 'template.json': sound }, { 'template.json': change });
    expect(await gate('--base', 'main')).toMatchObject({ exitCode: 0 });
    const { exitCode, stderr } = await gate('--base', 'main', '--parameter', 'Stage=prod');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringContaining('not met: the update must be safe, got') });
  });

  test('compares with the same stack of a folder of templates', async () => {
    const stack = (name: string) => ({
      type: 'aws:cloudformation:stack',
      properties: { templateFile: `${name}.template.json`, stackName: name },
      displayName: name,
    });
    const assembly = {
      'manifest.json': JSON.stringify({ artifacts: { Live: stack('Live'), Test: stack('Test') } }),
      'Live.template.json': sound,
      'Test.template.json': sound,
    };
    const both = ['before', 'after'].flatMap((place) => Object.entries(assembly).map(([file, text]) => [`${place}/${file}`, text]));
    commitChange(folder, Object.fromEntries(both), {});
    const words = ['gate', '--base-template', 'before', '--template', 'after', '--stack', 'Live', ...SCENARIO];
    const { exitCode, stdout } = await runCommandHere(words, folder);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('no setting of scaling changes') });
  });

  test('compares a plan of Terraform, and says that its update is not checked', async () => {
    const plan = JSON.stringify(terraformPlan(PRACTICAL_ON_EC2));
    writeFileSync(join(folder, 'template.json'), plan);
    writeFileSync(join(folder, 'deployed.json'), plan);
    const { exitCode, stdout } = await gate('--base-template', 'deployed.json', '--comment', 'comment.md');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('the update is not checked') });
    expect(readFileSync(join(folder, 'comment.md'), 'utf8')).toContain('* the update is not checked');
  });

  test('says that the updates of nested stacks are not checked', async () => {
    const nesting = templateWith(({ Resources }) => {
      Resources['Inner'] = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'inner.yaml' } };
    });
    commitChange(folder, { 'template.json': nesting }, {});
    const { exitCode, stdout } = await gate('--base', 'main');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('nested stacks are not checked: Inner') });
  });

  test('forecasts the change alone if the deployed template has no service yet', async () => {
    writeFileSync(join(folder, 'template.json'), sound);
    writeFileSync(join(folder, 'deployed.json'), '{ "Resources": { "Cluster": { "Type": "AWS::ECS::Cluster" } } }');
    const { exitCode, stdout } = await gate('--base-template', 'deployed.json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('Nothing to compare with in deployed.json') });
  });

  test('forecasts the change alone, and checks the update, if the scenario names a policy that the change adds', async () => {
    const change = templateWith(({ Resources }) => {
      Resources['Added'] = structuredClone(Resources['Cpu']!);
      Resources['Added'].Properties.PolicyName = 'added';
      Resources['Added'].Properties.TargetTrackingScalingPolicyConfiguration.PredefinedMetricSpecification.PredefinedMetricType =
        'ECSServiceAverageMemoryUtilization';
    });
    const scenario = JSON.stringify({ policyChanges: [{ atSeconds: 120, policyName: 'added', targetValue: 50 }] });
    commitChange(folder, { 'template.json': sound, 'scenario.json': scenario }, { 'template.json': change });
    const { exitCode, stdout } = await gate('--base', 'main', '--scenario', 'scenario.json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining('a policy change must name one of') });
    expect(stdout).toContain('in place');
  });

  test.each([
    [['--base', 'no-such-branch'], /--base must be a commit that is in this clone, got 'no-such-branch': fetch it first/],
    [[], /either --base or --base-template must be given, got none: try --base origin\/main/],
    [['--base', 'main', '--base-template', 'x.json'], /either --base or --base-template must be given, got both/],
    [['--base-template', 'missing.json'], /--base-template must be .*missing\.json/],
    [['--base-template', 'template.json', '--install', 'true'], /--install must go with --base/],
    [['--base', 'main', '--comment', 'no/folder/comment.md'], /--comment must be in a folder that exists/],
  ])('%j is an error that says what to type', async (words, message) => {
    commitChange(folder, { 'template.json': sound }, {});
    const { exitCode, stderr } = await gate(...words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
  });

  test('outside of a repository --base is an error', async () => {
    writeFileSync(join(folder, 'template.json'), sound);
    const { exitCode, stderr } = await gate('--base', 'main');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('needs a git repository') });
  });
});
