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
