import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../src/plan/plan';
import { readPlan } from '../src/plan/read-plan';
import { Template } from '../src/plan/template';
import { Consumer, NAME, ROOT } from './consumer';
import { runApp } from './examples/run-app';

const IS_BUNDLED = existsSync(join(ROOT, 'lib-cli/main.js'));

let project: Consumer;
let consumer: string;
let installed: string;

beforeAll(() => {
  project = new Consumer();
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

  test('is imported by its names from an ES module too', () => {
    const script = `
      import { Plan, ScalableStatelessService, Traffic, Workload } from '${NAME}';
      console.log(JSON.stringify([Plan, ScalableStatelessService, Traffic, Workload].map(({ name }) => name)));`;
    const given = ['--input-type=module', '--eval', script];
    const said = execFileSync(process.execPath, given, { cwd: consumer, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    expect(JSON.parse(said)).toEqual(['Plan', 'ScalableStatelessService', 'Traffic', 'Workload']);
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
