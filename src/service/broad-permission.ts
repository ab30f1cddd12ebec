import { Stack } from 'aws-cdk-lib';
import type { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledge, type RulePackProps } from './accepted-findings';

/** Adds a statement about more than one resource to a policy that has nothing else, and accepts the findings about it. */
export function addBroadPermission(policy: Policy, statement: PolicyStatement, reason: string, props: RulePackProps): void {
  policy.addStatements(statement);
  const resources = statement.resources.map((resource) => withoutFunctions(Stack.of(policy).resolve(resource)));
  const details = resources.filter((resource) => resource.includes('*')).map((resource) => `Resource::${resource}`);
  acknowledge(policy.node.defaultChild, { rule: 'AwsSolutions-IAM5', details, reason }, props);
}

/** A value of CloudFormation as cdk-nag writes it in a finding: `arn:<AWS::Partition>:s3:::<Bucket83908E77>/*`. */
function withoutFunctions(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument]] = Object.entries(value) as [[string, unknown]];
  switch (name) {
    case 'Ref':
      return `<${String(argument)}>`;
    case 'Fn::GetAtt':
      return `<${(argument as string[]).join('.')}>`;
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map(withoutFunctions).join(separator);
    }
    case 'Fn::ImportValue':
      return withoutFunctions(argument);
    default:
      return JSON.stringify(value);
  }
}
