import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../src/parse/input-error';

/** A test case of an integration test: stacks, and the stack with its assertions. */
export interface TestCase {
  readonly name: string;

  /** The paths of the stacks in the app. */
  readonly stacks: readonly string[];
  readonly assertionStack?: string;
  readonly hooks: Readonly<Partial<Record<Hook, readonly string[]>>>;
}

/** When commands of a test are run. */
export type Hook = 'preDeploy' | 'postDeploy' | 'preDestroy' | 'postDestroy';

/** What `IntegTest` writes to a cloud assembly, whose schema may be newer than what integ-runner reads. */
interface IntegManifest {
  readonly testCases: Readonly<Record<string, Omit<TestCase, 'name' | 'hooks'> & Partial<Pick<TestCase, 'hooks'>>>>;
}

/**
 * Reads the test cases of a cloud assembly.
 *
 * @throws InputError if the app has no integration test.
 */
export function readTestCases(app: string, folder: string): TestCase[] {
  const file = join(folder, 'integ.json');
  if (!existsSync(file)) throw new InputError([`'${app}' must have an IntegTest of @aws-cdk/integ-tests-alpha, got none`]);
  const { testCases } = JSON.parse(readFileSync(file, 'utf8')) as IntegManifest;
  return Object.entries(testCases)
    .map(([name, testCase]) => ({ ...testCase, name, hooks: testCase.hooks ?? {} }))
    .filter(({ stacks, assertionStack }) => stacks.length > 0 || assertionStack !== undefined);
}
