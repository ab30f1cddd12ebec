import { existsSync, readFileSync } from 'node:fs';

/** An assertion that was not met, and what AWS returned instead. */
export interface UnmetAssertion {
  readonly name: string;
  readonly message: string;
}

/** The results of the assertions of a stack. */
export interface AssertionResults {
  readonly met: number;
  readonly unmet: readonly UnmetAssertion[];
}

/** The outputs of a stack that are the results of assertions have names that begin so. */
const PREFIX = 'AssertionResults';

/** Reads the results of assertions from the outputs that the `cdk` command has written to a file. */
export function readAssertionResults(file: string): AssertionResults {
  const stacks = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>) : {};
  const outputs = Object.values(stacks).flatMap((stack) => Object.entries(stack).filter(([name]) => name.startsWith(PREFIX)));
  const results = outputs.map(([name, text]) => ({
    name: name.slice(PREFIX.length),
    ...(JSON.parse(text) as { status: string; message?: string }),
  }));
  const unmet = results.filter(({ status }) => status !== 'success');
  return { met: results.length - unmet.length, unmet: unmet.map(({ name, message = '' }) => ({ name, message })) };
}
