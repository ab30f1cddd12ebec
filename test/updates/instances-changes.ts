import { Duration, type Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { BlockDeviceVolume, InstanceType, KeyPair, MachineImage, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage, CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { HighResolutionMetrics, InstanceScaling, Network, PredictiveScaling, type ScalableStatelessInstancesProps } from '../../src';
import type { UpdateOutcome } from '../../src/lint/lint-update';

type Props = (stack: Stack) => ScalableStatelessInstancesProps;

/** How one prop may change on running instances. */
export interface InstancesChange {
  readonly prop: keyof ScalableStatelessInstancesProps;
  readonly what: string;
  readonly before: Props;
  readonly after: Props;
  readonly outcome: UpdateOutcome;

  /** What changes for clients, or how to do it in two steps; required unless it is in place or a refresh. */
  readonly note?: string;
}

const none: Props = () => ({});
const REFRESH = 'new tasks one by one';

/** A prop that a running group gets, and that is taken away again. */
function added(
  prop: InstancesChange['prop'],
  what: string,
  outcome: UpdateOutcome,
  after: Props | ScalableStatelessInstancesProps,
): InstancesChange {
  return { prop, what, before: none, after: typeof after === 'function' ? after : () => after, outcome };
}

const simple = InstanceScaling.simple({ scaleOutCpuUtilizationPercent: 20, scaleInCpuUtilizationPercent: 10 });
const alarmOf: Props = (stack) => ({
  rollbackAlarms: [Alarm.fromAlarmArn(stack, 'Orders', 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders')],
});

/** Each prop that `ScalableStatelessInstances` does not share with the service, and those it shares that replace its instances. */
export const INSTANCES_CHANGES: readonly InstancesChange[] = [
  added('instanceType', 'c7i.large → m7i.large', REFRESH, { instanceType: new InstanceType('m7i.large') }),
  added('additionalInstanceTypes', 'none → m7i.large', REFRESH, { additionalInstanceTypes: [new InstanceType('m7i.large')] }),
  added('cpuArchitecture', 'X86_64 → ARM64', REFRESH, { cpuArchitecture: CpuArchitecture.ARM64 }),
  added('machineImage', 'the latest → one of yours', REFRESH, {
    machineImage: MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }),
  }),
  added('image', 'another tag', REFRESH, { image: ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:2') }),
  added('program', 'a container → a program', REFRESH, { image: undefined, program: '/opt/shop/bin/server' }),
  added('setUpCommands', 'none → one', REFRESH, { setUpCommands: ['echo ready'] }),
  added('containerPort', '8080 → 3000', REFRESH, { containerPort: 3000 }),
  added('command', 'that of the image → another', REFRESH, { command: ['serve'] }),
  added('entryPoint', 'that of the image → another', REFRESH, { entryPoint: ['/bin/shop'] }),
  added('workingDirectory', 'that of the image → another', REFRESH, { workingDirectory: '/srv' }),
  added('environment', 'none → one variable', REFRESH, { environment: { LOG_LEVEL: 'warn' } }),
  added('readonlyRootFilesystem', 'true → false', REFRESH, { readonlyRootFilesystem: false }),
  added('writableDirectories', 'none → one', REFRESH, { writableDirectories: ['/tmp'] }),
  added('user', 'that of the image → another', REFRESH, { user: 'node' }),
  added('dropCapabilities', 'false → true', REFRESH, { dropCapabilities: true }),
  added('initProcessEnabled', 'true → false', REFRESH, { initProcessEnabled: false }),
  added('stopTimeout', '60 s → 30 s', REFRESH, { stopTimeout: Duration.seconds(30) }),
  added('blockDevices', '8 GiB → 20 GiB', REFRESH, {
    blockDevices: [{ deviceName: '/dev/xvda', volume: BlockDeviceVolume.ebs(20, { encrypted: true }) }],
  }),
  added('detailedMonitoring', 'true → false', REFRESH, { detailedMonitoring: false }),
  added('ssmSessionPermissions', 'true → false', 'in place', { ssmSessionPermissions: false }),
  added('keyPair', 'none → one', REFRESH, (stack) => ({ keyPair: KeyPair.fromKeyPairName(stack, 'Key', 'shop') })),
  added('role', 'new → one of yours', 'in place', (stack) => ({
    role: Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/shop'),
  })),
  added('network', 'isolated → private with NAT gateways', 'in place', { network: Network.privateWithNat() }),
  {
    prop: 'vpc',
    what: 'new → another',
    before: none,
    after: (stack) => ({ vpc: new Vpc(stack, 'Net') }),
    outcome: 'rejected',
    note: 'create a second one in the other VPC and move the clients to it, then remove the first',
  },
  added('minCapacity', '2 → 3', 'in place', { minCapacity: 3 }),
  added('maxCapacity', '6 → 8', 'in place', { maxCapacity: 8 }),
  added('targetCpuUtilizationPercent', '50 → 40', 'in place', { targetCpuUtilizationPercent: 40 }),
  added('requestsPerSecondPerTask', '100 → 50', 'in place', { requestsPerSecondPerTask: 50 }),
  added('scaling', 'target tracking → simple scaling', 'in place', { scaling: simple }),
  added('highResolutionMetrics', 'off → scale', 'in place', { highResolutionMetrics: HighResolutionMetrics.PUBLISH_AND_SCALE }),
  added('predictiveScaling', 'off → forecast only', 'in place', { predictiveScaling: PredictiveScaling.FORECAST_ONLY }),
  added('schedules', 'none → one', 'in place', {
    schedules: [{ name: 'morning', schedule: Schedule.cron({ hour: '6', minute: '0' }), minCapacity: 4 }],
  }),
  added('defaultInstanceWarmup', '60 s → 120 s', 'in place', { defaultInstanceWarmup: Duration.seconds(120) }),
  added('launchTimeout', '5 min → 10 min', 'in place', { launchTimeout: Duration.minutes(10) }),
  added('healthCheckGracePeriod', '60 s → 120 s', 'in place', { healthCheckGracePeriod: Duration.seconds(120) }),
  added('healthCheck', '/health → /ready', REFRESH, { healthCheck: { path: '/ready' } }),
  added('deregistrationDelay', '30 s → 60 s', REFRESH, { deregistrationDelay: Duration.seconds(60) }),
  added('minHealthyPercent', '100 → 110 at most', 'in place', { minHealthyPercent: 90, maxHealthyPercent: 110 }),
  added('maxHealthyPercent', '200 → 120', 'in place', { maxHealthyPercent: 120 }),
  added('instanceRefresh', 'one checkpoint → two', 'in place', { instanceRefresh: { checkpointPercentages: [25, 50] } }),
  added('rollbackOnServiceAlarms', 'true → false', 'in place', { rollbackOnServiceAlarms: false }),
  added('rollbackAlarms', 'none → one', 'in place', alarmOf),
  added('spotPercent', '0 → 50', REFRESH, { spotPercent: 50 }),
  {
    prop: 'onDemandBase',
    what: '2 → 1',
    before: () => ({ spotPercent: 50 }),
    after: () => ({ spotPercent: 50, onDemandBase: 1 }),
    outcome: REFRESH,
  },
  added('warmPool', 'none → one', 'in place', { warmPool: { minSize: 1 } }),
  {
    prop: 'internetFacing',
    what: 'true → false',
    before: none,
    after: () => ({ internetFacing: false }),
    outcome: 'replaced',
    note: 'the DNS name of the load balancer changes: create a second one and move the clients to it, then remove the first',
  },
];
