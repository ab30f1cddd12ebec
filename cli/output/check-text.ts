import type { CheckStatus } from '../check/check-result';
import { CHECKS, type NamedCheckResult } from '../check/check-task';

const STATUSES: readonly CheckStatus[] = ['ok', 'warning', 'failed', 'skipped'];

const STATUS_WIDTH = Math.max(...STATUSES.map((status) => status.length));
const NAME_WIDTH = Math.max(...CHECKS.map(({ name }) => name.length));

/** A row of the table, and below it what to change. */
export function resultLines({ status, name, reason, fix }: NamedCheckResult): string[] {
  const prefix = `  ${status.padEnd(STATUS_WIDTH)}  ${name.padEnd(NAME_WIDTH)}  `;
  return [prefix + reason, ...(fix === undefined ? [] : [`${' '.repeat(prefix.length)}→ ${fix}`])];
}

/** The number of checks with each status, such as `13 ok, 1 skipped`. */
export function statusCounts(results: readonly NamedCheckResult[]): string {
  const counts = STATUSES.map((status) => ({ status, count: results.filter((result) => result.status === status).length }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
    .join(', ');
}

/** One line to paste, such as `Shop, 0.25 vCPU and 512 MiB: 12 ok, 1 failed (keeps idle connections open)`. */
export function summaryLine(subject: string, results: readonly NamedCheckResult[]): string {
  const counts = STATUSES.map((status) => ({
    status,
    names: results.filter((result) => result.status === status).map(({ name }) => name),
  }));
  const texts = counts
    .filter(({ names }) => names.length > 0)
    .map(({ status, names }) => `${names.length} ${status}${status === 'failed' || status === 'warning' ? ` (${names.join('; ')})` : ''}`);
  return `${subject}: ${texts.join(', ')}`;
}
