import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import { type AddToPrincipalPolicyResult, Policy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { RulePackProps } from '../accepted-findings';
import { addBroadPermission } from '../broad-permission';
import { servicesOfActions } from '../network/called-services';
import type { EndpointsOfService } from '../network/vpc-endpoints';
import { isPrecreated } from './precreated-role';

/** The action that logs in to a registry. It has no resource level. */
const LOGIN = 'ecr:GetAuthorizationToken';

/** The actions that ECS needs before a task starts: to pull its images, and to read its secrets and files of variables. */
const START = /^(ecr|secretsmanager|ssm|kms|s3):/;

/** The inline policies of a role have 10,240 characters together; what exceeds the number goes into the default policy, which the CDK can split. */
const MAX_START_POLICIES = 20;

/**
 * The task execution role, with which ECS pulls images and writes the log. Images and log drivers grant it their permissions.
 *
 * The permission to log in to the registry is in a policy of its own: it applies to all resources, and the acknowledged finding about that
 * must not cover other permissions.
 *
 * Each permission that a task needs to start is in a policy of its own, whose id depends on its content. With another image or secret,
 * CloudFormation then creates the new policy first, and deletes the old one when the old tasks are gone: until then they can be replaced, and
 * a deployment can be rolled back to them.
 */
export class ExecutionRole extends Role {
  private login?: Policy;
  private readonly start = new Map<string, Policy>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: RulePackProps,
    private readonly endpoints?: EndpointsOfService,
    assumedBy = 'ecs-tasks.amazonaws.com',
  ) {
    super(scope, id, { assumedBy: new ServicePrincipal(assumedBy) });
  }

  public override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.endpoints?.require(...servicesOfActions(statement.actions));
    if (isPrecreated(this)) return super.addToPrincipalPolicy(statement);
    if (isLogin(statement)) return this.addForLogin(statement);
    return isForStart(statement) ? this.addForStart(statement) : super.addToPrincipalPolicy(statement);
  }

  /** Adds a permission that a task needs to start, on more than one resource, and accepts the finding about it. */
  public addBroadly(id: string, statement: PolicyStatement, reason: string): void {
    if (isPrecreated(this)) super.addToPrincipalPolicy(statement);
    else addBroadPermission(new Policy(this, id, { roles: [this] }), statement, reason, this.props);
  }

  private addForLogin(statement: PolicyStatement): AddToPrincipalPolicyResult {
    if (this.login !== undefined) return { statementAdded: true, policyDependable: this.login };
    this.login = new Policy(this, 'RegistryLogin', { roles: [this] });
    const reason = `${LOGIN} is the only permission of this policy on all resources, and it does not support resource-level permissions.`;
    addBroadPermission(this.login, statement, reason, this.props);
    return { statementAdded: true, policyDependable: this.login };
  }

  private addForStart(statement: PolicyStatement): AddToPrincipalPolicyResult {
    const content = JSON.stringify(Stack.of(this).resolve(statement.toStatementJson()));
    const id = `Start${createHash('sha256').update(content).digest('hex').slice(0, 8)}`;
    const existing = this.start.get(id);
    if (existing !== undefined) return { statementAdded: true, policyDependable: existing };
    if (this.start.size === MAX_START_POLICIES) return super.addToPrincipalPolicy(statement);
    const policy = new Policy(this, id, { roles: [this] });
    this.start.set(id, policy);
    return added(policy, statement);
  }
}

function added(policy: Policy, statement: PolicyStatement): AddToPrincipalPolicyResult {
  policy.addStatements(statement);
  return { statementAdded: true, policyDependable: policy };
}

function isLogin({ actions }: PolicyStatement): boolean {
  return actions.length > 0 && actions.every((action) => action === LOGIN);
}

function isForStart({ actions }: PolicyStatement): boolean {
  return actions.length > 0 && actions.every((action) => START.test(action));
}
