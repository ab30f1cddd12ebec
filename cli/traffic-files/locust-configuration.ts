import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../../src/parse/input-error';
import type { KnownIteration } from '../../src/traffic/iteration';
import { locustTraffic, parseLocustSeconds } from '../../src/traffic/locust';
import type { Traffic } from '../../src/traffic/traffic-phases';
import { type LocustSettings, readLocustTest } from './locustfile';
import { TrafficFile } from './traffic-file';

const SETTING = /^\s*(users|num_users|spawn[-_]rate|hatch[-_]rate|run[-_]time|locustfile)\s*[=:]\s*(.+?)\s*$/;

/** Whether a file has settings of Locust: `locust.conf`, or `[tool.locust]` of a `pyproject.toml`. */
export function looksLikeLocustConfiguration({ extension, isFolder, head }: TrafficFile): boolean {
  if (isFolder || !/^\.(conf|toml|ini|cfg)$/.test(extension)) return false;
  return extension === '.toml' ? head.includes('[tool.locust]') : /^\s*(users|spawn-rate|run-time|locustfile)\s*[=:]/m.test(head);
}

/** Reads settings of Locust, and the locustfile that they name. */
export function readLocustConfiguration(file: TrafficFile, given: KnownIteration): Traffic {
  const settings = new Map(linesOf(file).flatMap((line) => pairOf(line)));
  return readSettings(settings, given, file.folder);
}

/** The traffic of settings of Locust by their names. */
export function readSettings(settings: ReadonlyMap<string, string>, given: KnownIteration, folder: string): Traffic {
  const test = settingsOf(settings);
  const locustfile = resolve(folder, settings.get('locustfile') ?? 'locustfile.py');
  if (existsSync(locustfile)) return readLocustTest(new TrafficFile(locustfile), given, test);
  const { users, spawnRate = 1, runTimeSeconds } = test;
  if (users === undefined || runTimeSeconds === undefined)
    throw new InputError(['settings of Locust must have users and run-time (-u and -t), as without them a test has no load or no end']);
  return locustTraffic([{ endSeconds: runTimeSeconds, users, spawnRate }], given);
}

function settingsOf(settings: ReadonlyMap<string, string>): LocustSettings {
  const users = numberOf(settings.get('users'), 'users');
  const spawnRate = numberOf(settings.get('spawn-rate'), 'spawn-rate');
  if (spawnRate === 0) throw new InputError(['spawn-rate must be above 0, got 0']);
  const runTime = settings.get('run-time');
  const runTimeSeconds = runTime === undefined ? undefined : parseLocustSeconds(runTime);
  if (runTime !== undefined && runTimeSeconds === undefined)
    throw new InputError(['run-time must be a time of Locust such as 90, 3m or 1h30m']);
  if (runTimeSeconds === 0) throw new InputError(['run-time must be above 0 for a forecast, got 0, with which Locust does not end']);
  return { users, spawnRate, runTimeSeconds };
}

function numberOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InputError([`${name} of Locust must be a number`]);
  return value;
}

/** The lines of the settings: in a TOML file those of its section. */
function linesOf({ extension, script }: TrafficFile): string[] {
  const text = extension === '.toml' ? script.slice(script.indexOf('[tool.locust]') + 1).replace(/\n\s*\[[\s\S]*$/, '') : script;
  return text.split(/\r?\n/);
}

function pairOf(line: string): [string, string][] {
  const match = SETTING.exec(line.replace(/\s#.*$/, ''));
  if (match === null) return [];
  return [[canonicalName(match[1]!), match[2]!.replace(/^(["'])(.*)\1$/, '$2')]];
}

/** The name of a setting as its option has it. */
export function canonicalName(name: string): string {
  const dashed = name.replaceAll('_', '-');
  return { 'hatch-rate': 'spawn-rate', 'num-users': 'users', clients: 'users' }[dashed] ?? dashed;
}
