import type { ICluster } from 'aws-cdk-lib/aws-ecs';
import { type AddToPrincipalPolicyResult, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge, type RulePackProps } from '../accepted-findings';
import { addBroadPermission } from '../broad-permission';

const REASON =
  'The container agent calls ECS with these permissions; those that name no resource do not support resource-level permissions.';

/**
 * The role of the instances of a cluster, with what the container agent needs. Tasks have roles of their own.
 *
 * All of its permissions are in one policy: the accepted findings about that must not cover what is granted later.
 */
export class ContainerInstanceRole extends Role {
  private readonly agent: Policy;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: RulePackProps,
  ) {
    super(scope, id, { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
    this.agent = new Policy(this, 'Agent', { roles: [this] });
  }

  public override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    const isOfAgent = statement.actions.every((action) => AGENT_ACTIONS.test(action));
    if (!isOfAgent) return super.addToPrincipalPolicy(statement);
    addBroadPermission(this.agent, statement, REASON, this.props);
    const details = statement.actions.filter((action) => action.includes('*')).map((action) => `Action::${action}`);
    if (details.length > 0) acknowledge(this.agent.node.defaultChild, { rule: 'AwsSolutions-IAM5', details, reason: REASON }, this.props);
    return { statementAdded: true, policyDependable: this.agent };
  }

  /** What the CDK grants to the instances of a group, and not to those that ECS manages. */
  public allowAgent({ clusterArn }: ICluster): void {
    const onCluster = ['ecs:RegisterContainerInstance', 'ecs:DeregisterContainerInstance', 'ecs:Submit*'];
    this.addToPrincipalPolicy(new PolicyStatement({ actions: onCluster, resources: [clusterArn] }));
    this.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['ecs:Poll', 'ecs:StartTelemetrySession', 'ecs:PutSystemLogEvents'],
        resources: ['*'],
        conditions: { ArnEquals: { 'ecs:cluster': clusterArn } },
      }),
    );
    this.addToPrincipalPolicy(new PolicyStatement({ actions: ['ecs:DiscoverPollEndpoint'], resources: ['*'] }));
  }
}

const AGENT_ACTIONS = /^(ecs:|ecr:GetAuthorizationToken$|logs:)/;
