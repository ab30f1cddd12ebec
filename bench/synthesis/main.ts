// The time to synthesize a service compared with the same resources in plain CDK, and what importing the package adds.
// Compile first; then: npx tsx bench/synthesis/main.ts
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { addPlainService } from './plain-service';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = 5;
const SYNTHESES = 20;
const INTERLEAVED = 40;
const WARM_UP = 5;
const HELD = 10;

const SIDES = ['construct', 'plain'] as const;

type Side = (typeof SIDES)[number];

interface Resources {
  readonly [type: string]: { readonly count: number; readonly characters: number };
}

interface Measurement {
  /** User CPU time of each synthesis: other processes do not add to it. */
  readonly cpuMillis: readonly number[];
  readonly megabytes: number;
  readonly resources: Resources;
}

const folder = mkdtempSync(join(tmpdir(), 'synthesis-'));
const kind = process.argv[2];
if (kind === undefined) compare();
else console.log(JSON.stringify(kind === 'both' ? interleaved() : measure(kind as Side)));
rmSync(folder, { recursive: true });

function compare(): void {
  const runs = { construct: [] as Measurement[], plain: [] as Measurement[] };
  for (let round = 0; round < ROUNDS; round++)
    for (const side of SIDES) runs[side].push(JSON.parse(child('--import', 'tsx', import.meta.filename, side)));
  printResources(runs.construct[0]!.resources, runs.plain[0]!.resources);
  const both: Record<Side, number[]> = JSON.parse(child('--import', 'tsx', import.meta.filename, 'both'));
  console.log(`milliseconds of user CPU time to synthesize, construct against plain CDK:`);
  console.log(
    `  ${ROUNDS} processes each, the least of ${SYNTHESES} syntheses: ${ratio((side) => median(runs[side].map(({ cpuMillis }) => Math.min(...cpuMillis))))}`,
  );
  console.log(
    `  ${ROUNDS} processes each, the median of ${SYNTHESES} syntheses: ${ratio((side) => median(runs[side].map(({ cpuMillis }) => median(cpuMillis))))}`,
  );
  console.log(`  one process, in turn, the least of ${INTERLEAVED}: ${ratio((side) => Math.min(...both[side]))}`);
  console.log(`  one process, in turn, the median of ${INTERLEAVED}: ${ratio((side) => median(both[side]))}`);
  console.log(`megabytes held by one app: ${ratio((side) => median(runs[side].map(({ megabytes }) => megabytes)))}`);
  console.log(`milliseconds that the import adds: ${importMillis().toFixed(1)}`);
}

function ratio(of: (side: Side) => number): string {
  return ratioOf(of('construct'), of('plain'));
}

function ratioOf(ours: number, theirs: number): string {
  return `${ours.toFixed(1)} against ${theirs.toFixed(1)}, ${(ours / theirs).toFixed(2)} times`;
}

/** Both sides must have the same resources, with the same properties: the difference in characters is that of logical ids and of references. */
function printResources(ours: Resources, theirs: Resources): void {
  const none = { count: 0, characters: 0 };
  for (const type of [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort()) {
    const [a, b] = [ours[type] ?? none, theirs[type] ?? none];
    console.log(`${type}: ${a.count} against ${b.count}, ${a.characters} against ${b.characters} characters`);
  }
  const sum = (resources: Resources, of: 'count' | 'characters') => Object.values(resources).reduce((total, each) => total + each[of], 0);
  console.log(
    `resources: ${sum(ours, 'count')} against ${sum(theirs, 'count')}, characters: ${ratioOf(sum(ours, 'characters'), sum(theirs, 'characters'))}`,
  );
}

/** A new app, and the user CPU time of its synthesis. */
function synthesize(side: Side) {
  const stack = new Stack(new App({ outdir: mkdtempSync(join(folder, 'app-')) }), 'Shop');
  const { ScalableStatelessService } = createRequire(import.meta.url)('../..');
  const start = process.cpuUsage();
  if (side === 'construct') new ScalableStatelessService(stack, 'Search');
  else addPlainService(stack, join(ROOT, 'service-image'));
  const assembly = (stack.node.root as App).synth();
  return { stack, assembly, cpuMillis: process.cpuUsage(start).user / 1000 };
}

function interleaved(): Record<Side, number[]> {
  const millis = { construct: [] as number[], plain: [] as number[] };
  for (let run = 0; run < WARM_UP + INTERLEAVED; run++) {
    for (const side of SIDES) {
      globalThis.gc!();
      const { cpuMillis } = synthesize(side);
      if (run >= WARM_UP) millis[side].push(cpuMillis);
    }
  }
  return millis;
}

function measure(side: Side): Measurement {
  const cpuMillis: number[] = [];
  for (let run = 0; run < WARM_UP + SYNTHESES; run++) {
    const synthesis = synthesize(side);
    if (run >= WARM_UP) cpuMillis.push(synthesis.cpuMillis);
  }
  globalThis.gc!();
  const before = process.memoryUsage().heapUsed;
  const held = Array.from({ length: HELD }, () => synthesize(side));
  globalThis.gc!();
  const megabytes = (process.memoryUsage().heapUsed - before) / HELD / 2 ** 20;
  const { stack, assembly } = held[0]!;
  return { cpuMillis, megabytes, resources: resourcesOf(assembly.getStackByName(stack.stackName).template) };
}

function resourcesOf(template: { Resources: Record<string, { Type: string }> }): Resources {
  const resources: Record<string, { count: number; characters: number }> = {};
  for (const resource of Object.values(template.Resources)) {
    const { count, characters } = resources[resource.Type] ?? { count: 0, characters: 0 };
    resources[resource.Type] = { count: count + 1, characters: characters + JSON.stringify(resource).length };
  }
  return resources;
}

/** One process lists the files that a service loads; others load the dependencies first, and then measure ours. */
function importMillis(): number {
  const list = JSON.stringify(join(folder, 'files.json'));
  child(
    '-e',
    `
    const { App, Stack } = require('aws-cdk-lib');
    new (require('.').ScalableStatelessService)(new Stack(new App({ outdir: ${JSON.stringify(folder)} }), 'Shop'), 'Search');
    require('node:fs').writeFileSync(${list}, JSON.stringify(Object.keys(require.cache)));`,
  );
  const timed = `
    const files = require(${list});
    const isOurs = (file) => file.startsWith(require('node:path').resolve('lib'));
    for (const file of files.filter((file) => !isOurs(file))) require(file);
    const start = performance.now();
    for (const file of files.filter(isOurs)) require(file);
    console.log(performance.now() - start);`;
  const millis = Array.from({ length: 2 * ROUNDS + 1 }, () => Number(child('-e', timed)));
  return median(millis);
}

function child(...args: string[]): string {
  const env = { ...process.env, JSII_DEPRECATED: 'quiet', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  return execFileSync(process.execPath, ['--expose-gc', ...args], { cwd: ROOT, env, encoding: 'utf8' });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
