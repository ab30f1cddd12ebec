import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { NAME } from './consumer';

/** What the CDK itself writes: a dependency beside the reference that says the same, and the zones of a stack with account and region. */
const OF_THE_CDK = ['W3005', 'W3010'];

const OPTIONS = ['--format', 'json', '--ignore-checks', ...OF_THE_CDK];

/**
 * One file for each template that was checked, by its text, the options and the version: of every template that has not changed, the findings are
 * known. It is outside of the checkout, so that a fresh clone knows them too.
 */
const KNOWN = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), NAME, 'cfn-lint');

/** What no test has read for so long is of a template that has changed since. */
const KEPT_DAYS = 30;

/** What cfn-lint writes of each finding, as far as it is read here. */
export interface Finding {
  /** `null` for what concerns no template, such as a file that is not there: then no other finding is printed. */
  readonly Filename: string | null;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
}

const { status, stdout } = spawnSync('cfn-lint', ['--version'], { encoding: 'utf8' });

/** Undefined where it is not installed. */
export const CFN_LINT_VERSION = status === 0 ? stdout.trim() : undefined;

/**
 * What cfn-lint finds in templates.
 *
 * It takes a second for each of them: those which it has checked before are not checked again.
 *
 * @param templates their files.
 * @param always the file of a template that is checked in any case, in one process with the others: it takes longer to load the rules than to go
 *   through a template.
 */
export function lintFindings(templates: readonly string[], always: string): Finding[] {
  mkdirSync(KNOWN, { recursive: true });
  const recordOf = new Map(templates.map((file) => [file, join(KNOWN, `${keyOf(readFileSync(file, 'utf8'))}.json`)]));
  const unknown = templates.filter((file) => !existsSync(recordOf.get(file)!));
  const found = run([...unknown, always]);
  if (found.some(({ Filename }) => Filename === null)) return found;
  for (const file of unknown) writeRecord(recordOf.get(file)!, JSON.stringify(found.filter(({ Filename }) => Filename === file)));
  forgetUnread([...recordOf.values()]);
  const known = [...recordOf].flatMap(([file, record]) =>
    (JSON.parse(readFileSync(record, 'utf8')) as Finding[]).map((finding) => ({ ...finding, Filename: file })),
  );
  return [...known, ...found.filter(({ Filename }) => Filename === always)];
}

function run(templates: readonly string[]): Finding[] {
  return JSON.parse(spawnSync('cfn-lint', [...OPTIONS, '--', ...templates], { encoding: 'utf8' }).stdout);
}

function keyOf(text: string): string {
  return createHash('sha256')
    .update(JSON.stringify([CFN_LINT_VERSION, OPTIONS, text]))
    .digest('hex');
}

/** Whole or not at all, as the tests of another checkout may read it. */
function writeRecord(record: string, text: string): void {
  const draft = `${record}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, record);
}

/** Deletes the findings of templates that have changed long ago. */
function forgetUnread(read: readonly string[]): void {
  const now = new Date();
  for (const record of read) utimesSync(record, now, now);
  const oldest = now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1000;
  for (const file of readdirSync(KNOWN).map((name) => join(KNOWN, name))) if (modifiedAt(file) < oldest) rmSync(file, { force: true });
}

function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
}
