import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importCycles, importGraph } from './architecture/import-graph';
import { layerViolations } from './architecture/layers';
import { purityViolations } from './architecture/purity';
import { readSources } from './architecture/sources';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAX_LINES = 250;

const sources = readSources(ROOT, ['src', 'rehearsal', 'emulation', 'cli', 'integ', 'examples', 'service-image/src']);
const graph = importGraph(sources);

describe('the sources', () => {
  test('import only what their folder may import', () => {
    expect(layerViolations(graph)).toEqual([]);
  });

  test('are pure where a forecast depends on it', () => {
    expect(purityViolations(sources)).toEqual([]);
  });

  test('have no import cycle', () => {
    expect(importCycles(graph)).toEqual([]);
  });

  test(`stay under ${MAX_LINES} lines a file`, () => {
    const long = [...sources].filter(([, text]) => text.trimEnd().split('\n').length > MAX_LINES);
    expect(long.map(([file]) => file)).toEqual([]);
  });

  test('have a file name of their own in src, rehearsal, emulation and cli', () => {
    expect(repeatedNames([...sources.keys()].filter((file) => /^(src|rehearsal|emulation|cli)\//.test(file)))).toEqual([]);
  });
});

describe('a broken rule is reported', () => {
  test.each([
    [
      'src/time/clock.ts',
      "import { Plan } from '../plan/service-plan'",
      'imports src/plan/service-plan.ts: src/time may import only its own files',
    ],
    ['src/plan/service-plan.ts', "export * from '../scaling/loop'", 'imports src/scaling/loop.ts: src/plan may import only'],
    ['src/scaling/loop.ts', "import type { Run } from '../run/run'", 'imports src/run/run.ts: src/scaling may import only'],
    ['src/run/run.ts', "import { forecast } from '../simulation'", 'imports src/simulation/index.ts: src/run may import only'],
    ['src/simulation/index.ts', "import { readFileSync } from 'node:fs'", 'imports node:fs: src/simulation may import only'],
    ['src/plan/service-plan.ts', "import { Duration } from 'aws-cdk-lib'", 'imports aws-cdk-lib: src/plan may import only'],
    ['src/construct.ts', "import { main } from '../cli/main'", 'imports cli/main.ts: src/*.ts may import only'],
    ['src/construct.ts', "import 'fs'", 'imports fs: src/*.ts may import only'],
    ['src/helpers/text.ts', '', 'belongs to no layer'],
    ['rehearsal/run.ts', "import { forecast } from '../src/simulation'", 'imports src/simulation/index.ts: rehearsal may import only'],
    ['cli/main.ts', "const cdk = await import('aws-cdk-lib')", 'imports aws-cdk-lib: cli may import only'],
    ['cli/main.ts', "import { Service } from '../src'", 'imports src/index.ts: cli may import only'],
    ['cli/main.ts', "require('../service-image/src/app')", 'imports service-image/src/app.ts: cli may import only'],
    ['integ/integ.load.ts', "import { plan } from '../src/plan/service-plan'", 'imports src/plan/service-plan.ts: integ may import only'],
    [
      'examples/one/app.ts',
      "import 'cdk-scalable-stateless-service/lib/x'",
      'imports cdk-scalable-stateless-service/lib/x: examples/* may',
    ],
    ['examples/one/app.ts', "import { x } from '../two/app'", 'imports examples/two/app.ts: examples/* may import only'],
    [
      'service-image/src/app.ts',
      "import { plan } from '../../src/plan/service-plan'",
      'imports src/plan/service-plan.ts: service-image/src may import only',
    ],
  ])('%s: %s', (file, text, message) => {
    expect(layerViolations(importGraph(treeWith(file, text)))).toEqual([expect.stringContaining(`${file} ${message}`)]);
  });

  test.each([
    ['src/simulation/index.ts', 'const now = new Date();', 'Date'],
    ['src/scaling/loop.ts', 'setTimeout(() => {}, 1);', 'setTimeout'],
    ['src/run/run.ts', 'const chance = Math.random();', 'Math.random'],
    ['src/plan/service-plan.ts', 'const { argv } = process;', 'process'],
    ['src/time/clock.ts', 'const started = performance.now();', 'performance'],
    ['src/time/sped-up-clock.ts', 'const now = Date.now();', 'Date'],
  ])('%s: %s', (file, text, name) => {
    expect(purityViolations(treeWith(file, text))).toEqual([expect.stringContaining(`${file} uses ${name}`)]);
  });

  test('two files that import each other', () => {
    const tree = new Map([
      ['src/plan/service-plan.ts', "import './policy'"],
      ['src/plan/policy.ts', "import './service-plan'"],
    ]);
    expect(importCycles(importGraph(tree))).toEqual(['src/plan/service-plan.ts -> src/plan/policy.ts -> src/plan/service-plan.ts']);
  });
});

test('two files of one name are reported', () => {
  const files = ['src/plan/task-size.ts', 'cli/main.ts', 'src/lint/task-size.ts'];
  expect(repeatedNames(files)).toEqual(['src/lint/task-size.ts has the name of src/plan/task-size.ts']);
});

describe('what the rules allow is not reported', () => {
  test.each([
    ['src/service/network.ts', "import * as ec2 from 'aws-cdk-lib/aws-ec2'"],
    ['src/construct.ts', "import { plan } from './plan/service-plan'"],
    ['src/index.ts', "export { Service } from './construct'"],
    ['cli/main.ts', "import { forecast } from '../src/simulation'"],
    ['examples/one/app.ts', "import { Service } from 'cdk-scalable-stateless-service'"],
  ])('%s: %s', (file, text) => {
    expect(layerViolations(importGraph(treeWith(file, text)))).toEqual([]);
  });

  test.each([
    ['src/time/sped-up-clock.ts', 'setTimeout(() => performance.now(), 1);'],
    ['src/plan/service-plan.ts', 'const step = { process: 1 }; step.process;'],
  ])('%s: %s', (file, text) => {
    expect(purityViolations(treeWith(file, text))).toEqual([]);
  });
});

/** The files that have the name of an earlier file. */
function repeatedNames(files: readonly string[]): string[] {
  const fileOfName = new Map<string, string>();
  return files.flatMap((file) => {
    const name = basename(file);
    const earlier = fileOfName.get(name);
    if (earlier === undefined) fileOfName.set(name, file);
    return earlier === undefined ? [] : [`${file} has the name of ${earlier}`];
  });
}

/** A small tree in which every rule holds, but for the one file. */
function treeWith(file: string, text: string): ReadonlyMap<string, string> {
  const sound = [
    ...['src/time/clock', 'src/plan/service-plan', 'src/scaling/loop', 'src/run/run', 'src/simulation/index', 'src/construct', 'src/index'],
    ...['cli/main', 'rehearsal/run', 'examples/one/app', 'examples/two/app', 'service-image/src/app'],
  ];
  return new Map([...sound.map((name): [string, string] => [`${name}.ts`, '']), [file, text]]);
}
