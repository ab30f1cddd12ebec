import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../../src/parse/input-error';
import type { Iteration } from '../../src/traffic/k6';
import { importTraffic, TRAFFIC_FORMATS, trafficFormatOf } from '../../src/traffic/traffic-formats';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import type { Traffic } from '../../src/traffic/traffic-phases';

const EXTENSIONS = TRAFFIC_FORMATS.flatMap(({ extensions }) => extensions.map((extension) => `.${extension}`));

/** Reads traffic in the traffic grammar, or from a file of another tool, whose name is relative to the folder. */
export function readTraffic(text: string, iteration: Iteration, folder = '.'): TrafficSource {
  const name = text.trim();
  const path = resolve(folder, name);
  const isFile = EXTENSIONS.some((extension) => name.toLowerCase().endsWith(extension)) || (name !== '' && existsSync(path));
  if (!isFile) return { traffic: parseTraffic(text), iterationFields: [] };
  const content = readTextFile('--traffic', path);
  return { traffic: importTraffic(content, iteration), iterationFields: trafficFormatOf(content)?.iterationFields ?? [] };
}

/** Traffic, and the numbers of an iteration that affect it. */
export interface TrafficSource {
  readonly traffic: Traffic;
  readonly iterationFields: readonly (keyof Iteration)[];
}

/** Reads a file that an option names. */
export function readTextFile(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError([`${option} must be a file that can be read, got '${path}' (${(error as NodeJS.ErrnoException).code})`]);
  }
}
