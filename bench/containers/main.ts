/**
 * The command `check` on real images, with each container engine that runs on this machine:
 *
 *   npx tsx bench/containers/main.ts [--folder <folder>] [--engine docker] [nginx uvicorn …]
 *
 * Builds the images of programs that are installed on this machine, and of servers from their registries, without a registry of images:
 * with the stop signal, the user, the entry point and the HEALTHCHECK that images of their kind have. Needs the compiled command. An
 * engine that does not run, and an image whose programs are missing, is left out aloud. Fails if an image is not healthy, is not stopped
 * by its signal, or a container is left.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { CONTAINER_ENGINES } from '../../rehearsal/task-runtime/task-container';
import { has } from '../http/running';
import { isReady } from '../runtimes-here';
import { BENCH_IMAGES, type BenchImage, tagOf, writeContext } from './images';

const run = promisify(execFile);

const COMMAND = join(__dirname, '..', '..', 'lib-cli', 'main.js');

interface Result {
  readonly name: string;
  readonly status: string;
  readonly reason: string;
}

/** What `check` says of an image. */
async function check(engine: string, image: BenchImage): Promise<readonly Result[]> {
  const words = ['check', '--json', '--runtime', engine, '--image', tagOf(image), '--writable', '/tmp'];
  const settings = (image.settings ?? []).flatMap((setting) => ['--set', setting]);
  const { stdout, stderr } = await run(process.execPath, [COMMAND, ...words, ...settings], { maxBuffer: 2 ** 24 }).catch(
    // the exit code is 1 if a check has failed.
    (error: Error & { readonly stdout?: string; readonly stderr?: string }) => ({
      stdout: error.stdout ?? '',
      stderr: error.stderr ?? error.message,
    }),
  );
  if (stdout === '') throw new Error(`check of ${image.name} with ${engine}: ${stderr.trim()}`);
  return (JSON.parse(stdout) as { readonly checks: readonly Result[] }).checks;
}

/** What is wrong with the results, as far as this bench knows it. */
function faultsOf(results: readonly Result[], { stopSignal }: BenchImage): string[] {
  const resultOf = (part: string): Result | undefined => results.find(({ name }) => name.includes(part));
  const isStoppedBySignal = resultOf('exits within')?.reason.includes(stopSignal) === true;
  return [
    ...(['ok', 'warning'].includes(resultOf('becomes healthy')?.status ?? '')
      ? []
      : [`not healthy: ${results.find(({ status }) => status === 'failed')?.reason}`]),
    ...(isStoppedBySignal ? [] : [`not stopped by ${stopSignal}: ${resultOf('exits within')?.reason}`]),
    ...(resultOf('non-root')?.status === 'ok' ? [] : ['runs as root']),
  ];
}

/** The containers of an image, which other commands do not run. */
function containersLeft(engine: string, image: BenchImage): string[] {
  const lines = execFileSync(engine, ['ps', '--all', '--format', '{{.Image}} {{.Names}}'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.startsWith(`${tagOf(image)} `));
}

/** Builds and checks an image, and prints its row. */
async function benchImage(engine: string, image: BenchImage, folder: string): Promise<void> {
  const context = join(folder, `context-${image.name}`);
  writeContext(image, context, join(folder, 'servers'));
  // the format of Docker, since that of OCI has no HEALTHCHECK.
  const format = engine === 'podman' ? ['--format', 'docker'] : [];
  execFileSync(engine, ['build', ...format, '--tag', tagOf(image), context], { stdio: ['ignore', 'ignore', 'pipe'] });
  const results = await check(engine, image);
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  const failed = results.filter(({ status }) => status === 'failed').map(({ name }) => name);
  const faults = [...faultsOf(results, image), ...containersLeft(engine, image).map((name) => `left: ${name}`)];
  if (faults.length > 0) process.exitCode = 1;
  const cells = [image.name, engine, count('ok'), count('warning'), failed.join('; ') || 0, image.stopSignal, faults.join('; ') || 'none'];
  console.log(`| ${cells.join(' | ')} |`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { folder: { type: 'string' }, engine: { type: 'string' } },
  });
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'images-'));
  const engines = CONTAINER_ENGINES.filter((engine) => values.engine === undefined || engine === values.engine);
  const images = BENCH_IMAGES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  console.log('| image | engine | ok | warning | failed | stop | faults |');
  console.log('|---|---|---|---|---|---|---|');
  for (const engine of engines.filter((name) => isReady(name, console.log))) {
    for (const image of images) {
      const missing = image.needs.filter((program) => !has(program));
      if (missing.length > 0) console.log(`skipped: ${image.name} needs ${missing.join(', ')}`);
      else await benchImage(engine, image, folder);
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
