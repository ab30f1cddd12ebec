import type { IApiCall } from '@aws-cdk/integ-tests-alpha';
import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The functions that make the calls of a stack have names that begin so. */
const FUNCTIONS = 'SingletonFunction';

/**
 * Removes statements that the role of a function has already.
 *
 * integ-tests adds a statement for each call, also when the same operation was called before. All inline policies of a role may have 10,240 characters, which
 * a test with 130 calls exceeds.
 */
export function removeRepeatedStatements(call: IApiCall): void {
  for (const child of Stack.of(call).node.children) if (child.node.id.startsWith(FUNCTIONS)) removeRepeated(child);
}

function removeRepeated(functionOfCalls: IConstruct): void {
  const { policies } = functionOfCalls as { readonly policies?: unknown };
  if (!Array.isArray(policies)) return;
  const kept = new Map(policies.map((statement) => [JSON.stringify(statement), statement]));
  if (kept.size < policies.length) policies.splice(0, policies.length, ...kept.values());
}
