import { existsSync, lstatSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { InputError, throwIfAny } from '../../src/parse/input-error';
import { csvOf } from '../../src/report/export-formats';
import { htmlOf } from '../../src/report/page/page';
import type { Report } from '../../src/report/report';
import { svgOf } from '../../src/report/svg';

/** The files to write a report to, by format. */
export interface ReportFiles {
  readonly svg?: string;
  readonly html?: string;
  readonly csv?: string;
}

type ReportFormat = keyof ReportFiles;

const WRITERS: Readonly<Record<ReportFormat, (report: Report) => string>> = { svg: svgOf, html: htmlOf, csv: csvOf };
const FORMATS = Object.keys(WRITERS) as ReportFormat[];

/** Adds the options of the report files. */
export function addReportFiles(command: Command): Command {
  return command
    .option('--svg <file>', 'write a chart to an SVG file: traffic, tasks, metrics, latency and failures over time')
    .option('--html <file>', 'write an HTML page with the chart, the causes of scaling, the cost and the timeline')
    .option('--csv <file>', 'write the timeline to a CSV file');
}

/** Reads the report files from the options. */
export function reportFilesOf({ svg, html, csv }: ReportFiles): ReportFiles {
  return { svg, html, csv };
}

/**
 * Throws if a report file cannot be written, before any long work starts.
 *
 * @param others other files that the command writes, by the names of their options.
 */
export function assertWritable(files: ReportFiles, others: Readonly<Record<string, string | undefined>> = {}): void {
  const paths = Object.entries({ ...files, ...others }).flatMap(([format, path]) => (path === undefined ? [] : [{ format, path }]));
  throwIfAny([
    ...paths.flatMap(({ format, path }) => pathErrors(`--${format}`, path)),
    ...paths.flatMap(({ format, path }, index) => {
      const same = paths.slice(0, index).find((other) => resolve(other.path) === resolve(path));
      return same === undefined ? [] : [`--${format} and --${same.format} must be different files, got '${path}' for both`];
    }),
  ]);
}

function pathErrors(option: string, path: string): string[] {
  if (path.trim() === '') return [`${option} must be the path of a file, got '${path}'`];
  if (existsSync(path) && statSync(path).isDirectory()) return [`${option} must be the path of a file, got the folder '${path}'`];
  const folder = dirname(resolve(path));
  return existsSync(folder) && statSync(folder).isDirectory() ? [] : [`${option} must be in a folder that exists, got '${path}'`];
}

/** Writes a report to all its files; if one cannot be written, to none. Returns the paths. */
export function writeReport(files: ReportFiles, report: Report): string[] {
  const drafts = FORMATS.flatMap((format) => {
    const path = files[format];
    return path === undefined ? [] : [{ format, path, draft: isNewOrRegularFile(path) ? `${path}.${process.pid}.draft` : path }];
  });
  try {
    for (const { format, path, draft } of drafts) withInputError(format, path, () => writeFileSync(draft, WRITERS[format](report)));
    for (const { format, path, draft } of drafts) if (draft !== path) withInputError(format, path, () => renameSync(draft, path));
  } finally {
    for (const { path, draft } of drafts) if (draft !== path && existsSync(draft)) rmSync(draft);
  }
  return drafts.map(({ path }) => path);
}

/** Writes a file that is no report, and returns its path. */
export function writeTextFile(option: string, path: string, text: string): string {
  withInputError(option.replace(/^--/, ''), path, () => writeFileSync(path, text));
  return path;
}

function withInputError(format: string, path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new InputError([`--${format} cannot be written to '${path}' (${(error as NodeJS.ErrnoException).code})`]);
  }
}

/** Whether the path is a new or a regular file. A pipe, a terminal or a link is written to directly. */
function isNewOrRegularFile(path: string): boolean {
  return !existsSync(path) || lstatSync(path).isFile();
}
