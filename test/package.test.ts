import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../src/plan/plan';
import { readPlan } from '../src/plan/read-plan';
import { Template } from '../src/plan/template';
import { runApp } from './examples/run-app';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAME = 'cdk-scalable-stateless-service';
const IS_BUNDLED = existsSync(join(ROOT, 'lib-cli/main.js'));

const consumer = mkdtempSync(join(tmpdir(), 'consumer-'));
const installed = join(consumer, 'node_modules', NAME);

/** Packs this package and installs the tarball, as somebody does who found it on a registry. */
beforeAll(() => {
  if (!existsSync(join(ROOT, 'lib/index.js')))
    throw new Error("the package holds what was compiled, which is missing: run 'npm run compile' first");
  const [{ filename }] = JSON.parse(npm(ROOT, 'pack', '--json', '--ignore-scripts', '--pack-destination', consumer));
  writeFileSync(join(consumer, 'package.json'), '{ "private": true }');
  // the package has no dependencies, and npm is told to leave the peers out: nothing is fetched.
  npm(consumer, 'install', '--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', join(consumer, filename));
  for (const peer of ['aws-cdk-lib', 'constructs']) {
    symlinkSync(join(ROOT, 'node_modules', peer), join(consumer, 'node_modules', peer), 'junction');
  }
});

afterAll(() => rmSync(consumer, { recursive: true }));

describe('the installed package', () => {
  test('has no dependencies', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('bundledDependencies');
    expect(Object.keys(manifest.peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  });

  test('holds what a consumer needs, and nothing of how it is built', () => {
    const shipped = ['.jsii', 'API.md', 'LICENSE', 'README.md', 'examples', 'lib', 'package.json', 'service-image'];
    expect(
      readdirSync(installed)
        .filter((name) => name !== 'lib-cli')
        .sort(),
    ).toEqual(shipped);
    expect(readdirSync(join(installed, 'service-image'))).not.toEqual(expect.arrayContaining(['node_modules']));
    expect(readdirSync(join(installed, 'service-image'))).not.toEqual(expect.arrayContaining(['test']));
  });

  test('loads the simulation with the first forecast, so that an app which only deploys does not wait for it', () => {
    const script = `
      const { App, Duration, Stack } = require('aws-cdk-lib');
      const { ScalableStatelessService, Traffic } = require('${NAME}');
      const isLoaded = () => Object.keys(require.cache).some((file) => /${NAME}.lib.forecast.forecast[.]js$/.test(file));
      const service = new ScalableStatelessService(new Stack(new App(), 'Shop'), 'Search');
      const before = isLoaded();
      const { maxTasks } = service.forecast({ traffic: Traffic.users(5, Duration.minutes(2)), seeds: 1 });
      console.log(JSON.stringify({ before, maxTasks, after: isLoaded() }));`;
    const said = execFileSync(process.execPath, ['-e', script], { cwd: consumer, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(JSON.parse(said)).toEqual({ before: false, maxTasks: 2, after: true });
  });

  test.runIf(IS_BUNDLED)('brings the command along', () => {
    const help = execFileSync(process.execPath, [join(installed, 'lib-cli/main.js'), '--help'], { cwd: consumer, encoding: 'utf8' });
    expect(help).toContain(`Usage: ${NAME}`);
    expect(existsSync(join(consumer, 'node_modules/.bin', NAME))).toBe(true);
  });
});

describe('an example that is copied out of it', () => {
  let plan: Plan;

  beforeAll(() => {
    for (const file of ['app.ts', 'search-service.ts', 'cdk.json'])
      copyFileSync(join(installed, 'examples/search-service', file), join(consumer, file));
    mkdirSync(join(consumer, 'cdk.out'));
    const tsx = createRequire(import.meta.url).resolve('tsx/cli');
    const env = { ...process.env, CDK_OUTDIR: join(consumer, 'cdk.out') };
    execFileSync(process.execPath, [tsx, 'app.ts'], { cwd: consumer, env, stdio: 'pipe' });
    plan = planIn(readFileSync(join(consumer, 'cdk.out/SearchService.template.json'), 'utf8'));
  });

  test('builds the reference image from the sources that came with the package', () => {
    const folder = join(consumer, 'cdk.out', `asset.${plan.container.imageAssetHash}`);
    expect(readdirSync(folder).sort()).toEqual(['.dockerignore', 'Dockerfile', 'build.mjs', 'package-lock.json', 'package.json', 'src']);
  });

  test('has the same plan as here, and the same image', () => {
    const here = runApp('search-service');
    expect(plan).toEqual(planIn(here.textOf('SearchService.template.json')));
    rmSync(here.folder, { recursive: true });
  });
});

function planIn(text: string): Plan {
  return readPlan(Template.parse(text, 'SearchService.template.json')).plan;
}

function npm(folder: string, ...args: string[]): string {
  return execFileSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
}
