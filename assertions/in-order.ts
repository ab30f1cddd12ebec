import type { IApiCall } from '@aws-cdk/integ-tests-alpha';
import type { IConstruct } from 'constructs';

/** API calls of a test, each made after the one before. */
export type Steps = readonly IApiCall[];

/**
 * Makes API calls one after the other: the next one begins when the one before has got what it expects.
 *
 * Only the calls wait for each other. What they are made with, such as a state machine and its role for each wait, is created at once;
 * with `IApiCall.next`, CloudFormation would create it when its turn comes, half a minute for each wait.
 */
export function inOrder(...steps: readonly (IApiCall | Steps)[]): Steps {
  const calls = steps.flat() as IApiCall[];
  for (const [index, call] of calls.entries()) if (index > 0) resourceOf(call).node.addDependency(resourceOf(calls[index - 1]!));
  return calls;
}

/** The custom resource that makes the call. */
function resourceOf(call: IApiCall): IConstruct {
  return call.node.findChild('Default');
}
