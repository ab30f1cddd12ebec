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
const WARM_UP = 5;
const HELD = 10;

interface Measurement {
  readonly millis: number;
  readonly megabytes: number;
  readonly resources: Record<string, number>;
}

const kind = process.argv[2];
if (kind === undefined) compare();
else console.log(JSON.stringify(measure(kind)));

/** Both sides in turn, each in a separate process. */
function compare(): void {
  const runs = { construct: [] as Measurement[], plain: [] as Measurement[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const side of ['construct', 'plain'] as const) runs[side].push(JSON.parse(child('--import', 'tsx', import.meta.filename, side)));
  }
  const ratio = (of: (run: Measurement) => number): string => {
    const [ours, theirs] = [median(runs.construct.map(of)), median(runs.plain.map(of))];
    return `${ours.toFixed(1)} against ${theirs.toFixed(1)}, ${(ours / theirs).toFixed(2)} times`;
  };
  const [{ resources: ours }, { resources: theirs }] = [runs.construct[0]!, runs.plain[0]!];
  const kinds = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter((type) => ours[type] !== theirs[type]);
  console.log(`resources: ${sum(ours)} against ${sum(theirs)}`);
  for (const type of kinds) console.log(`  ${type}: ${ours[type] ?? 0} against ${theirs[type] ?? 0}`);
  console.log(`milliseconds to synthesize: ${ratio(({ millis }) => millis)}`);
  console.log(`megabytes held by one app: ${ratio(({ megabytes }) => megabytes)}`);
  console.log(`milliseconds that the import adds: ${importMillis().toFixed(1)}`);
}

function measure(side: string): Measurement {
  const folder = mkdtempSync(join(tmpdir(), 'synthesis-'));
  const { ScalableStatelessService } = createRequire(import.meta.url)('../..');
  const synthesize = () => {
    const stack = new Stack(new App({ outdir: mkdtempSync(join(folder, 'app-')) }), 'Shop');
    if (side === 'construct') new ScalableStatelessService(stack, 'Search');
    else addPlainService(stack, join(ROOT, 'service-image'));
    return { stack, assembly: (stack.node.root as App).synth() };
  };
  const millis: number[] = [];
  for (let run = 0; run < WARM_UP + SYNTHESES; run++) {
    const start = performance.now();
    synthesize();
    if (run >= WARM_UP) millis.push(performance.now() - start);
  }
  globalThis.gc!();
  const before = process.memoryUsage().heapUsed;
  const held = Array.from({ length: HELD }, synthesize);
  globalThis.gc!();
  const megabytes = (process.memoryUsage().heapUsed - before) / HELD / 2 ** 20;
  const { stack, assembly } = held[0]!;
  const resources: Record<string, number> = {};
  for (const { Type } of Object.values<{ Type: string }>(assembly.getStackByName(stack.stackName).template.Resources))
    resources[Type] = (resources[Type] ?? 0) + 1;
  rmSync(folder, { recursive: true });
  // the fastest: other processes can only add time.
  return { millis: Math.min(...millis), megabytes, resources };
}

/** One process lists the files that a service loads; others load the dependencies first, and then measure ours. */
function importMillis(): number {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
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
  rmSync(folder, { recursive: true });
  return median(millis);
}

function child(...args: string[]): string {
  const env = { ...process.env, JSII_DEPRECATED: 'quiet', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  return execFileSync(process.execPath, ['--expose-gc', ...args], { cwd: ROOT, env, encoding: 'utf8' });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function sum(resources: Record<string, number>): number {
  return Object.values(resources).reduce((total, count) => total + count, 0);
}
