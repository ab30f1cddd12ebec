import { type AddToPrincipalPolicyResult, Policy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../rule-packs/acknowledge';
import type { RulePackProps } from '../rule-packs/rule-pack-props';

/** To log in to a registry. It is for no registry in particular. */
const LOGIN = 'ecr:GetAuthorizationToken';

/**
 * By which ECS starts a task: pulls its images and writes its log. It is given nothing here; what needs something grants it.
 *
 * The permission to log in stands in a policy of its own. It is for everything, as AWS knows no resource for it, and what is said to excuse that shall
 * excuse nothing else.
 */
export class ExecutionRole extends Role {
  private login?: Policy;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: RulePackProps,
  ) {
    super(scope, id, { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  }

  public override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    if (!isLogin(statement)) return super.addToPrincipalPolicy(statement);
    this.login ??= this.createLogin();
    this.login.addStatements(statement);
    return { statementAdded: true, policyDependable: this.login };
  }

  private createLogin(): Policy {
    const policy = new Policy(this, 'RegistryLogin', { roles: [this] });
    const reason = `${LOGIN} is the one permission of this policy, and AWS knows no resource for it.`;
    acknowledge(policy.node.defaultChild, { rule: 'AwsSolutions-IAM5', detail: 'Resource::*', reason }, this.props);
    return policy;
  }
}

function isLogin({ actions }: PolicyStatement): boolean {
  return actions.length > 0 && actions.every((action) => action === LOGIN);
}
