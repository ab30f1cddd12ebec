import { InputError } from '../../src/parse/input-error';
import type { Check } from '../check/check-task';

/** Which checks to report; both lists have names, or parts of names. */
export interface CheckSelection {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** The checks to run, and those of them to report: a check may need others that bring the task into its state. */
export interface SelectedChecks {
  readonly run: readonly Check[];
  readonly reported: ReadonlySet<string>;
}

/**
 * Selects checks.
 *
 * @throws InputError with the names of all checks if a name is none of them, or if nothing is left.
 */
export function selectChecks(checks: readonly Check[], { only, skip = [] }: CheckSelection): SelectedChecks {
  const onlyNames = only === undefined ? undefined : namesOf(checks, '--only', only);
  const skippedNames = namesOf(checks, '--skip', skip);
  const reported = checks.filter(({ name }) => onlyNames?.has(name) !== false && !skippedNames.has(name));
  if (reported.length === 0) throw new InputError([`--only and --skip must leave a check, got none of ${quotedNames(checks)}`]);
  const names = new Set(reported.map(({ name }) => name));
  return { run: checks.filter((check) => names.has(check.name) || isNeeded(check, reported, checks)), reported: names };
}

/** Whether a check that is not reported starts the task for one that is. The stop needs none: it happens when a check first asks for it. */
function isNeeded(check: Check, reported: readonly Check[], checks: readonly Check[]): boolean {
  const needsTask = reported.some(({ requiredState }) => requiredState !== 'nothing');
  const startsTask =
    check.requiredState === 'nothing' && checks.indexOf(check) < checks.findIndex(({ requiredState }) => requiredState === 'healthy task');
  return needsTask && startsTask;
}

function namesOf(checks: readonly Check[], option: string, parts: readonly string[]): Set<string> {
  return new Set(
    parts.flatMap((part) => {
      const found = checks.filter(({ name }) => normalized(name).includes(normalized(part)));
      // the whole name of one may be a part of another.
      const exact = found.filter(({ name }) => normalized(name) === normalized(part));
      if (found.length > 0 && normalized(part) !== '') return (exact.length > 0 ? exact : found).map(({ name }) => name);
      throw new InputError([`${option} must be a part of the name of a check, which are ${quotedNames(checks)}, got '${part}'`]);
    }),
  );
}

function quotedNames(checks: readonly Check[]): string {
  return checks.map(({ name }) => `'${name}'`).join(', ');
}

/** Without case and signs, so that `read-only-root` finds a name with spaces. */
function normalized(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
