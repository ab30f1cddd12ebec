import { Stack } from 'aws-cdk-lib';
import { type AddToPrincipalPolicyResult, type IRole, Policy, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { RulePackProps } from '../accepted-findings';
import { addBroadPermission } from '../broad-permission';
import { isPrecreated } from './precreated-role';

/** Permissions on more than one resource that a prop needs, and why they are accepted. */
interface BroadPermission {
  /** The id of the policy that has nothing else. */
  readonly id: string;
  readonly actions: readonly string[];
  readonly reason: string;
}

/** What resource-level permissions an action supports: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const BROAD_PERMISSIONS: readonly BroadPermission[] = [
  {
    id: 'Tracing',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
    reason: 'The collector sends traces with these actions of AWS X-Ray, which do not support resource-level permissions.',
  },
  {
    id: 'ExecuteCommand',
    actions: [
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ],
    reason: 'ECS Exec opens its sessions with these actions of Systems Manager, which do not support resource-level permissions.',
  },
  {
    id: 'ExecuteCommandLog',
    actions: ['logs:DescribeLogGroups', 's3:GetBucketLocation'],
    reason: 'ECS Exec looks for the log group and the bucket of the cluster, in which it logs its sessions, in lists of all.',
  },
  {
    id: 'LogDelivery',
    actions: [
      'logs:CreateLogGroup',
      'logs:CreateLogStream',
      'logs:DescribeLogStreams',
      'logs:PutLogEvents',
      'logs:PutRetentionPolicy',
      's3:PutObject',
    ],
    reason: 'Logs are written to any log stream of a log group, and to any object of a bucket.',
  },
];

/**
 * The task role, with which the code in a task calls AWS. It has no permissions until something is granted to it.
 *
 * Where props need permissions on more than one resource, these are in a policy of their own: the acknowledged finding about it must not cover what
 * is granted later.
 */
export class TaskRole extends Role {
  private isFinished = false;
  private readonly policies = new Map<string, Policy>();

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: RulePackProps,
  ) {
    super(scope, id, { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  }

  public finish(): void {
    this.isFinished = true;
  }

  public override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    const broad = this.isFinished || isPrecreated(this) ? undefined : broadPermissionOf(this, statement);
    if (broad === undefined) return super.addToPrincipalPolicy(statement);
    const policy = this.policies.get(broad.id) ?? this.createPolicy(broad);
    addBroadPermission(policy, statement, broad.reason, this.props);
    return { statementAdded: true, policyDependable: policy };
  }

  private createPolicy({ id }: BroadPermission): Policy {
    const policy = new Policy(this, id, { roles: [this] });
    this.policies.set(id, policy);
    return policy;
  }
}

function broadPermissionOf(role: Construct, { actions, resources }: PolicyStatement): BroadPermission | undefined {
  if (!JSON.stringify(Stack.of(role).resolve(resources)).includes('*')) return undefined;
  return BROAD_PERMISSIONS.find((permission) => actions.every((action) => permission.actions.includes(action)));
}

/** What is granted to a task role from now on is granted by the caller. */
export function finishTaskRole(role: IRole): void {
  if (role instanceof TaskRole) role.finish();
}
