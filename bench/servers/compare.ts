import { idleSecondsOf, type ServerMeasurement, versionRange } from '../../src/servers/known-server';
import { knownServer } from '../../src/servers/known-servers';
import type { Probed } from './probe';
import type { Verdicts } from './product';
import type { Recipe } from './recipe';

/** An idle time differs from its row if it is off by more than this: some servers count in steps. */
const IDLE_TOLERANCE_SECONDS = 1.5;
const IDLE_TOLERANCE_SHARE = 0.15;

/** The idle time above which a connection is safe behind a load balancer with its default. */
const REQUIRED_SECONDS = 63;

const LATE_EXIT_SECONDS = 28;

/** The row of the table that a recipe measures: that of the version range, if several versions were measured. */
export function rowOf({ server, variant }: Recipe, version: string): ServerMeasurement | undefined {
  const rows = knownServer(server)?.measurements.filter((row) => row.variant === variant) ?? [];
  return rows.find((row) => versionRange(row) === versionRange({ version })) ?? rows[0];
}

/** What a row of the table has that the probe does not see, one text each; none if the row is up to date. */
export function outdatedCells(row: ServerMeasurement | undefined, probed: Probed): string[] {
  if (row === undefined) return ['it is not in the table'];
  const cells: string[] = [];
  const compare = (name: string, inTable: unknown, measured: unknown): void => {
    if (inTable !== undefined && inTable !== measured) cells.push(`${name}: ${String(inTable)} in the table, ${String(measured)} measured`);
  };
  const [inTable, measured] = [idleSecondsOf(row), idleSecondsOf(probed)];
  const isClose =
    Number.isFinite(inTable) && Math.abs(inTable - measured) <= Math.max(IDLE_TOLERANCE_SECONDS, IDLE_TOLERANCE_SHARE * inTable);
  if (inTable !== measured && !isClose) compare('idle seconds', row.idleSeconds, probed.idleSeconds);
  compare('completes requests', row.completesRequests, probed.completesRequests);
  compare('exit', row.exit, probed.exit);
  compare('header of 10 KB', row.header10KB, probed.header10KB);
  compare('ends as process 1', row.endsAsProcessOne, probed.endsAsProcessOne);
  return cells;
}

/** One cell of the comparison: what the probe says the verdict should be, and the verdict. */
export interface Cell {
  readonly name: string;
  readonly expected: string;
  readonly verdict: string;
  readonly reason: string;
}

/** The five verdicts of the command `check` that the probe can confirm. */
export function compareCells(probed: Probed, verdicts: Verdicts): Cell[] {
  const cell = (name: string, check: string, expected: string): Cell => {
    const { status, reason } = verdicts.get(check) ?? { status: 'skipped', reason: 'it did not run' };
    return { name, expected, verdict: status, reason };
  };
  return [
    cell('keep-alive', 'keeps idle connections open', expectedKeepAlive(probed, verdicts)),
    ...(probed.completesRequests === undefined
      ? []
      : [cell('drain', 'completes requests when stopped', probed.completesRequests ? 'ok' : 'failed')]),
    cell('exit', 'exits within the stop timeout', expectedExit(probed)),
    cell('header', 'accepts long headers', expectedHeader(probed)),
    cell('process 1', 'ends as process 1', expectedProcessOne(probed)),
  ];
}

/** A connection that is closed after each response is a warning if that was announced, and a failure if not. */
function expectedKeepAlive(probed: Probed, verdicts: Verdicts): string {
  if (probed.idleSeconds === 'each') return verdicts.get('keeps idle connections open')?.status === 'failed' ? 'failed' : 'warning';
  return idleSecondsOf(probed) > REQUIRED_SECONDS ? 'ok' : 'failed';
}

/** An exit that takes most of the stop timeout of the comparison, which is 35 s, is a warning. */
function expectedExit({ exitSeconds }: Probed): string {
  if (exitSeconds === undefined) return 'failed';
  return exitSeconds > LATE_EXIT_SECONDS ? 'warning' : 'ok';
}

/** One that does not end in any case shows nothing as process 1. */
function expectedProcessOne({ exitSeconds, endsAsProcessOne }: Probed): string {
  if (exitSeconds === undefined) return 'skipped';
  return endsAsProcessOne ? 'ok' : 'warning';
}

function expectedHeader({ header10KB }: Probed): string {
  if (header10KB === 'closed') return 'failed';
  return header10KB === 200 ? 'ok' : 'warning';
}
