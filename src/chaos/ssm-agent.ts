import { Stack } from 'aws-cdk-lib';
import { type CfnTaskDefinition, ContainerImage, LogDrivers } from 'aws-cdk-lib/aws-ecs';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { addBroadPermission } from '../service/broad-permission';
import type { ScalableStatelessServiceBase } from '../service/scalable-stateless-service-base';
import type { ChaosProps } from './chaos-props';

const NAME = 'ssm-agent';
const IMAGE = 'public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent:latest';

/**
 * Registers the task as a managed instance of Systems Manager, with the tags by which AWS FIS finds it, runs the agent, and removes the registration
 * when the task stops. The first argument is the name of the role that the instance gets.
 *
 * What AWS FIS needs: https://docs.aws.amazon.com/fis/latest/userguide/ecs-task-actions.html
 */
const SCRIPT = `
set -e
dnf install -y -q awscli jq procps
task=$(curl -s "$ECS_CONTAINER_METADATA_URI_V4/task")
arn=$(echo "$task" | jq -er .TaskARN)
zone=$(echo "$task" | jq -er .AvailabilityZone)
export AWS_DEFAULT_REGION=$(echo "$arn" | cut -d: -f4)
activation=$(aws ssm create-activation --iam-role "$1" --registration-limit 1 --tags Key=ECS_TASK_ARN,Value="$arn" \\
  Key=ECS_TASK_AVAILABILITY_ZONE,Value="$zone" Key=FAULT_INJECTION_SIDECAR,Value=true)
id=$(echo "$activation" | jq -er .ActivationId)
amazon-ssm-agent -register -code "$(echo "$activation" | jq -er .ActivationCode)" -id "$id" -region "$AWS_DEFAULT_REGION"
amazon-ssm-agent &
agent=$!
leave() {
  aws ssm deregister-managed-instance --instance-id "$(jq -er .ManagedInstanceID /var/lib/amazon/ssm/registration)" || true
  aws ssm delete-activation --activation-id "$id" || true
  kill "$agent"
}
trap leave TERM INT
wait "$agent"
`;

const WHY_ANY_ACTIVATION =
  'An activation and a managed instance get their ids when a task starts; creating an activation has no resource-level permission.';
const WHY_ANY_MESSAGE = 'The messages of the SSM Agent have no resource-level permissions.';

/**
 * Adds the SSM Agent to the tasks, through which AWS FIS reaches into them, and what it needs. It is not essential: the task continues without it.
 */
export function addSsmAgent(scope: Construct, target: ScalableStatelessServiceBase, { agentImage, ...props }: ChaosProps): void {
  const role = createInstanceRole(scope, props);
  const policies = allowRegistration(scope, role, target, props);
  target.taskDefinition.addContainer(NAME, {
    containerName: NAME,
    image: agentImage ?? ContainerImage.fromRegistry(IMAGE),
    entryPoint: ['/bin/bash', '-c', SCRIPT, NAME],
    // no environment variable: rule packs find those.
    command: [role.roleName],
    essential: false,
    logging: LogDrivers.awsLogs({ logGroup: target.logGroup, streamPrefix: NAME }),
  });
  const resource = target.taskDefinition.node.defaultChild as CfnTaskDefinition;
  resource.enableFaultInjection = true;
  resource.pidMode = 'task';
  // a task that starts before has an agent that cannot register.
  target.service.node.addDependency(role, ...policies);
}

/** The role of a task as a managed instance. */
function createInstanceRole(scope: Construct, props: Pick<ChaosProps, 'acknowledgeFindings'>): Role {
  const role = new Role(scope, 'InstanceRole', {
    description: 'Assumed by the SSM Agent of a task',
    assumedBy: new ServicePrincipal('ssm.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  const channels = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel'].map(
    (name) => `ssmmessages:${name}`,
  );
  const messages = ['AcknowledgeMessage', 'DeleteMessage', 'FailMessage', 'GetEndpoint', 'GetMessages', 'SendReply'].map(
    (name) => `ec2messages:${name}`,
  );
  const agent = ['UpdateInstanceInformation', 'DeleteActivation', 'DeregisterManagedInstance', 'GetDocument', 'DescribeDocument'].map(
    (name) => `ssm:${name}`,
  );
  const statement = new PolicyStatement({ actions: [...agent, ...channels, ...messages], resources: ['*'] });
  addBroadPermission(new Policy(scope, 'InstancePolicy', { roles: [role] }), statement, WHY_ANY_MESSAGE, props);
  return role;
}

/** Allows the tasks to register themselves, with that role only. */
function allowRegistration(
  scope: Construct,
  role: Role,
  target: ScalableStatelessServiceBase,
  props: Pick<ChaosProps, 'acknowledgeFindings'>,
): Policy[] {
  const roles = [target.taskRole];
  const registration = new Policy(scope, 'RegistrationPolicy', { roles });
  const actions = ['ssm:CreateActivation', 'ssm:AddTagsToResource', 'ssm:DeleteActivation', 'ssm:DeregisterManagedInstance'];
  addBroadPermission(registration, new PolicyStatement({ actions, resources: ['*'] }), WHY_ANY_ACTIVATION, props);
  const conditions = { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } };
  const pass = new PolicyStatement({ actions: ['iam:PassRole'], resources: [role.roleArn], conditions });
  return [registration, new Policy(scope, 'PassRolePolicy', { roles, statements: [pass] })];
}
