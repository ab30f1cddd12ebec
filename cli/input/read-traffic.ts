import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KnownIteration } from '../../src/traffic/iteration';
import { parseTraffic } from '../../src/traffic/traffic-grammar';
import { readToolCommand, readTrafficFile } from '../traffic-files/read-traffic-file';
import type { TrafficSource } from '../traffic-files/traffic-source';

/** The extensions of the files that traffic is read from. A text that ends with one of them is the name of a file, also of one that is missing. */
const FILE_NAME = /^\S+\.(json|csv|tsv|txt|js|mjs|cjs|ts|mts|cts|py|conf|toml|ya?ml|jmx|scala|java|kt|sh|log|gz)$/i;

/** The command line of a load tool. */
const TOOL_COMMAND = /^(\S*\/)?(k6|locust|vegeta|hey)\s/;

/** Reads traffic in the traffic grammar, from the command line of a load tool, or from a file, whose name is relative to the folder. */
export function readTraffic(text: string, iteration: KnownIteration, folder = '.'): TrafficSource {
  const name = text.trim();
  const path = resolve(folder, name);
  if (FILE_NAME.test(name) || (name !== '' && existsSync(path))) return readTrafficFile(path, iteration);
  const command = TOOL_COMMAND.test(name) ? readToolCommand(name, iteration, folder) : undefined;
  return command ?? { traffic: parseTraffic(text), iterationFields: [] };
}
