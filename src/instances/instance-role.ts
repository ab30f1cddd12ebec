import { Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EndpointsOfService } from '../service/network/vpc-endpoints';
import { ExecutionRole } from '../service/task/execution-role';
import type { ScalableStatelessInstancesProps } from './instances-props';

/** The tag with which CloudFormation marks what it creates. */
const STACK_TAG = 'aws:ResourceTag/aws:cloudformation:stack-id';

/** The role of the props, or a new one, with what an instance needs to start. */
export function instanceRoleOf(scope: Construct, props: ScalableStatelessInstancesProps, endpoints: EndpointsOfService | undefined): IRole {
  const role = props.role ?? new ExecutionRole(scope, 'InstanceRole', props, endpoints, 'ec2.amazonaws.com');
  const stack = Stack.of(scope);
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['cloudformation:SignalResource'], resources: [stack.stackId] }));
  addBroadly(
    role,
    'Lifecycle',
    new PolicyStatement({
      actions: ['autoscaling:CompleteLifecycleAction'],
      resources: [stack.formatArn({ service: 'autoscaling', resource: 'autoScalingGroup:*:autoScalingGroupName/*' })],
      conditions: { StringEquals: { [STACK_TAG]: stack.stackId } },
    }),
    'The name of the group is generated after this policy; the condition limits the permission to groups of this stack.',
  );
  addBroadly(
    role,
    'LifecycleState',
    new PolicyStatement({ actions: ['autoscaling:DescribeAutoScalingInstances'], resources: ['*'] }),
    'An instance looks up its group with this action, which does not support resource-level permissions.',
  );
  if (props.ssmSessionPermissions ?? true) addBroadly(role, 'SessionManager', SESSIONS, SESSIONS_REASON);
  return role;
}

const SESSIONS = new PolicyStatement({
  actions: [
    'ssm:UpdateInstanceInformation',
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ],
  resources: ['*'],
});

const SESSIONS_REASON =
  'Session Manager opens its sessions with these actions of Systems Manager, which do not support resource-level permissions.';

function addBroadly(role: IRole, id: string, statement: PolicyStatement, reason: string): void {
  if (role instanceof ExecutionRole) role.addBroadly(id, statement, reason);
  else role.addToPrincipalPolicy(statement);
}
