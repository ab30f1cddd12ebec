import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { acknowledge } from '../rule-packs/acknowledge';
import type { RulePackProps } from '../rule-packs/rule-pack-props';

const POLICY = 'AmazonECSInfrastructureRolePolicyForLoadBalancers';

/**
 * By which ECS moves traffic between two versions
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html).
 */
export function createTrafficRole(service: FargateService, props: RulePackProps): Role {
  const role = new Role(service, 'TrafficRole', {
    assumedBy: new ServicePrincipal('ecs.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(POLICY)],
  });
  const detail = `Policy::arn:<AWS::Partition>:iam::aws:policy/${POLICY}`;
  const reason = 'ECS asks for this policy of AWS, which grows with what ECS needs, and only ECS takes on the role.';
  acknowledge(role.node.defaultChild, { rule: 'AwsSolutions-IAM4', detail, reason }, props);
  return role;
}
