import type { NamedFinding } from '../check/check-task';
import { CHECKS } from '../check/checks';
import type { Verdict } from '../check/finding';

const VERDICTS: readonly Verdict[] = ['ok', 'warning', 'failed', 'not tried'];

const VERDICT_WIDTH = Math.max(...VERDICTS.map((verdict) => verdict.length));
const NAME_WIDTH = Math.max(...CHECKS.map(({ name }) => name.length));

/** A row of the table, and below it what to do. */
export function findingLines({ verdict, name, reason, fix }: NamedFinding): string[] {
  const start = `  ${verdict.padEnd(VERDICT_WIDTH)}  ${name.padEnd(NAME_WIDTH)}  `;
  return [start + reason, ...(fix === undefined ? [] : [`${' '.repeat(start.length)}→ ${fix}`])];
}

/** How many of each. */
export function summary(findings: readonly NamedFinding[]): string {
  const counts = VERDICTS.map((verdict) => ({ verdict, count: findings.filter((finding) => finding.verdict === verdict).length }));
  const words = counts.filter(({ count }) => count > 0).map(({ verdict, count }) => `${count} ${verdict}`);
  return words.join(', ');
}
