import { posix } from 'node:path';
import ts from 'typescript';
import type { Sources } from './sources';

export interface Imports {
  /** Our own files, by their path from the root of the repository. */
  readonly files: readonly string[];

  /** Packages and built-ins, as written. */
  readonly packages: readonly string[];
}

export type ImportGraph = ReadonlyMap<string, Imports>;

/** Reads static, type-only and dynamic imports, re-exports and `require` calls with TypeScript's own scanner. */
export function importGraph(sources: Sources): ImportGraph {
  return new Map([...sources].map(([file, text]) => [file, importsOf(file, text, sources)]));
}

function importsOf(file: string, text: string, sources: Sources): Imports {
  const specifiers = [...new Set(ts.preProcessFile(text, true, true).importedFiles.map((found) => found.fileName))];
  const isOurs = (specifier: string) => specifier.startsWith('.') || specifier.startsWith('/');
  return {
    files: specifiers.filter(isOurs).map((specifier) => resolve(sources, file, specifier)),
    packages: specifiers.filter((specifier) => !isOurs(specifier)),
  };
}

function resolve(sources: Sources, file: string, specifier: string): string {
  const path = posix.join(posix.dirname(file), specifier);
  const candidates = [path, `${path}.ts`, `${path}/index.ts`, path.replace(/\.[cm]?js$/, '.ts')];
  return candidates.find((candidate) => sources.has(candidate)) ?? path;
}

/** Every import cycle, as the files in the order in which they import each other. */
export function importCycles(graph: ImportGraph): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const tracked = (file: string, trail: string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push([...trail.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const target of graph.get(file)?.files ?? []) tracked(target, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) tracked(file, []);
  return cycles;
}
