import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, readSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { resultOrUndefined } from '../../rehearsal/task-runtime/limits/proc-file';

/** A program file is searched for the names of its libraries up to this size. */
const MAX_PROGRAM_BYTES = 150 * 2 ** 20;
const READ_BYTES = 4 * 2 ** 20;
const OVERLAP_BYTES = 512;

/** A process of a task: its program and its arguments, and where it runs. */
export interface ServerProcess {
  readonly words: readonly string[];
  readonly workingDirectory: string;
  readonly programFile?: string;
  /** The shared libraries that it has loaded. */
  readonly sharedLibraries?: readonly string[];
}

/** The processes of the process group that a process leads; none if this machine does not show them. */
export function processesOfGroup(leaderId: number | undefined): ServerProcess[] {
  return leaderId === undefined ? [] : idsOfGroup(leaderId).flatMap(readProcess);
}

/** The IDs of the processes of a process group; none if this machine does not show them. */
export function idsOfGroup(leaderId: number): string[] {
  const ids = (resultOrUndefined(() => readdirSync('/proc')) ?? []).filter((name) => /^\d+$/.test(name));
  return ids.filter((id) => groupOf(id) === leaderId);
}

function groupOf(id: string): number | undefined {
  const stat = resultOrUndefined(() => readFileSync(`/proc/${id}/stat`, 'latin1'));
  const group = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[2];
  return group === undefined ? undefined : Number(group);
}

function readProcess(id: string): ServerProcess[] {
  const words = (resultOrUndefined(() => readFileSync(`/proc/${id}/cmdline`, 'utf8')) ?? '').split('\0').filter(Boolean);
  const workingDirectory = resultOrUndefined(() => readlinkSync(`/proc/${id}/cwd`));
  const programFile = resultOrUndefined(() => readlinkSync(`/proc/${id}/exe`));
  return words.length === 0 || workingDirectory === undefined
    ? []
    : [{ words, workingDirectory, programFile, sharedLibraries: sharedLibrariesOf(id) }];
}

/** The files of shared libraries in the memory of a process. */
function sharedLibrariesOf(id: string): string[] {
  const maps = resultOrUndefined(() => readFileSync(`/proc/${id}/maps`, 'latin1')) ?? '';
  return [...new Set([...maps.matchAll(/\/\S+\.so[\d.]*$/gm)].map(([file]) => file))];
}

/** Such as `so:libmicrohttpd`; the version of a shared library is not that of its package. */
function namesOfShared(files: readonly string[]): [string, string][] {
  return files.flatMap((file): [string, string][] => {
    const name = /([\w+-]+?)(?:-\d[\d.]*)?\.so[\d.]*$/.exec(file)?.[1];
    return name === undefined ? [] : [[`so:${name}`, '']];
  });
}

/** The libraries of the programs of a task, with their versions: by names such as `npm:express`. */
export function librariesOf(processes: readonly ServerProcess[]): ReadonlyMap<string, string> {
  const libraries = new Map<string, string>();
  for (const serverProcess of processes) {
    const { words, workingDirectory, programFile } = serverProcess;
    const files = words.map((word) => resolve(workingDirectory, word)).filter((file) => isFile(file));
    for (const [name, version] of [
      ...pythonPackages([programFile, ...files]),
      ...nodePackages([workingDirectory, ...files.map((file) => dirname(file))]),
      ...jarLibraries([...files, ...classPath(words, workingDirectory)]),
      ...librariesOfProgram(serverProcess),
    ])
      if (!libraries.has(name)) libraries.set(name, version);
  }
  return libraries;
}

/** What a compiled program consists of; what an interpreter loads says nothing of the program that it runs. */
function librariesOfProgram({ programFile, sharedLibraries = [] }: ServerProcess): [string, string][] {
  if (programFile === undefined || isInterpreter(programFile)) return [];
  return [...compiledLibraries(programFile), ...namesOfShared(sharedLibraries)];
}

function isInterpreter(programFile: string): boolean {
  return /\/(?:node|python[\d.]*|java|ruby[\d.]*|perl|php[\d.]*|bun|deno|sh|bash|dash|busybox)$/.test(programFile);
}

