import { Duration, type Stack } from 'aws-cdk-lib';
import { InstanceType } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import {
  Capacity,
  Chaos,
  InstanceScaling,
  type InstancesCapacityOptions,
  LoadTest,
  LoadTestEngine,
  type LoadTestProps,
  Network,
  ScalableStatelessInstances,
  type ScalableStatelessInstancesProps,
  ScalableStatelessService,
  type SimpleScalingOptions,
  type StepScalingOptions,
  Traffic,
} from '../../src';
import { listenerIn } from './numeric-props';

/** A number that a construct beside the service takes, as the assembly names it, and what is created with it. */
export interface ConstructNumber {
  readonly name: string;
  readonly create: (stack: Stack, token: number) => void;
}

const seconds = (token: number): Duration => Duration.seconds(token);

const load =
  (props: (token: number) => Partial<LoadTestProps>): ConstructNumber['create'] =>
  (stack, token) => {
    const target = new ScalableStatelessService(stack, 'Search');
    new LoadTest(stack, 'Load', { target, traffic: Traffic.users(5, Duration.minutes(1)), ...props(token) });
  };

const chaos =
  (experiment: (chaos: Chaos, token: number) => void): ConstructNumber['create'] =>
  (stack, token) => {
    const target = new ScalableStatelessService(stack, 'Search', { network: Network.public() });
    experiment(new Chaos(stack, 'Chaos', { target }), token);
  };

const chaosOfInstances =
  (experiment: (chaos: Chaos, token: number) => void): ConstructNumber['create'] =>
  (stack, token) => {
    const target = new ScalableStatelessInstances(stack, 'Search', { image: IMAGE, spotPercent: 50 });
    experiment(new Chaos(stack, 'Chaos', { target }), token);
  };

const instances =
  (props: (token: number) => ScalableStatelessInstancesProps): ConstructNumber['create'] =>
  (stack, token) => {
    new ScalableStatelessInstances(stack, 'Search', { image: IMAGE, ...props(token) });
  };

const IMAGE = ContainerImage.fromRegistry('123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:7');

const capacity =
  (of: (token: number) => Capacity): ConstructNumber['create'] =>
  (stack, token) => {
    new ScalableStatelessService(stack, 'Search', { capacity: of(token) });
  };

const onInstances = (options: Partial<InstancesCapacityOptions>): Capacity =>
  Capacity.instances({ instanceType: new InstanceType('m7g.large'), ...options });

const simple = (options: Partial<SimpleScalingOptions>): ScalableStatelessInstancesProps => ({
  scaling: InstanceScaling.simple({ scaleOutCpuUtilizationPercent: 90, scaleInCpuUtilizationPercent: 10, ...options }),
});
const steps = (options: Partial<StepScalingOptions>): ScalableStatelessInstancesProps => ({
  scaling: InstanceScaling.steps({
    scalingSteps: [
      { upper: 10, change: -1 },
      { lower: 50, change: 1 },
    ],
    ...options,
  }),
});

/** Each number of the instances, and what it needs beside it. */
const INSTANCES_NUMBERS: Record<string, ScalableStatelessInstancesProps> = {
  ...{ containerPort: {}, minCapacity: {}, maxCapacity: {}, targetCpuUtilizationPercent: {}, requestsPerSecondPerTask: {} },
  scaleOutResponseTimeMinTotalRequestsPerSecond: { scaleOutResponseTimeThreshold: Duration.seconds(1) },
  ...{ minHealthyPercent: {}, maxHealthyPercent: {}, spotPercent: {}, listenerPort: {}, maxAzs: {}, serverErrorAlarmPercent: {} },
  onDemandBase: { spotPercent: 50 },
};

/** Each duration of the instances. */
const INSTANCES_DURATIONS = [
  ...['scaleOutResponseTimeThreshold', 'defaultInstanceWarmup', 'launchTimeout', 'healthCheckGracePeriod', 'stopTimeout'],
  ...['deregistrationDelay', 'slowStart', 'stickinessCookieDuration', 'idleTimeout', 'responseTimeAlarmThreshold'],
];

