import { existsSync, lstatSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { InvalidInput, refuse } from '../src/plan/invalid-input';
import { csvOf } from '../src/report/csv';
import { htmlOf } from '../src/report/page/page';
import type { Report } from '../src/report/report';
import { svgOf } from '../src/report/svg';

/** Where a report is to be written, by what it is to be written as. */
export interface ReportFiles {
  readonly svg?: string;
  readonly html?: string;
  readonly csv?: string;
}

type Format = keyof ReportFiles;

const WRITERS: Readonly<Record<Format, (report: Report) => string>> = { svg: svgOf, html: htmlOf, csv: csvOf };
const FORMATS = Object.keys(WRITERS) as Format[];

/** Adds the options that say where a report is to be written. */
export function addReportFiles(command: Command): Command {
  return command
    .option('--svg <file>', 'write a chart: traffic, tasks, signals, latency, failures over time')
    .option('--html <file>', 'write a page with the chart, the causes, the cost and the timeline, to open or to attach')
    .option('--csv <file>', 'write the timeline as comma-separated values');
}

/** Reads the options. */
export function reportFilesOf({ svg, html, csv }: ReportFiles): ReportFiles {
  return { svg, html, csv };
}

/** Refuses what cannot be written before anything long begins. */
export function refuseUnwritable(files: ReportFiles): void {
  const paths = FORMATS.flatMap((format) => (files[format] === undefined ? [] : [{ format, path: files[format] }]));
  refuse([
    ...paths.flatMap(({ format, path }) => pathMistakes(`--${format}`, path)),
    ...paths.flatMap(({ format, path }, index) => {
      const same = paths.slice(0, index).find((other) => resolve(other.path) === resolve(path));
      return same === undefined ? [] : [`--${format} must be another file than --${same.format}, got '${path}' for both`];
    }),
  ]);
}

function pathMistakes(name: string, path: string): string[] {
  if (path.trim() === '') return [`${name} must be the path of a file, got '${path}'`];
  if (existsSync(path) && statSync(path).isDirectory()) return [`${name} must be the path of a file, got the folder '${path}'`];
  const folder = dirname(resolve(path));
  return existsSync(folder) && statSync(folder).isDirectory() ? [] : [`${name} must be in a folder that exists, got '${path}'`];
}

/** Writes a report wherever it was asked for: everywhere, or nowhere. Returns the paths. */
export function writeReport(files: ReportFiles, report: Report): string[] {
  const drafts = FORMATS.flatMap((format) => {
    const path = files[format];
    return path === undefined ? [] : [{ format, path, draft: isReplaceable(path) ? `${path}.${process.pid}.draft` : path }];
  });
  try {
    for (const { format, path, draft } of drafts) orSay(format, path, () => writeFileSync(draft, WRITERS[format](report)));
    for (const { format, path, draft } of drafts) if (draft !== path) orSay(format, path, () => renameSync(draft, path));
  } finally {
    for (const { path, draft } of drafts) if (draft !== path && existsSync(draft)) rmSync(draft);
  }
  return drafts.map(({ path }) => path);
}

function orSay(format: Format, path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new InvalidInput([`--${format} must be a file that can be written, got '${path}' (${(error as NodeJS.ErrnoException).code})`]);
  }
}

/** A pipe, a terminal or a link is written to, not put aside. */
function isReplaceable(path: string): boolean {
  return !existsSync(path) || lstatSync(path).isFile();
}
