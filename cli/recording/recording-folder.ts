import { existsSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../src/parse/input-error';
import { isJsonObject, type JsonObject } from '../../src/parse/json-fields';
import { fileName, readInputFile } from '../input/input-file';
import { throwIfDeep } from '../input/text-depth';

/** The files of a recording. */
export const RECORDING_FILES = {
  /** What was recorded, of which time. */
  contents: 'recording.json',
  /** The resources that the plan is read from, as AWS describes them. */
  resources: 'resources.json',
  /** One scaling activity a line, as AWS describes it. */
  activities: 'activities.jsonl',
  /** One file a day. */
  metrics: 'metrics',
} as const;

/** A file with metrics of a day, in UTC. */
export interface RecordedDay {
  readonly file: string;
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly periodSeconds: number;
}

/** The content of `recording.json`. */
export interface RecordingContents {
  readonly format: 1;
  /** The ARN of the service. */
  readonly service: string;
  readonly region: string;
  /** How many times faster than the wall clock the time of AWS passed. */
  readonly speed: number;
  /** ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly days: readonly RecordedDay[];
  /** What was not there, as texts. */
  readonly remarks: readonly string[];
  /** Whether all of it was recorded, and not only a part before an interruption. */
  readonly isComplete: boolean;
}

const MAX_MEBIBYTES = 64;
const FORMAT = 1;

/** Writes a file of a recording, at once: an interruption leaves the old one or the new one. */
export function writeRecordingFile(path: string, text: string): void {
  const draft = `${path}.draft`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

/** Whether a folder has a recording. */
export function hasRecording(folder: string): boolean {
  return existsSync(join(folder, RECORDING_FILES.contents));
}

/** Reads what a recording contains. */
export function readContents(option: string, folder: string): RecordingContents {
  if (!hasRecording(folder))
    throw new InputError([
      `${option} must be a folder that record has written, got '${fileName(folder)}' without ${RECORDING_FILES.contents}`,
    ]);
  const value = readJsonFile(option, join(folder, RECORDING_FILES.contents));
  if (value['format'] !== FORMAT)
    throw new InputError([`${RECORDING_FILES.contents} must have format ${FORMAT}: record the time again with this version`]);
  if (!isContents(value))
    throw new InputError([`${RECORDING_FILES.contents} must have service, region, speed, from, to and days: record the time again`]);
  return value;
}

function isContents(value: object): value is RecordingContents {
  const { service, region, speed, from, to, days, remarks = [] } = value as Partial<RecordingContents>;
  const areTexts = [service, region, from, to].every((text) => typeof text === 'string');
  const isDay = (day: unknown): boolean =>
    isJsonObject(day) && /^[\w.-]+\.csv$/.test(String(day['file'])) && typeof day['from'] === 'string' && typeof day['to'] === 'string';
  return areTexts && typeof speed === 'number' && speed >= 1 && Array.isArray(days) && days.every(isDay) && Array.isArray(remarks);
}

/** Reads a JSON file of a recording that must be an object. */
export function readJsonFile(option: string, path: string): Readonly<Record<string, unknown>> {
  const text = readInputFile(option, path, MAX_MEBIBYTES);
  throwIfDeep(text, option, `'${fileName(path)}'`);
  const value = jsonObjectOf(text);
  if (value === undefined)
    throw new InputError([`${option} must have complete JSON in ${fileName(path)}, which breaks off or is damaged: run record again`]);
  return value;
}

function jsonObjectOf(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the activities of a recording; undefined if there is no such file. */
export function readActivityLines(option: string, path: string): readonly unknown[] | undefined {
  if (!existsSync(path)) return undefined;
  const text = readInputFile(option, path, MAX_MEBIBYTES);
  throwIfDeep(text, option, `'${fileName(path)}'`);
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      throw new InputError([`${fileName(path)} line ${index + 1} must be JSON of a scaling activity: the file is damaged`]);
    }
  });
}

/** The path of a folder to record into, which may not have other files than a recording. */
export function assertRecordingFolder(option: string, folder: string): void {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new InputError([`${option} must be a folder, got the file '${fileName(folder)}'`]);
  if (!hasRecording(folder) && readdirSync(folder).length > 0)
    throw new InputError([`${option} must be a new or empty folder, or one with a recording, got '${fileName(folder)}' with other files`]);
}
