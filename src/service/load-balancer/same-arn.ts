import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isDummy } from '../placeholders';

/** An ARN, and the construct that names it. */
export interface NamedArn {
  readonly arn: string;
  readonly by: IConstruct;
}

/** Whether two ARNs are known to be of one resource. Imported values of two stacks, and those that are yet to be looked up, are not known. */
export function isSameArn(one: NamedArn, other: NamedArn): boolean {
  if (isDummy(one.arn)) return false;
  if (one.arn === other.arn) return true;
  const stack = Stack.of(one.by);
  return stack === Stack.of(other.by) && JSON.stringify(stack.resolve(one.arn)) === JSON.stringify(stack.resolve(other.arn));
}
