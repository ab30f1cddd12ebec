import { Duration, type Stack } from 'aws-cdk-lib';
import { Chaos, LoadTest, LoadTestEngine, type LoadTestProps, Network, ScalableStatelessService, Traffic } from '../../src';

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

/** Every number and duration of the constructs beside the service. */
export const CONSTRUCT_NUMBERS: readonly ConstructNumber[] = [
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
