import { Stack } from 'aws-cdk-lib';
import type { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { RulePackProps } from '../service/accepted-findings';
import { addBroadPermission } from '../service/broad-permission';
import type { ScalableStatelessServiceBase } from '../service/scalable-stateless-service-base';
import { GROUP_TAG } from './target-instances';

/** The documents of Systems Manager that an action runs in a task. */
const DOCUMENTS = { cpu: ['AWSFIS-Run-CPU-Stress'], latency: ['AWSFIS-Run-Network-Latency-ECS'] } as const;

const WHY_ANY_LOG = 'AWS FIS delivers its logs through vended log delivery, whose actions have no resource-level permissions.';
const WHY_ANY_TASK = 'The tasks of a service get their ids when they start. The permission is limited to those of its cluster.';
const WHY_ANY_INSTANCE =
  'A task becomes a managed instance when it starts. The permission is limited to those that the tasks register, by a tag.';
const WHY_ANY_COMMAND =
  'The actions on commands of Systems Manager, and those that describe subnets and instances, have no resource-level permissions.';

const WHY_ANY_INSTANCE_OF_GROUP =
  'The instances of a group get their ids when they are launched. The permission is limited to those of the group, by the tag that EC2 Auto Scaling gives them.';
const WHY_DESCRIBE = 'AWS FIS finds the instances with this action, which has no resource-level permissions.';

/** An action of EC2 on instances. */
export type InstanceAction = 'TerminateInstances' | 'StopInstances' | 'RebootInstances' | 'SendSpotInstanceInterruptions';

/** The role that AWS FIS assumes in an experiment. It has the permissions of the experiments that there are. */
export class ExperimentRole {
  public readonly role: Role;
  private readonly added = new Set<string>();

  public constructor(
    private readonly scope: Construct,
    service: ScalableStatelessServiceBase | undefined,
    private readonly props: RulePackProps,
  ) {
    const { account, partition, region } = Stack.of(scope);
    this.role = new Role(scope, 'ExperimentRole', {
      description: 'Assumed by AWS FIS in experiments',
      assumedBy: new ServicePrincipal('fis.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:fis:${region}:${account}:experiment/*` },
        },
      }),
    });
    if (service !== undefined) this.allowTargets(service);
  }

  /** Allows the delivery of logs. */
  public allowLogs(logGroup: LogGroup): void {
    const actions = ['logs:CreateLogDelivery', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups'];
    this.allow('LogDelivery', { actions, resources: ['*'] }, WHY_ANY_LOG);
    logGroup.grantWrite(this.role);
  }

  /** Allows to stop the tasks. */
  public allowStop(service: ScalableStatelessServiceBase): void {
    this.allow('StopTasks', { actions: ['ecs:StopTask'], resources: [this.tasksOf(service)] }, WHY_ANY_TASK);
  }

  /** Allows an action of EC2 on the instances of a group. */
  public allowInstances(action: InstanceAction, { autoScalingGroupName }: AutoScalingGroup): void {
    const resources = [Stack.of(this.scope).formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' })];
    const conditions = { StringEquals: { [`aws:ResourceTag/${GROUP_TAG}`]: autoScalingGroupName } };
    this.allow(action, { actions: [`ec2:${action}`], resources, conditions }, WHY_ANY_INSTANCE_OF_GROUP);
    this.allow('DescribeInstances', { actions: ['ec2:DescribeInstances'], resources: ['*'] }, WHY_DESCRIBE);
  }

  /** Allows to run a document of Systems Manager in the tasks. */
  public allowDocument(kind: keyof typeof DOCUMENTS): void {
    const { account, partition, region } = Stack.of(this.scope);
    const documents = DOCUMENTS[kind].map((name) => `arn:${partition}:ssm:${region}::document/${name}`);
    const instances = `arn:${partition}:ssm:${region}:${account}:managed-instance/*`;
    const conditions = { StringEquals: { 'ssm:resourceTag/FAULT_INJECTION_SIDECAR': 'true' } };
    const id = kind === 'cpu' ? 'CpuDocument' : 'LatencyDocument';
    if (!this.added.has(id))
      new Policy(this.scope, id, {
        roles: [this.role],
        statements: [new PolicyStatement({ actions: ['ssm:SendCommand'], resources: documents })],
      });
    this.added.add(id);
    this.allow('SendCommand', { actions: ['ssm:SendCommand'], resources: [instances], conditions }, WHY_ANY_INSTANCE);
    this.allow('Commands', { actions: ['ssm:ListCommands', 'ssm:CancelCommand'], resources: ['*'] }, WHY_ANY_COMMAND);
    if (kind !== 'latency') return;
    const actions = ['ecs:DescribeContainerInstances', 'ec2:DescribeInstances', 'ec2:DescribeSubnets'];
    this.allow('Network', { actions, resources: ['*'] }, WHY_ANY_COMMAND);
  }

  /** Allows to find the tasks of the service. */
  private allowTargets(target: ScalableStatelessServiceBase): void {
    const { cluster, service } = target;
    const conditions = { ArnEquals: { 'ecs:cluster': cluster.clusterArn } };
    new Policy(this.scope, 'FindService', {
      roles: [this.role],
      statements: [
        new PolicyStatement({ actions: ['ecs:DescribeClusters'], resources: [cluster.clusterArn] }),
        new PolicyStatement({ actions: ['ecs:DescribeServices'], resources: [service.serviceArn] }),
      ],
    });
    this.allow('ListTasks', { actions: ['ecs:ListTasks'], resources: ['*'], conditions }, WHY_ANY_TASK);
    this.allow('DescribeTasks', { actions: ['ecs:DescribeTasks'], resources: [this.tasksOf(target)] }, WHY_ANY_TASK);
  }

  private tasksOf({ cluster }: ScalableStatelessServiceBase): string {
    return Stack.of(this.scope).formatArn({ service: 'ecs', resource: 'task', resourceName: `${cluster.clusterName}/*` });
  }

  private allow(id: string, statement: ConstructorParameters<typeof PolicyStatement>[0], reason: string): void {
    if (this.added.has(id)) return;
    this.added.add(id);
    addBroadPermission(new Policy(this.scope, id, { roles: [this.role] }), new PolicyStatement(statement), reason, this.props);
  }
}
