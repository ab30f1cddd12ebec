import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BenchImage, tagOf } from './images';

const run = promisify(execFile);

/** A command that takes longer has failed: the longest of them takes a minute or two. */
const TIMEOUT_MILLIS = 300_000;

const COMMAND = join(__dirname, '..', '..', 'lib-cli', 'main.js');

/** The result of one check. */
export interface Result {
  readonly name: string;
  readonly status: string;
  readonly reason: string;
}

/** What `check` says of an image. */
export async function check(engine: string, image: BenchImage): Promise<readonly Result[]> {
  return (await resultOf<{ readonly checks: readonly Result[] }>(['check'], engine, image)).checks;
}

/** The CPU of a request that `measure` finds, in milliseconds. */
export async function measure(engine: string, image: BenchImage): Promise<number> {
  const { workload } = await resultOf<{ readonly workload: { readonly cpuSecondsPerRequest: number } }>(['measure'], engine, image);
  return 1000 * workload.cpuSecondsPerRequest;
}

const SPEED = 30;

/** A short rehearsal: a task is killed, and a deployment replaces all. */
const REHEARSAL = [
  '--speed',
  String(SPEED),
  '--traffic',
  'users 5 think 200ms for 12m',
  '--fault',
  'kill 1 at 3m',
  '--fault',
  'deploy at 5m',
];

/** What became of the tasks and the requests of a rehearsal. */
export interface Rehearsed {
  readonly servedCount: number;
  readonly failedCount: number;
  readonly healthyCount: number;
}

/** Rehearses the service, as far as the last minute. */
export async function rehearse(engine: string, image: BenchImage): Promise<Rehearsed> {
  const { rehearsal } = await resultOf<{ readonly rehearsal: Rehearsal }>(['rehearse', ...REHEARSAL], engine, image);
  const sum = (count: (row: Row) => number): number => Math.round(rehearsal.timeline.reduce((total, row) => total + count(row), 0));
  const starts = [0, ...rehearsal.timeline.map(({ atSeconds }) => atSeconds)];
  return {
    // a rate is that of the wall clock.
    servedCount: sum((row) => (row.servedRequestsPerSecond * (row.atSeconds - starts[rehearsal.timeline.indexOf(row)]!)) / SPEED),
    failedCount: sum(({ failedRequests }) => failedRequests),
    healthyCount: rehearsal.timeline.at(-1)?.healthyCount ?? 0,
  };
}

interface Row {
  readonly atSeconds: number;
  readonly servedRequestsPerSecond: number;
  readonly failedRequests: number;
  readonly healthyCount: number;
}

interface Rehearsal {
  readonly timeline: readonly Row[];
}

/** What a command prints as JSON. Its exit code is 1 if a check has failed or an expectation is not met. */
async function resultOf<Printed>(words: readonly string[], engine: string, image: BenchImage): Promise<Printed> {
  const settings = (image.settings ?? []).flatMap((setting) => ['--set', setting]);
  const task = ['--runtime', engine, '--image', tagOf(image), '--writable', '/tmp', ...settings];
  const { stdout, stderr } = await run(process.execPath, [COMMAND, ...words, '--json', ...task], {
    maxBuffer: 2 ** 24,
    timeout: TIMEOUT_MILLIS,
  }).catch((error: Error & { readonly stdout?: string; readonly stderr?: string }) => ({
    stdout: error.stdout ?? '',
    stderr: error.stderr ?? error.message,
  }));
  if (stdout === '')
    throw new Error(`${words[0]} of ${image.name} with ${engine}: ${stderr.slice(Math.max(0, stderr.indexOf('error: '))).trim()}`);
  return JSON.parse(stdout) as Printed;
}
