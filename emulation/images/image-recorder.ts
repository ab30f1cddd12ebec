import { cpSync, rmSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { ImageRecords } from './image-records';

function run(records: ImageRecords, [command, ...rest]: readonly string[]): number {
  switch (command) {
    case 'build':
      return build(records, rest);
    case 'buildx':
    case 'image':
      return run(records, rest);
    case 'tag':
      return tag(records, rest);
    case 'push':
    case 'inspect':
      return find(records, rest.at(-1) ?? '');
    case 'images':
    case 'login':
    case 'logout':
      return 0;
    case 'version':
    case '--version':
      process.stdout.write('images are recorded for the emulation; no container engine is called\n');
      return 0;
    default:
      return fail(
        `docker ${command ?? ''} is not recorded: set CDK_DOCKER to an engine for it, or use build, tag, push, inspect and login only`,
      );
  }
}

/** Options of `docker build` that have no value. */
const FLAGS = new Set(['--load', '--push', '--no-cache', '--pull', '--quiet', '-q', '--rm', '--force-rm', '--squash', '--compress']);

function build(records: ImageRecords, given: readonly string[]): number {
  const { options, positional } = readOptions(given);
  const names = [...(options.get('--tag') ?? []), ...(options.get('-t') ?? [])];
  const [buildFolder] = positional;
  if (buildFolder === undefined || names.length === 0) return fail('docker build must have a folder and a --tag, got neither or one');
  const source = resolve(buildFolder);
  const folder = records.copyFolder(names[0]!);
  // the CDK deletes some build folders after the deployment.
  rmSync(folder, { recursive: true, force: true });
  cpSync(source, folder, { recursive: true, dereference: true });
  const dockerfile = [...(options.get('--file') ?? []), ...(options.get('-f') ?? [])][0];
  const image = {
    folder,
    dockerfile: dockerfile !== undefined && isAbsolute(dockerfile) ? relative(source, dockerfile) : dockerfile,
    target: options.get('--target')?.[0],
    buildArguments: Object.fromEntries(
      (options.get('--build-arg') ?? []).map((pair) => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]),
    ),
    platform: options.get('--platform')?.[0],
  };
  for (const name of names) records.add(name, image);
  return 0;
}

function tag(records: ImageRecords, [existing = '', added = '']: readonly string[]): number {
  const image = records.find(existing);
  if (image === undefined) return find(records, existing);
  records.add(added, image);
  return 0;
}

function find(records: ImageRecords, name: string): number {
  return records.find(name) === undefined ? fail(`no such image was built during this emulation: ${name}`) : 0;
}

function fail(message: string): number {
  process.stderr.write(`error: ${message}\n`);
  return 1;
}

function readOptions(given: readonly string[]): {
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly positional: readonly string[];
} {
  const options = new Map<string, string[]>();
  const positional: string[] = [];
  for (let index = 0; index < given.length; index++) {
    const word = given[index]!;
    if (!word.startsWith('-') || word === '-') {
      positional.push(word);
      continue;
    }
    const [name = word, inlineValue] = /^(--[^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word];
    if (inlineValue === undefined && FLAGS.has(name)) continue;
    const value = inlineValue ?? given[++index] ?? '';
    options.set(name, [...(options.get(name) ?? []), value]);
  }
  return { options, positional };
}

/**
 * The program that the CDK calls in place of docker, by its variable CDK_DOCKER. It builds nothing: it records how images would be built, so
 * that the emulation can run their programs, and pushes nothing.
 *
 * Its first argument is the folder of the records, the others are those of docker.
 */
const [recordsFolder = '', ...dockerArguments] = process.argv.slice(2);
// the CDK puts the folder of its credentials first.
process.exitCode = run(new ImageRecords(recordsFolder), dockerArguments[0] === '--config' ? dockerArguments.slice(2) : dockerArguments);
