import type { NamedCheckResult } from '../check/check-task';

/**
 * Failed checks and warnings as workflow commands of GitHub Actions, which shows them as annotations of the run.
 *
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubAnnotations(service: string, results: readonly NamedCheckResult[]): string[] {
  return results.flatMap(({ status, name, reason, fix }) => {
    if (status !== 'failed' && status !== 'warning') return [];
    const command = status === 'failed' ? 'error' : 'warning';
    const message = fix === undefined ? reason : `${reason} → ${fix}`;
    return [`::${command} title=${escapedProperty(`${service} ${name}`)}::${escapedData(message)}`];
  });
}

/** The escapes of a message: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
