import { Size } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { BlockDeviceVolume, EbsDeviceVolumeType, LaunchTemplate, SecurityGroup, UserData } from 'aws-cdk-lib/aws-ec2';
import {
  AmiHardwareType,
  AsgCapacityProvider,
  type CapacityProviderStrategy,
  CfnService,
  CfnTaskDefinition,
  Cluster,
  CpuArchitecture,
  EcsOptimizedImage,
  type FargateService,
  type FargateTaskDefinition,
  type ICluster,
  ManagedInstancesCapacityProvider,
} from 'aws-cdk-lib/aws-ecs';
import { InstanceProfile, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CPU_UNITS_PER_VCPU } from '../../plan/task-size';
import { AGENT_MEMORY_MIB } from '../../plan/tasks-on-instance';
import { acknowledge, type RulePackProps } from '../accepted-findings';
import type { DeploymentProps } from '../deployment/deployment-props';
import type { ServiceNetwork } from '../network/service-network';
import type { PlanFromProps } from '../plan-from-props';
import { architectureOf } from '../task/architecture';
import type { TaskProps } from '../task/task-props';
import type { InstancesCapacityOptions, ManagedInstancesOptions } from './capacity';
import { maxInstancesOf } from './capacity-validation';
import { ContainerInstanceRole } from './container-instance-role';
import { refreshInstances } from './instance-refresh';

/** The props that a capacity provider depends on. */
type Props = DeploymentProps & TaskProps & RulePackProps;

/** Creates the capacity provider of the props, and adds it to the cluster; undefined for Fargate. */
export function capacityProviderOf(
  scope: Construct,
  cluster: ICluster,
  network: ServiceNetwork,
  plan: PlanFromProps,
  props: Props,
): CapacityProviderStrategy[] | undefined {
  const { capacity } = props;
  if (!(cluster instanceof Cluster)) return undefined;
  if (capacity?._instances !== undefined)
    return [{ capacityProvider: addInstances(scope, cluster, network, capacity._instances, plan, props), weight: 1 }];
  if (capacity?._managed !== undefined)
    return [{ capacityProvider: addManagedInstances(scope, cluster, network, capacity._managed, plan, props), weight: 1 }];
  return undefined;
}

/** The id of the group. */
const GROUP_ID = 'Instances';

/** The Auto Scaling group of a service with `Capacity.instances()`. */
export function instancesOfService(service: Construct): AutoScalingGroup | undefined {
  const group = service.node.tryFindChild(GROUP_ID);
  return group instanceof AutoScalingGroup ? group : undefined;
}

/** The size of the root volume of the image of Amazon ECS, which has images and logs of containers. */
const VOLUME_GIB = 30;

/** A metadata response goes one hop further to a container in the network of the instance. */
const HOPS_TO_INSTANCE = 1;

/**
 * What the container agent is set to: tasks have roles of their own, and get nothing from the instance, whose metadata is no hop further away from a task with
 * a network interface of its own (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html).
 */
const AGENT_SETTINGS = [`ECS_RESERVED_MEMORY=${AGENT_MEMORY_MIB}`, 'ECS_AWSVPC_BLOCK_IMDS=true'] as const;

function addInstances(
  scope: Construct,
  cluster: Cluster,
  network: ServiceNetwork,
  options: InstancesCapacityOptions,
  plan: PlanFromProps,
  props: Props,
): string {
  const isArm = architectureOf(props)._cpuArchitecture === CpuArchitecture.ARM64._cpuArchitecture;
  const role = new ContainerInstanceRole(scope, 'InstanceRole', props);
  const userData = UserData.forLinux();
  userData.addCommands(...AGENT_SETTINGS.map((setting) => `echo ${setting} >> /etc/ecs/ecs.config`));
  const volume = BlockDeviceVolume.ebs(VOLUME_GIB, { encrypted: true, volumeType: EbsDeviceVolumeType.GP3 });
  const launchTemplate = new LaunchTemplate(scope, 'LaunchTemplate', {
    instanceType: options.instanceType,
    machineImage: EcsOptimizedImage.amazonLinux2023(isArm ? AmiHardwareType.ARM : AmiHardwareType.STANDARD),
    userData,
    role,
    securityGroup: createInstanceSecurityGroup(scope, network),
    requireImdsv2: true,
    httpPutResponseHopLimit: HOPS_TO_INSTANCE,
    detailedMonitoring: true,
    blockDevices: [{ deviceName: '/dev/xvda', volume }],
  });
  const group = new AutoScalingGroup(scope, GROUP_ID, {
    vpc: network.vpc,
    vpcSubnets: network.taskSubnets,
    launchTemplate,
    minCapacity: options.minInstances ?? 0,
    maxCapacity: maxInstancesOf(options, plan),
  });
  group.node.defaultChild!.node.addDependency(role, ...network.natVersusEndpoints);
  refreshInstances(group, {
    options: options.instanceRefresh ?? {},
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    warmupSeconds: WARMUP_SECONDS,
    ownAlarms: [],
    alarms: [],
  });
  const provider = new AsgCapacityProvider(scope, 'CapacityProvider', {
    autoScalingGroup: group,
    targetCapacityPercent: options.targetCapacityPercent ?? 100,
    instanceWarmupPeriod: options.instanceWarmupPeriod?.toSeconds(),
    // draining replaces the tasks of an instance before it ends, and protection would keep a stack from being deleted.
    enableManagedTerminationProtection: false,
    enableManagedDraining: true,
  });
  cluster.addAsgCapacityProvider(provider);
  const reason = 'Managed scaling of ECS changes the number of instances with the tasks, whose service has alarms of its own.';
  acknowledge(group.node.defaultChild, { rule: 'AwsSolutions-AS3', reason }, props);
  return provider.capacityProviderName;
}

