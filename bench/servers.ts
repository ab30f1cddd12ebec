/**
 * Measures servers again, and fails where the table of known servers is out of date:
 *
 *   npx tsx bench/servers.ts uvicorn puma          installs them in a temporary folder, runs them, probes them with raw sockets
 *   npx tsx bench/servers.ts all --check           compares the verdicts of the command `check` with the probe
 *   npx tsx bench/servers.ts all --advice          follows the advice of the table, and checks again
 *   npx tsx bench/servers.ts list                  what can be measured here
 *
 * Build the command first, `npm run bundle`. Options: --folder NAME keeps what is installed there; --at-once N (default 4); --json FILE.
 * Needs Linux, root for the PID namespace, and the tools of the languages. A server takes one and a half minutes, most of it idle.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Cell, compareCells, outdatedCells, rowOf } from './servers/compare';
import { install } from './servers/install';
import { type Probed, probe } from './servers/probe';
import { type Verdicts, verdicts } from './servers/product';
import type { Recipe } from './servers/recipe';
import { RECIPES } from './servers/recipes';
import { serverCommand, startUpstream } from './servers/running-server';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    advice: { type: 'boolean', default: false },
    folder: { type: 'string' },
    'at-once': { type: 'string', default: '4' },
    json: { type: 'string' },
    installed: { type: 'boolean', default: false },
  },
});

/** What was found of one server. */
interface Finding {
  readonly name: string;
  readonly server: string;
  readonly variant?: string;
  readonly version: string;
  readonly probed?: Probed;
  readonly outdated?: readonly string[];
  readonly cells?: readonly Cell[];
  readonly advised?: Readonly<Record<string, string>>;
  readonly error?: string;
}

async function main(): Promise<boolean> {
  if (positionals.length === 0 || positionals[0] === 'list') {
    console.log(RECIPES.map(({ name, server }) => `${name.padEnd(20)} ${server}`).join('\n'));
    return true;
  }
  const unknown = positionals.filter((name) => name !== 'all' && !RECIPES.some((recipe) => recipe.name === name));
  if (unknown.length > 0) throw new Error(`no such server: ${unknown.join(', ')}; list prints all`);
  const recipes = RECIPES.filter(({ name, advised }) =>
    positionals.includes('all') ? !values.advice || advised !== undefined : positionals.includes(name),
  );
  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'servers-'));
  const upstream = await startUpstream();
  try {
    if (!values.installed) install(recipes, folder);
    const findings = await inParallel(recipes, Number(values['at-once']), (recipe) => examine(recipe, folder, upstream.port));
    if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(findings, undefined, 1));
    return report(findings);
  } finally {
    upstream.close();
    if (values.folder === undefined) rmSync(folder, { recursive: true });
  }
}

async function examine(recipe: Recipe, folder: string, upstreamPort: number): Promise<Finding> {
  const { name, server, variant } = recipe;
  let finding: Finding = { name, server, variant, version: '' };
  try {
    finding = { ...finding, version: versionOf(recipe, folder, upstreamPort) };
    if (values.advice) {
      finding = { ...finding, advised: advisedStatuses(await verdicts(recipe, folder, upstreamPort, true), recipe.hasSlowPath) };
    } else {
      const [probed, found] = await Promise.all([
        probe(recipe, folder, upstreamPort),
        values.check ? verdicts(recipe, folder, upstreamPort, false) : undefined,
      ]);
      finding = {
        ...finding,
        probed,
        outdated: outdatedCells(rowOf(recipe, finding.version), probed),
        cells: found && compareCells(probed, found),
      };
    }
  } catch (error) {
    finding = { ...finding, error: (error as Error).message };
  }
  console.log(findingText(finding));
  return finding;
}

/** The checks that the advice is about. */
const ADVISED_CHECKS = [
  'keeps idle connections open',
  'completes requests when stopped',
  'exits within the stop timeout',
  'is stopped by the right signal',
];

/** What is skipped counts as ok if there is no slow path to try it with. */
function advisedStatuses(found: Verdicts, hasSlowPath = true): Record<string, string> {
  return Object.fromEntries(
    ADVISED_CHECKS.map((check) => {
      const { status, reason } = found.get(check) ?? { status: 'skipped', reason: 'it did not run' };
      return [check, status === 'ok' || (status === 'skipped' && !hasSlowPath) ? 'ok' : `${status}: ${reason}`];
    }),
  );
}

function versionOf(recipe: Recipe, folder: string, upstreamPort: number): string {
  const { workingDirectory } = serverCommand(recipe, folder, '0', upstreamPort, false);
  const [program, ...words] = recipe.version.map((word) => word.replaceAll('$FOLDER', folder));
  return execFileSync(program!, words, { cwd: workingDirectory, encoding: 'utf8' })
    .trim()
    .replace(/^(?:go|v)/, '');
}

function findingText({ name, version, probed, outdated = [], cells = [], advised, error }: Finding): string {
  const title = `${name} ${version}`;
  if (error !== undefined) return `${title}: ${error}`;
  if (advised !== undefined) return `${title}: ${JSON.stringify(advised)}`;
  const different = cells.filter(({ expected, verdict }) => expected !== verdict);
  return [
    `${title}: ${JSON.stringify(probed)}`,
    ...outdated.map((text) => `  out of date: ${text}`),
    ...different.map((cell) => `  differs: ${cell.name} is ${cell.verdict}, the probe says ${cell.expected}: ${cell.reason}`),
  ].join('\n');
}

function report(findings: readonly Finding[]): boolean {
  const cells = findings.flatMap((finding) => finding.cells ?? []);
  const agreeing = cells.filter(({ expected, verdict }) => expected === verdict).length;
  if (values.check) console.log(`\n${agreeing} of ${cells.length} verdicts of ${findings.length} servers agree with the probe`);
  const advised = findings.filter((finding) => finding.advised !== undefined);
  const passing = advised.filter((finding) => Object.values(finding.advised!).every((status) => status === 'ok')).length;
  if (values.advice) console.log(`\n${passing} of ${advised.length} servers pass with the advice`);
  const outdated = findings.filter((finding) => finding.error !== undefined || (finding.outdated ?? []).length > 0);
  if (outdated.length > 0) console.log(`\nout of date, or not measured: ${outdated.map(({ name }) => name).join(', ')}`);
  return outdated.length === 0 && agreeing === cells.length && passing === advised.length;
}

async function inParallel<Item, Result>(items: readonly Item[], atOnce: number, run: (item: Item) => Promise<Result>): Promise<Result[]> {
  const waiting = [...items];
  const results: Result[] = [];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) results.push(await run(item));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

main().then(
  (isUpToDate) => {
    process.exitCode = isUpToDate ? 0 : 1;
  },
  (error: Error) => {
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  },
);