/** The packages of the environment of a Python program, which is beside its `bin` folder. */
function pythonPackages(files: readonly (string | undefined)[]): [string, string][] {
  const libraryFolders = files.flatMap((file) => (file === undefined ? [] : [join(dirname(file), '..', 'lib')]));
  return libraryFolders.flatMap((folder) =>
    entries(folder)
      .filter((name) => /^python3\.\d+$/.test(name))
      .flatMap((name) => entries(join(folder, name, 'site-packages')))
      .flatMap((name): [string, string][] => {
        const [, packageName, version] = /^(.+)-([\d.]+)[^-]*\.dist-info$/.exec(name) ?? [];
        return packageName === undefined ? [] : [[`pypi:${packageName.toLowerCase()}`, version!]];
      }),
  );
}

/** The dependencies that the nearest `package.json` of each folder declares. */
function nodePackages(folders: readonly string[]): [string, string][] {
  return folders.flatMap((folder): [string, string][] => {
    const root = ancestors(folder).find((candidate) => existsSync(join(candidate, 'package.json')));
    if (root === undefined) return [];
    const { dependencies = {} } = readJson(join(root, 'package.json')) as { dependencies?: Record<string, string> };
    return Object.keys(dependencies).map((name) => {
      const { version } = readJson(join(root, 'node_modules', name, 'package.json')) as { version?: string };
      return [`npm:${name}`, version ?? ''];
    });
  });
}

function classPath(words: readonly string[], workingDirectory: string): string[] {
  const index = words.findIndex((word) => ['-cp', '-classpath', '--class-path'].includes(word));
  return (words[index + 1] ?? '').split(':').map((file) => resolve(workingDirectory, file));
}

/** The jars of a class path, and those within them. With Spring Boot, the names are of both. */
function jarLibraries(files: readonly string[]): [string, string][] {
  const jars = files.filter((file) => file.endsWith('.jar') && isFile(file));
  const names = jars.flatMap((file) => [
    file,
    ...findInFile(file, /BOOT-INF\/lib\/[\w.+-]+?\.jar|META-INF\/maven\/[\w.-]+\/[\w.-]+\/pom\.xml/g),
  ]);
  const libraries = names.flatMap((name): [string, string][] => {
    const [, jar, version = ''] = /([\w.+-]+?)-(\d[\w.]*)\.jar$/.exec(name) ?? [];
    // a jar that has other libraries unpacked in it names them by their descriptors.
    const library = jar ?? /META-INF\/maven\/[\w.-]+\/([\w.-]+)\/pom\.xml$/.exec(name)?.[1];
    return library === undefined ? [] : [[`maven:${library}`, version]];
  });
  const boot = libraries.find(([name]) => name === 'maven:spring-boot')?.[1];
  return boot === undefined
    ? libraries
    : [...libraries.map(([name]): [string, string] => [name.replace('maven:', 'maven:spring-boot+'), boot]), ...libraries];
}

/** The modules that a program of Go, or the crates that one of Rust, names in its file. */
function compiledLibraries(programFile: string): [string, string][] {
  const found = findInFile(programFile, /dep\t[\w./-]+\tv[\d.]+|\/registry\/src\/[^/\s]+\/[a-z][\w-]*?-\d+\.\d+\.\d+\/|Go buildinf:/g);
  return found.flatMap((text): [string, string][] => {
    const go = /dep\t([\w./-]+)\tv([\d.]+)/.exec(text);
    if (go !== null) return [[`go:${go[1]}`, go[2]!]];
    const crate = /\/([a-z][\w-]*?)-(\d+\.\d+\.\d+)\/$/.exec(text);
    if (crate !== null) return [[`crates:${crate[1]}`, crate[2]!]];
    return text.startsWith('Go ') ? [['go:std', '']] : [];
  });
}

/** What a pattern finds in a file, part by part. */
function findInFile(file: string, pattern: RegExp): string[] {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? Number.POSITIVE_INFINITY) > MAX_PROGRAM_BYTES) return [];
  const found = new Set<string>();
  const descriptor = resultOrUndefined(() => openSync(file, 'r'));
  if (descriptor === undefined) return [];
  const buffer = Buffer.alloc(READ_BYTES);
  for (let position = 0; ; position += READ_BYTES - OVERLAP_BYTES) {
    const byteCount = readSync(descriptor, buffer, 0, READ_BYTES, position);
    for (const [text] of buffer.toString('latin1', 0, byteCount).matchAll(pattern)) found.add(text);
    if (byteCount < READ_BYTES) break;
  }
  closeSync(descriptor);
  return [...found];
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function entries(folder: string): string[] {
  return resultOrUndefined(() => readdirSync(folder)) ?? [];
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

function readJson(file: string): object {
  return resultOrUndefined(() => JSON.parse(readFileSync(file, 'utf8')) as object) ?? {};
}