/** An instance of the image of Amazon ECS joins its cluster within a minute of its start. */
const WARMUP_SECONDS = 60;

/** The instances serve nothing themselves: tasks have security groups of their own. */
function createInstanceSecurityGroup(scope: Construct, { vpc }: ServiceNetwork): SecurityGroup {
  return new SecurityGroup(scope, 'InstanceSecurityGroup', { vpc, description: 'Container instances: no ingress' });
}

const INFRASTRUCTURE_POLICY = 'AmazonECSInfrastructureRolePolicyForManagedInstances';

function addManagedInstances(
  scope: Construct,
  cluster: Cluster,
  network: ServiceNetwork,
  { maxVcpus }: ManagedInstancesOptions,
  { task }: PlanFromProps,
  props: Props,
): string {
  const infrastructureRole = new Role(scope, 'InfrastructureRole', {
    assumedBy: new ServicePrincipal('ecs.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(INFRASTRUCTURE_POLICY)],
  });
  const detail = `Policy::arn:<AWS::Partition>:iam::aws:policy/${INFRASTRUCTURE_POLICY}`;
  const reason = 'ECS requires this AWS managed policy. Only the ECS service can assume the role.';
  acknowledge(infrastructureRole.node.defaultChild, { rule: 'AwsSolutions-IAM4', details: [detail], reason }, props);
  const role = new ContainerInstanceRole(scope, 'InstanceRole', props);
  role.allowAgent(cluster);
  const ec2InstanceProfile = new InstanceProfile(scope, 'InstanceProfile', { role });
  infrastructureRole.addToPolicy(
    new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringLike: { 'iam:PassedToService': 'ec2.*' } },
    }),
  );
  const provider = new ManagedInstancesCapacityProvider(scope, 'CapacityProvider', {
    infrastructureRole,
    ec2InstanceProfile,
    subnets: network.vpc.selectSubnets(network.taskSubnets).subnets,
    securityGroups: [createInstanceSecurityGroup(scope, network)],
    ...(maxVcpus !== undefined && {
      instanceRequirements: {
        vCpuCountMin: vcpusFor(task),
        vCpuCountMax: maxVcpus,
        memoryMin: Size.mebibytes(task.memoryMiB),
      },
    }),
  });
  cluster.addManagedInstancesCapacityProvider(provider);
  return provider.capacityProviderName;
}

/** Has ECS register the task definition for instances, and place its tasks: spread over zones, and packed within each. */
export function placeOnInstances(service: FargateService, taskDefinition: FargateTaskDefinition, { capacity }: DeploymentProps): void {
  const kind = capacity?._kind ?? 'fargate';
  if (kind === 'fargate') return;
  const [definition, resource] = [taskDefinition.node.defaultChild, service.node.defaultChild];
  if (!CfnTaskDefinition.isCfnTaskDefinition(definition) || !CfnService.isCfnService(resource)) return;
  definition.requiresCompatibilities = [kind === 'instances' ? 'EC2' : 'MANAGED_INSTANCES'];
  if (kind === 'instances') resource.placementStrategies = PLACEMENT;
}

/** Rebalancing over zones needs the spread to be first. */
const PLACEMENT: CfnService.PlacementStrategyProperty[] = [
  { type: 'spread', field: 'attribute:ecs.availability-zone' },
  { type: 'binpack', field: 'MEMORY' },
];

/** The vCPUs that an instance needs for one task. */
function vcpusFor({ cpu }: PlanFromProps['task']): number {
  return Math.max(1, Math.ceil(cpu / CPU_UNITS_PER_VCPU));
}
