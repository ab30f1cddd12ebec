import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../src/plan/service-plan';
import { readPlan } from '../src/plan/template/read-plan';
import { Template } from '../src/plan/template/template';
import { Consumer, NAME, ROOT } from './consumer';
import { APPS } from './examples/examples';
import { type CloudAssembly, runApps, runInstalledApps } from './examples/run-app';

const IS_BUNDLED = existsSync(join(ROOT, 'lib-cli/main.js'));

let project: Consumer;
let consumer: string;
let installed: string;

beforeAll(() => {
  project = new Consumer('tarball');
  ({ folder: consumer, installed } = project);
});

afterAll(() => project.remove());

describe('the installed package', () => {
  test('has no dependencies', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('bundledDependencies');
    expect(Object.keys(manifest.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  });

  test('contains what a consumer needs, and no build files', () => {
    const shipped = [
      '.jsii',
      'API.md',
      'LICENSE',
      'README.md',
      'docs',
      'examples',
      'forecast-gate',
      'lib',
      'lib-integ',
      'llms.txt',
      'load-generator',
      'package.json',
      'scenario.schema.json',
      'service-image',
    ];
    // a release has a changelog too.
    expect(
      readdirSync(installed)
        .filter((name) => name !== 'lib-cli' && name !== 'CHANGELOG.md')
        .sort(),
    ).toEqual(shipped);
    expect(readdirSync(join(installed, 'docs'))).toEqual(['agents.md']);
    expect(readdirSync(join(installed, 'service-image'))).not.toEqual(expect.arrayContaining(['node_modules']));
    expect(readdirSync(join(installed, 'service-image'))).not.toEqual(expect.arrayContaining(['test']));
  });

  test('is one file for an app that creates a service, one more at its first forecast, and one with the checks of any template', () => {
    const script = `
      const { sep } = require('node:path');
      const { App, Duration, Stack } = require('aws-cdk-lib');
      const library = require('${NAME}');
      const isOurs = (file) => file.split(sep).includes('${NAME}');
      const loaded = () => Object.keys(require.cache).filter(isOurs).map((file) => file.split(sep).slice(-2).join('/')).sort();
      const service = new library.ScalableStatelessService(new Stack(new App(), 'Shop'), 'Search');
      const created = loaded();
      const { maxTasks } = service.forecast({ traffic: library.Traffic.users(5, Duration.minutes(2)), seeds: 1 });
      const forecast = loaded();
      new library.EcsServiceChecks();
      console.log(JSON.stringify({ maxTasks, created, forecast, checked: loaded() }));`;
    expect(JSON.parse(runScript(script))).toEqual({
      maxTasks: 2,
      created: ['lib/index.js'],
      forecast: ['lib/forecast.js', 'lib/index.js'],
      checked: ['lib/checks.js', 'lib/forecast.js', 'lib/index.js'],
    });
  });

  test('has a source map, so that a stack trace names lines of src', () => {
    const script = `
      const { App, Stack } = require('aws-cdk-lib');
      const { ScalableStatelessService } = require('${NAME}');
      try {
        new ScalableStatelessService(new Stack(new App(), 'Shop'), 'Search', { minCapacity: -1 });
      } catch (error) {
        console.log(JSON.stringify(error.stack));
      }`;
    expect(JSON.parse(runScript(script, '--enable-source-maps'))).toMatch(/src[\\/]service[\\/]service-validation\.ts:\d+/);
  });

  test('can be imported by name from an ES module', () => {
    const script = `
      import { Plan, ScalableStatelessService, Traffic, Workload } from '${NAME}';
      console.log(JSON.stringify([Plan, ScalableStatelessService, Traffic, Workload].map(({ name }) => name)));`;
    expect(JSON.parse(runScript(script, '--input-type=module'))).toEqual(['Plan', 'ScalableStatelessService', 'Traffic', 'Workload']);
  });

  test('has the assertions for integration tests as an entry of its own, which needs no package at run time', () => {
    const script = `
      const { exactly, matching } = require('${NAME}/integ');
      const loaded = Object.keys(require.cache).map((file) => file.split(/[\\\\/]/));
      console.log(JSON.stringify([exactly(4).result, matching(/^a/).result, loaded.some((parts) => parts.includes('integ-tests-alpha'))]));`;
    expect(JSON.parse(runScript(script))).toEqual(['4', '{"$StringLike":"^a"}', false]);
  });

  test.runIf(IS_BUNDLED)('contains the command', () => {
    const help = execFileSync(process.execPath, [join(installed, 'lib-cli/main.js'), '--help'], { cwd: consumer, encoding: 'utf8' });
    expect(help).toContain('Usage: ecs-rehearsal');
    expect(existsSync(join(consumer, 'node_modules/.bin', NAME))).toBe(true);
  });

  test.runIf(IS_BUNDLED)('has a bill of materials with each package whose licence it contains, and its hash', () => {
    const [notices, bill] = ['THIRD-PARTY-NOTICES.txt', 'sbom.cdx.json'].map((file) =>
      readFileSync(join(installed, 'lib-cli', file), 'utf8'),
    );
    const { bomFormat, components } = JSON.parse(bill!);
    const packages: string[] = components.map(({ name, version }: Record<string, string>) => `${name} ${version}`);
    expect(bomFormat).toBe('CycloneDX');
    expect(packages).toEqual(expect.arrayContaining([expect.stringMatching(/^commander /), expect.stringMatching(/^undici /)]));
    expect([...notices!.matchAll(/^(\S+ \d+\.\d+\.\d+\S*) \([\w .-]+\)$/gm)].map(([, name]) => name)).toEqual(packages);
    expect(components.every(({ hashes }: { hashes: { content: string }[] }) => hashes[0]!.content.length === 128)).toBe(true);
  });

  test.runIf(IS_BUNDLED).each([NAME, 'ecs-rehearsal'])('npx runs the command by the name %s', (name) => {
    const version = execFileSync('npx', ['--no', '--offline', name, '--version'], {
      cwd: consumer,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.runIf(IS_BUNDLED)('npx runs the command by the name of the package that is not installed yet', () => {
    // npx installs the package, and chooses the bin that has the name of the package.
    const version = execFileSync('npx', ['--yes', '--offline', '--legacy-peer-deps', `file:${project.tarball}`, '--version'], {
      cwd: tmpdir(),
      encoding: 'utf8',
      env: { ...process.env, npm_config_cache: join(consumer, 'npm-cache') },
      shell: process.platform === 'win32',
    });
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('an example that is copied out of it', () => {
  let there: ReadonlyMap<string, CloudAssembly>;
  let here: ReadonlyMap<string, CloudAssembly>;

  beforeAll(async () => {
    const copies = join(consumer, 'examples');
    cpSync(join(installed, 'examples'), copies, { recursive: true });
    there = runInstalledApps(copies, APPS);
    here = await runApps(APPS);
  }, 300_000);

  afterAll(() => {
    for (const { folder } of [...there.values(), ...here.values()]) rmSync(folder, { recursive: true });
  });

  test('builds the reference image from the sources in the package', () => {
    const { folder } = there.get('search-service')!;
    const files = readdirSync(join(folder, `asset.${planIn(there).container.imageAssetHash}`));
    expect(files.sort()).toEqual(['.dockerignore', 'Dockerfile', 'build.mjs', 'package-lock.json', 'package.json', 'src']);
  });

  test('has the same plan as here, and the same image', () => {
    expect(planIn(there)).toEqual(planIn(here));
  });

  test.each(APPS)('writes the same template as here: %s', (name) => {
    expect(templatesOf(there.get(name)!)).toEqual(templatesOf(here.get(name)!));
  });
});

/** What a script prints that runs in the project of the consumer. */
function runScript(script: string, ...options: string[]): string {
  return execFileSync(process.execPath, [...options, '--eval', script], {
    cwd: consumer,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function templatesOf({ folder, textOf }: CloudAssembly): Record<string, unknown> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  return Object.fromEntries(files.map((file) => [file, JSON.parse(textOf(file))]));
}

function planIn(assemblies: ReadonlyMap<string, CloudAssembly>): Plan {
  const text = assemblies.get('search-service')!.textOf('SearchService.template.json');
  return readPlan(Template.parse(text, 'SearchService.template.json')).plan;
}
