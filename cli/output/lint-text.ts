import type { Severity } from '../../src/lint/checks/check';
import type { Finding } from '../../src/lint/lint-template';
import type { UpdateFinding } from '../../src/lint/updates/update-finding';

const SEVERITY_WIDTH = 'warning'.length;

/** A finding as it is printed: the check and the resource, then why, then what to write. */
export function findingLines(finding: Finding | UpdateFinding): string[] {
  const { check, severity, resource, reason, fix } = finding;
  const when = 'when' in finding && finding.when !== undefined ? `, if ${finding.when}` : '';
  const path = 'constructPath' in finding && finding.constructPath !== undefined ? ` (${finding.constructPath})` : '';
  const indent = ' '.repeat(SEVERITY_WIDTH + 4);
  return [`  ${severity.padEnd(SEVERITY_WIDTH)}  ${check}  ${resource}${path}`, `${indent}${reason}${when}`, `${indent}→ ${fix}`];
}

/** The number of findings of each severity, such as `2 errors, 1 warning`. */
export function findingCounts(findings: readonly { readonly severity: Severity }[]): string {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
}
