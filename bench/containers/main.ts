/**
 * The commands `check`, `measure` and `rehearse` on real images, with each container engine that runs on this machine:
 *
 *   npx tsx bench/containers/main.ts [--folder <folder>] [--engine docker] [--only-check] [--minutes 10] [nginx uvicorn …]
 *
 * Builds the images of programs that are installed on this machine, and of servers from their registries, without a registry of images:
 * with the stop signal, the user, the entry point and the HEALTHCHECK that images of their kind have. Needs the compiled command. An
 * engine that does not run, an image whose programs are missing, and what is still to do when the time is over, is left out aloud. Fails
 * if an image is not healthy, is not stopped by its signal, serves nothing in a rehearsal, or a container is left.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONTAINER_ENGINES, type ContainerEngineName } from '../../rehearsal/task-runtime/task-container';
import { has } from '../http/running';
import { isReady } from '../runtimes-here';
import { BENCH_IMAGES, type BenchImage, tagOf, writeContext } from './images';
import { check, measure, type Rehearsed, type Result, rehearse } from './product';

/** How much of an error is printed: its beginning, which says what was expected. */
const MAX_ERROR_CHARACTERS = 600;

/** A build copies up to 400 MB. */
const BUILD_TIMEOUT_MILLIS = 300_000;

/** What is wrong with the results of the checks, as far as this bench knows it. */
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

function faultsOfRehearsal({ servedCount, healthyCount }: Rehearsed): string[] {
  return [
    ...(servedCount > 0 ? [] : ['served nothing in the rehearsal']),
    // on a busy machine the deployment is still going on.
    ...(healthyCount > 0 ? [] : ['no healthy task at the end of the rehearsal']),
  ];
}

/** The containers of an image, which other commands do not run. */
function containersLeft(engine: string, image: BenchImage): string[] {
  const lines = execFileSync(engine, ['ps', '--all', '--format', '{{.Image}} {{.Names}}'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.startsWith(`${tagOf(image)} `));
}

function buildImage(engine: string, image: BenchImage, folder: string): void {
  const context = join(folder, `context-${image.name}`);
  writeContext(image, context, join(folder, 'servers'));
  // the format of Docker, since that of OCI has no HEALTHCHECK.
  const format = engine === 'podman' ? ['--format', 'docker'] : [];
  const options = { timeout: BUILD_TIMEOUT_MILLIS, stdio: ['ignore', 'ignore', 'pipe'] as ('ignore' | 'pipe')[] };
  execFileSync(engine, ['build', ...format, '--tag', tagOf(image), context], options);
}

/** The cells of an image after its name and its engine, of which the last one has the faults. */
async function cellsOf(engine: string, image: BenchImage, isCheckOnly: boolean): Promise<(string | number)[]> {
  const results = await check(engine, image);
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  const failed = results.filter(({ status }) => status === 'failed').map(({ name }) => name);
  const cpuMillis = isCheckOnly ? undefined : await measure(engine, image);
  const rehearsed = isCheckOnly ? undefined : await rehearse(engine, image);
  const faults = [
    ...faultsOf(results, image),
    ...(rehearsed === undefined ? [] : faultsOfRehearsal(rehearsed)),
    ...containersLeft(engine, image).map((name) => `left: ${name}`),
  ];
  if (faults.length > 0) process.exitCode = 1;
  return [
    ...[count('ok'), count('warning'), failed.join('; ') || 0, image.stopSignal],
    cpuMillis?.toFixed(2) ?? '–',
    rehearsed === undefined ? '–' : `${rehearsed.servedCount} / ${rehearsed.failedCount}`,
    faults.join('; ') || 'none',
  ];
}

/** Builds an image, runs the commands on it, and prints its row; one that fails does not keep the others from being tried. */
async function benchImage(engine: ContainerEngineName, image: BenchImage, folder: string, isCheckOnly: boolean): Promise<void> {
  try {
    buildImage(engine, image, folder);
    console.log(`| ${[image.name, engine, ...(await cellsOf(engine, image, isCheckOnly))].join(' | ')} |`);
  } catch (error) {
    process.exitCode = 1;
    const { stderr, message } = error as Error & { readonly stderr?: Buffer };
    console.log(
      `failed: ${image.name} with ${engine}: ${(stderr?.toString().trim() || message).slice(0, MAX_ERROR_CHARACTERS).replaceAll('\n', ' ')}`,
    );
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      folder: { type: 'string' },
      engine: { type: 'string' },
      'only-check': { type: 'boolean', default: false },
      minutes: { type: 'string', default: '60' },
    },
  });
  const endsAtMillis = performance.now() + 60_000 * Number(values.minutes);
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'images-'));
  const engines = CONTAINER_ENGINES.filter((engine) => values.engine === undefined || engine === values.engine);
  const images = BENCH_IMAGES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  console.log('| image | engine | ok | warning | failed | stop | CPU per request, ms | rehearsed: served / failed | faults |');
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const engine of engines.filter((name) => isReady(name, console.log))) {
    for (const image of images) {
      const missing = image.needs.filter((program) => !has(program));
      if (missing.length > 0) console.log(`skipped: ${image.name} with ${engine}: needs ${missing.join(', ')}`);
      else if (performance.now() > endsAtMillis) console.log(`skipped: ${image.name} with ${engine}: ${values.minutes} minutes are over`);
      else await benchImage(engine, image, folder, values['only-check']);
    }
  }
  if (values.folder === undefined) rmSync(folder, { recursive: true, force: true });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
