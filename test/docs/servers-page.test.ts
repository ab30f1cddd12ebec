import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type KnownServer, type ServerMeasurement, versionRange } from '../../src/servers/known-server';
import { KNOWN_SERVERS } from '../../src/servers/known-servers';

const PAGE = join(__dirname, '..', '..', 'docs', 'servers.md');
const VERDICTS = join(__dirname, 'server-verdicts.json');

/** `npx vitest run test/docs -u` writes it anew, where the table has changed. */
test('docs/servers.md has the table of today', async () => {
  const tables = { servers: serversTables(), verdicts: verdictsTables() };
  const page = Object.entries(tables).reduce((text, [name, lines]) => withLines(text, name, lines), readFileSync(PAGE, 'utf8'));
  await expect(page).toMatchFileSnapshot(PAGE);
});

function serversTables(): string[] {
  const languages = [...new Set(KNOWN_SERVERS.map(({ language }) => language))];
  return languages.flatMap((language) => [
    `## ${language}`,
    '',
    '| server | measured | idle s | requests | exit | 10 KB | process 1 | what to type |',
    '|---|---|---|---|---|---|---|---|',
    ...KNOWN_SERVERS.filter((server) => server.language === language).flatMap(rowsOf),
    '',
  ]);
}

function rowsOf(server: KnownServer): string[] {
  const { name, measurements, note } = server;
  if (measurements.length === 0) return [`| ${name} | ${note ?? 'not measured'} | | | | | | ${adviceOf(server)} |`];
  return measurements.map(
    (row, index) => `| ${name} | ${measuredText(row)} | ${cellsOf(row).join(' | ')} | ${index === 0 ? adviceOf(server) : ''} |`,
  );
}

function measuredText(row: ServerMeasurement): string {
  const settings = row.variant === undefined ? '' : `, \`${row.variant}\``;
  return `${row.version} (for ${versionRange(row)})${settings}, ${row.date}`;
}

function cellsOf({ idleSeconds, completesRequests, exitSeconds, exit, header10KB, endsAsProcessOne }: ServerMeasurement): string[] {
  const yesOrNo = (value: boolean | undefined, [yes, no]: readonly [string, string]): string => {
    if (value === undefined) return '';
    return value ? yes : no;
  };
  return [
    String(idleSeconds),
    yesOrNo(completesRequests, ['completed', 'lost']),
    exitSeconds === undefined ? 'not within 35 s' : `${exitSeconds} s, ${exit}`,
    String(header10KB ?? ''),
    yesOrNo(endsAsProcessOne, ['ends', 'goes on']),
  ];
}

function adviceOf({ keepAlive, keepAliveTriedSeconds, keepAliveVariable, completeRequests, longHeaders }: KnownServer): string {
  const tried = keepAliveTriedSeconds === undefined ? '' : ` (${keepAliveTriedSeconds} s)`;
  const variable =
    keepAliveVariable === undefined ? '' : `, or the variable \`${keepAliveVariable.name}=${keepAliveVariable.valueOf65Seconds}\``;
  const parts = [
    keepAlive === undefined ? '' : `idle: ${code(keepAlive)}${tried}${variable}`,
    completeRequests === undefined ? '' : `requests: ${code(completeRequests)}`,
    longHeaders === undefined ? '' : `headers: ${code(longHeaders)}`,
  ];
  return parts.filter(Boolean).join('<br>');
}

/** As code, so that nothing of it is markup. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

interface Verdicts {
  readonly date: string;
  readonly servers: readonly {
    readonly name: string;
    readonly version: string;
    readonly cells: Readonly<Record<string, readonly [string, string]>>;
  }[];
  readonly advised: readonly { readonly name: string; readonly version: string }[];
  readonly notes: readonly string[];
}

function verdictsTables(): string[] {
  if (!existsSync(VERDICTS)) return [];
  const { date, servers, advised, notes } = JSON.parse(readFileSync(VERDICTS, 'utf8')) as Verdicts;
  const cells = servers.flatMap((server) => Object.values(server.cells));
  const agreeing = cells.filter(([verdict, expected]) => verdict === expected).length;
  const names = Object.keys(servers[0]!.cells);
  return [
    `On ${date}, ${agreeing} of ${cells.length} verdicts of ${servers.length} servers agreed with the probe, ${((100 * agreeing) / cells.length).toFixed(1)} %.`,
    ...notes,
    '',
    `| server | version | ${names.join(' | ')} |`,
    `|---|---|${names.map(() => '---').join('|')}|`,
    ...servers.map(
      ({ name, version, cells: own }) => `| ${name} | ${version} | ${names.map((cell) => verdictText(own[cell])).join(' | ')} |`,
    ),
    '',
    `With the advice of the table, ${advised.length} servers passed the same checks on that day: ${advised.map(({ name, version }) => `${name} ${version}`).join(', ')}.`,
  ];
}

function verdictText(cell: readonly [string, string] | undefined): string {
  if (cell === undefined) return '';
  return cell[0] === cell[1] ? cell[0] : `**${cell[0]}**, the probe says ${cell[1]}`;
}

/** Replaces what is between the two comments of a name. */
function withLines(page: string, name: string, lines: readonly string[]): string {
  const [start, end] = [new RegExp(`<!-- ${name}: .*-->\n`), `<!-- /${name} -->`];
  const from = start.exec(page);
  if (from === null || !page.includes(end)) throw new Error(`the page has no place for its ${name}`);
  const first = from.index + from[0].length;
  return `${page.slice(0, first)}\n${lines.join('\n')}\n\n${page.slice(page.indexOf(end))}`;
}
