import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APPS, EXAMPLES, FOLDERS, questionOf, textIn } from './examples';
import { type CloudAssembly, runApps } from './run-app';

const NAMES_IN_TYPESCRIPT = FOLDERS.filter((name) => existsSync(join(EXAMPLES, name, 'package.json')));
const gallery = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');
const own = JSON.parse(readFileSync(join(EXAMPLES, '..', 'package.json'), 'utf8'));

describe.each(FOLDERS)('the example %s', (name) => {
  const readme = textIn(name, 'README.md');

  test('asks one question, in its first paragraph', () => {
    expect(questionOf(name)).toMatch(/^\*\*[^*?]+\?\*\*$/);
  });

  test('shows its forecast, and says how to read it, how to run it and what to change', () => {
    expect(readme).toMatch(/^!\[[^\]]+\]\(forecast\.svg\)\n\n\*[^*]+\*$/m);
    expect(readme.match(/^## .*$/gm)).toEqual(['## Run it', '## Change it']);
    expect(textIn(name, 'forecast.svg')).toMatch(/^<svg .*<\/svg>$/s);
  });

  test('has a unit test that keeps the picture true', () => {
    const tests = readdirSync(join(EXAMPLES, name)).filter((file) => /(\.test\.ts|^test_.*\.py)$/.test(file));
    expect(tests).toHaveLength(1);
    expect(textIn(name, tests[0]!)).toContain('forecast.svg');
  });

  test('is in the gallery, by its question and with its picture', () => {
    const [row] = gallery.split('\n').filter((line) => line.includes(`](${name})`));
    expect(row).toContain(questionOf(name).replaceAll('**', ''));
    expect(row).toContain(`src="${name}/forecast.svg"`);
  });
});

test('the gallery holds no folder that is not there', () => {
  expect([...gallery.matchAll(/\]\(([a-z-]+)\)/g)].map(([, name]) => name).sort()).toEqual([...FOLDERS].sort());
});

describe.each(NAMES_IN_TYPESCRIPT)('the package.json of %s', (name) => {
  const manifest = JSON.parse(textIn(name, 'package.json'));

  test('has the name of its folder, and runs its test', () => {
    expect(manifest).toMatchObject({ name, private: true, scripts: { test: 'vitest run' } });
  });

  test('has each package that its files import or run', () => {
    const asked = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const files = readdirSync(join(EXAMPLES, name)).filter((file) => /\.m?[jt]s$/.test(file));
    const imported = files.flatMap((file) => [
      ...textIn(name, file).matchAll(/^(?:import|\} from) [^']*'((?:@[^/']+\/)?[^./:'][^/:']*)(?:\/[^']*)?';$/gm),
    ]);
    const runs = existsSync(join(EXAMPLES, name, 'cdk.json')) ? ['tsx', 'aws-cdk'] : [];
    expect(imported.length).toBeGreaterThan(0);
    expect([...imported.map(([, each]) => each!), ...runs].filter((each) => !asked.includes(each))).toEqual([]);
  });

  test('is pinned to the versions that this package is built with', () => {
    expect(manifest.dependencies).toMatchObject(own.peerDependencies);
    expect(own.devDependencies).toMatchObject({ ...own.devDependencies, ...versionOfCdk(manifest) });
  });
});

describe('the app of', () => {
  let assemblies: ReadonlyMap<string, CloudAssembly>;
  beforeAll(async () => {
    assemblies = await runApps(APPS);
  }, 300_000);
  afterAll(() => {
    for (const { folder } of assemblies.values()) rmSync(folder, { recursive: true });
  });

  test.each(APPS)('%s writes one template, with the address of its service', (name) => {
    const { folder, textOf } = assemblies.get(name)!;
    const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
    expect(templates).toHaveLength(1);
    expect(Object.keys(JSON.parse(textOf(templates[0]!)).Outputs)).toContain('Url');
  });

  test.each(APPS)('%s has the services that its README names', (name) => {
    const { folder, textOf } = assemblies.get(name)!;
    const [template] = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
    const named = [...textIn(name, 'README.md').matchAll(/--service (\w+)/g)].map(([, id]) => id!);
    expect(Object.keys(JSON.parse(textOf(template!)).Resources)).toEqual(expect.arrayContaining(named));
  });

  test.each(APPS)('%s is started by its cdk.json', (name) => {
    expect(JSON.parse(textIn(name, 'cdk.json')).app).toBe('npx tsx app.ts');
  });
});

/** The CDK's command, where an example is deployed with it. */
function versionOfCdk({ devDependencies }: { devDependencies: Record<string, string> }): Record<string, string> {
  const version = devDependencies['aws-cdk'];
  return version === undefined ? {} : { 'aws-cdk': version };
}
