import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { InvalidInput } from '../../../src/plan/invalid-input';
import type { ContainerEngine } from './container-engine';
import { buildArguments, type ImageBuild, type ImageSource } from './image-source';
import { LastOutput } from './last-output';
import { signalGroup } from './process-group';

/** What the preparation of an image may say, and how it is ended early. */
export interface Preparation {
  /** Told each line that the engine prints. */
  readonly onLine: (line: string) => void;
  readonly interrupted: Promise<never>;
}

/**
 * Builds an image, or pulls it where it is not on this machine, and returns its name.
 *
 * @throws InvalidInput with the last lines of the engine where that fails.
 */
export async function prepareImage(engine: ContainerEngine, source: ImageSource, preparation: Preparation): Promise<string> {
  return source.kind === 'build' ? build(engine, source, preparation) : pull(engine, source.name, preparation);
}

async function build(engine: ContainerEngine, source: ImageBuild, preparation: Preparation): Promise<string> {
  const tag = `cdk-scalable-stateless-service:${source.hash}`;
  const failure = await run(engine, buildArguments(source, tag), { ...preparation, folder: source.folder });
  if (failure !== undefined)
    throw new InvalidInput([
      `the image must be one that ${engine.name} can build from ${source.folder}, got these last lines:\n${failure}`,
    ]);
  return tag;
}

async function pull(engine: ContainerEngine, name: string, preparation: Preparation): Promise<string> {
  const isHere = await engine.ask('image', 'inspect', '--format', '{{.Id}}', name).then(
    () => true,
    () => false,
  );
  const failure = isHere ? undefined : await run(engine, ['pull', name], { ...preparation, folder: '.' });
  if (failure === undefined) return name;
  const words = failure.trim().split('\n').at(-1)!;
  throw new InvalidInput([
    `the image ${name} must be on this machine or in a registry that ${engine.name} can pull it from, got: ${words}`,
  ]);
}

/** Runs a command of the engine in a folder; returns its last lines where it fails. */
async function run(
  engine: ContainerEngine,
  words: readonly string[],
  { folder, onLine, interrupted }: Preparation & { readonly folder: string },
): Promise<string | undefined> {
  const child = spawn(engine.name, words, { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = new LastOutput();
  for (const stream of [child.stdout, child.stderr]) {
    output.follow(stream);
    createInterface(stream).on('line', onLine);
  }
  const ended = once(child, 'close').then(([code]) => (code === 0 ? undefined : output.text));
  try {
    return await Promise.race([ended, interrupted]);
  } finally {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) signalGroup(child.pid, 'SIGTERM');
  }
}