/** Every number and duration of the constructs beside the service. */
export const CONSTRUCT_NUMBERS: readonly ConstructNumber[] = [
  ...Object.entries(INSTANCES_NUMBERS).map(([prop, needed]) => ({
    name: `ScalableStatelessInstancesProps.${prop}`,
    create: instances((token) => ({ ...needed, [prop]: token })),
  })),
  ...INSTANCES_DURATIONS.map((prop) => ({
    name: `ScalableStatelessInstancesProps.${prop}`,
    create: instances((token) => ({ [prop]: seconds(token) })),
  })),
  {
    name: 'ScalableStatelessInstancesProps.priority',
    create: (stack, priority) => instances(() => ({ ...listenerIn(stack), priority }))(stack, priority),
  },
  { name: 'ScalableStatelessInstancesProps.alarmWarmUp', create: instances((token) => ({ alarmWarmUp: Duration.minutes(token) })) },
  {
    name: 'InstanceRefreshOptions.checkpointPercentages',
    create: instances((token) => ({ instanceRefresh: { checkpointPercentages: [token] } })),
  },
  {
    name: 'InstanceRefreshOptions.checkpointDelay',
    create: instances((token) => ({ instanceRefresh: { checkpointDelay: seconds(token) } })),
  },
  { name: 'InstanceRefreshOptions.bakeTime', create: instances((token) => ({ instanceRefresh: { bakeTime: seconds(token) } })) },
  {
    name: 'SimpleScalingOptions.scaleOutCpuUtilizationPercent',
    create: instances((scaleOutCpuUtilizationPercent) => simple({ scaleOutCpuUtilizationPercent })),
  },
  {
    name: 'SimpleScalingOptions.scaleInCpuUtilizationPercent',
    create: instances((scaleInCpuUtilizationPercent) => simple({ scaleInCpuUtilizationPercent })),
  },
  { name: 'SimpleScalingOptions.adjustment', create: instances((adjustment) => simple({ adjustment })) },
  { name: 'SimpleScalingOptions.evaluationPeriods', create: instances((evaluationPeriods) => simple({ evaluationPeriods })) },
  { name: 'SimpleScalingOptions.period', create: instances((token) => simple({ period: seconds(token) })) },
  { name: 'SimpleScalingOptions.cooldown', create: instances((token) => simple({ cooldown: seconds(token) })) },
  { name: 'StepScalingOptions.evaluationPeriods', create: instances((evaluationPeriods) => steps({ evaluationPeriods })) },
  { name: 'StepScalingOptions.period', create: instances((token) => steps({ period: seconds(token) })) },
  { name: 'InstancesCapacityOptions.minInstances', create: capacity((minInstances) => onInstances({ minInstances })) },
  { name: 'InstancesCapacityOptions.maxInstances', create: capacity((maxInstances) => onInstances({ maxInstances })) },
  {
    name: 'InstancesCapacityOptions.targetCapacityPercent',
    create: capacity((targetCapacityPercent) => onInstances({ targetCapacityPercent })),
  },
  {
    name: 'InstancesCapacityOptions.instanceWarmupPeriod',
    create: capacity((token) => onInstances({ instanceWarmupPeriod: seconds(token) })),
  },
  { name: 'ManagedInstancesOptions.maxVcpus', create: capacity((maxVcpus) => Capacity.managedInstances({ maxVcpus })) },

  { name: 'K6Options.maxVUs', create: load((maxVUs) => ({ engine: LoadTestEngine.k6({ maxVUs }) })) },
  { name: 'LocustOptions.workers', create: load((workers) => ({ engine: LoadTestEngine.locust({ workers }) })) },
  { name: 'LoadTestProps.cpu', create: load((cpu) => ({ cpu })) },
  { name: 'LoadTestProps.memoryLimitMiB', create: load((memoryLimitMiB) => ({ memoryLimitMiB })) },
  { name: 'LoadTestProps.maxDuration', create: load((token) => ({ maxDuration: seconds(token) })) },
  { name: 'LoadTestProps.requestTimeout', create: load((token) => ({ requestTimeout: seconds(token) })) },
  { name: 'LoadTestRequest.expectedStatus', create: load((expectedStatus) => ({ requests: [{ path: '/', expectedStatus }] })) },
  { name: 'LoadTestRequest.weight', create: load((weight) => ({ requests: [{ path: '/', weight }] })) },
  { name: 'LoadTestThresholds.maxFailedPercent', create: load((maxFailedPercent) => ({ thresholds: { maxFailedPercent } })) },
  { name: 'LoadTestThresholds.minRequests', create: load((minRequests) => ({ thresholds: { minRequests } })) },
  { name: 'LoadTestThresholds.maxMean', create: load((token) => ({ thresholds: { maxMean: seconds(token) } })) },
  { name: 'LoadTestThresholds.maxP50', create: load((token) => ({ thresholds: { maxP50: seconds(token) } })) },
  { name: 'LoadTestThresholds.maxP90', create: load((token) => ({ thresholds: { maxP90: seconds(token) } })) },
  { name: 'LoadTestThresholds.maxP95', create: load((token) => ({ thresholds: { maxP95: seconds(token) } })) },
  { name: 'LoadTestThresholds.maxP99', create: load((token) => ({ thresholds: { maxP99: seconds(token) } })) },
  { name: 'TargetTasksOptions.taskCount', create: chaos((experiments, taskCount) => experiments.stopTasks('Stop', { taskCount })) },
  { name: 'TargetTasksOptions.taskPercent', create: chaos((experiments, taskPercent) => experiments.stopTasks('Stop', { taskPercent })) },
  {
    name: 'TargetInstancesOptions.instanceCount',
    create: chaosOfInstances((experiments, instanceCount) => experiments.terminateInstances('End', { instanceCount })),
  },
  {
    name: 'TargetInstancesOptions.instancePercent',
    create: chaosOfInstances((experiments, instancePercent) => experiments.terminateInstances('End', { instancePercent })),
  },
  {
    name: 'InterruptSpotOptions.durationBeforeInterruption',
    create: chaosOfInstances((experiments, token) =>
      experiments.interruptSpotInstances('Spot', { durationBeforeInterruption: seconds(token) }),
    ),
  },
  { name: 'StressCpuOptions.percent', create: chaos((experiments, percent) => experiments.stressCpu('Cpu', { percent })) },
  {
    name: 'StressCpuOptions.duration',
    create: chaos((experiments, token) => experiments.stressCpu('Cpu', { duration: seconds(token) })),
  },
  {
    name: 'NetworkLatencyOptions.duration',
    create: chaos((experiments, token) => experiments.addNetworkLatency('Slow', { duration: seconds(token) })),
  },
  {
    name: 'NetworkLatencyOptions.delay',
    create: chaos((experiments, token) => experiments.addNetworkLatency('Slow', { delay: seconds(token) })),
  },
  {
    name: 'NetworkLatencyOptions.jitter',
    create: chaos((experiments, token) => experiments.addNetworkLatency('Slow', { jitter: seconds(token) })),
  },
  {
    name: 'NetworkLatencyOptions.flowsPercent',
    create: chaos((experiments, flowsPercent) => experiments.addNetworkLatency('Slow', { flowsPercent })),
  },
];
