import type { Severity } from '../../src/lint/checks/check';
import type { Finding } from '../../src/lint/lint-template';
import type { UpdateOutcome, UpdateReport } from '../../src/lint/lint-update';
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

/** What an update does, as text. */
export const UPDATE_OUTCOMES: Readonly<Record<UpdateOutcome, string>> = {
  'in place': 'in place, the tasks stay',
  'new tasks one by one': 'new tasks one by one, by a deployment',
  replaced: 'the service or its load balancer is replaced',
  outage: 'an outage: AWS accepts it, and requests fail or nothing scales for a time',
  rejected: 'AWS rejects it, or a part of it',
};

/** What an update does, and below it what it breaks. */
export function updateLines({ outcome, findings }: UpdateReport): string[] {
  return [UPDATE_OUTCOMES[outcome], ...findings.flatMap(findingLines)];
}
