import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { InputError } from '../../../src/parse/input-error';
import { signalGroup } from '../process/process-group';
import { LastOutput } from '../process/task-child';
import type { ContainerEngine } from './container-engine';
import { withRemedies } from './engine-remedies';

/** What reports the progress of preparing an image, and what ends it early. */
export interface Preparation {
  /** Called with each line that the engine prints. */
  readonly onLine: (line: string) => void;
  /** Rejects if the preparation must end at once. */
  readonly interrupted: Promise<never>;
}

/**
 * Builds an image, or pulls it if it is not on this machine, and returns its name.
 *
 * @throws InputError with the last lines of the engine if that fails.
 */
export async function prepareImage(engine: ContainerEngine, source: ImageSource, preparation: Preparation): Promise<string> {
  return source.kind === 'build' ? build(engine, source, preparation) : pull(engine, source.name, preparation);
}

async function build(engine: ContainerEngine, source: ImageBuild, preparation: Preparation): Promise<string> {
  const tag = `cdk-scalable-stateless-service:${source.hash}`;
  const failure = await runEngineCommand(engine, buildArguments(source, tag), { ...preparation, folder: source.folder });
  if (failure !== undefined)
    throw new InputError([`${engine.name} cannot build the image from ${source.folder}:\n${withRemedies(failure)}`]);
  return tag;
}

async function pull(engine: ContainerEngine, name: string, preparation: Preparation): Promise<string> {
  const isLocal = await engine.run('image', 'inspect', '--format', '{{.Id}}', name).then(
    () => true,
    () => false,
  );
  const failure = isLocal ? undefined : await runEngineCommand(engine, ['pull', name], { ...preparation, folder: '.' });
  if (failure === undefined) return name;
  const reason = failure.trim().split('\n').at(-1)!;
  throw new InputError([`the image ${name} is not on this machine, and ${engine.name} cannot pull it: ${reason}`]);
}

/** Runs a command of the engine in a folder. Returns its last lines if it fails. */
async function runEngineCommand(
  engine: ContainerEngine,
  args: readonly string[],
  { folder, onLine, interrupted }: Preparation & { readonly folder: string },
): Promise<string | undefined> {
  const child = spawn(engine.name, args, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = new LastOutput();
  for (const stream of [child.stdout, child.stderr]) {
    output.recordStream(stream);
    createInterface(stream).on('line', onLine);
  }
  const failure = once(child, 'close').then(([code]) => (code === 0 ? undefined : output.text));
  try {
    return await Promise.race([failure, interrupted]);
  } finally {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) signalGroup(child.pid, 'SIGTERM');
  }
}

/** A folder that an image is built from, as in the asset manifest of a CDK app. */
export interface ImageBuild {
  readonly kind: 'build';
  /** Identifies the content of the folder. */
  readonly hash: string;
  readonly folder: string;
  readonly dockerfile?: string;
  readonly target?: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly buildContexts: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly ssh?: string;
  readonly network?: string;
  readonly platform?: string;
}

/** The source of an image: a folder to build it from, or a name, which is pulled unless it is on this machine. */
export type ImageSource = ImageBuild | { readonly kind: 'name'; readonly name: string };

/** The arguments with which an engine's command builds an image. */
export function buildArguments(build: ImageBuild, tag: string): string[] {
  const pairs = (name: string, values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values).flatMap(([key, value]) => [name, `${key}=${value}`]);
  return [
    ...['build', '--tag', tag],
    ...pairs('--build-arg', build.arguments),
    ...pairs('--build-context', build.buildContexts),
    ...Object.entries(build.secrets).flatMap(([id, value]) => ['--secret', `id=${id},${value}`]),
    ...option('--ssh', build.ssh),
    ...option('--target', build.target),
    ...option('--file', build.dockerfile),
    ...option('--network', build.network),
    ...option('--platform', build.platform),
    '.',
  ];
}

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}
