import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidInput } from '../src/plan/invalid-input';
import { importTraffic } from '../src/scenario/import-traffic';
import type { Iteration } from '../src/scenario/iteration';
import { parseTraffic } from '../src/scenario/parse-traffic';
import type { Traffic } from '../src/scenario/traffic';

/** Endings of files that traffic is kept in. */
const FILE = /\.(json|csv|txt)$/i;

/** Reads traffic from words, or from the file of another tool that they name, beside the file that names it. */
export function readTraffic(words: string, iteration: Iteration, folder = '.'): Traffic {
  const path = resolve(folder, words.trim());
  return FILE.test(words.trim()) || (words.trim() !== '' && existsSync(path))
    ? importTraffic(readText('--traffic', path), iteration)
    : parseTraffic(words);
}

/** Reads a file that an option names. */
export function readText(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InvalidInput([`${option} must be a file that can be read, got '${path}' (${(error as NodeJS.ErrnoException).code})`]);
  }
}
