import { Duration, Stack } from 'aws-cdk-lib';
import { Fault, type ForecastOptions, type Plan, ScalableStatelessService, Traffic, Workload } from '../../src';
import { newApp } from '../synthesize';

/** A number that a forecast takes, as the assembly names it, and a call with it. */
export interface ForecastNumber {
  readonly name: string;
  readonly call: (token: number) => unknown;
}

const minute = Duration.minutes(1);
const seconds = (token: number): Duration => Duration.seconds(token);

let service: ScalableStatelessService | undefined;

/** The plan of a service without props. */
function plan(): Plan {
  service ??= new ScalableStatelessService(new Stack(newApp(), 'Shop'), 'Search');
  return service.plan();
}

const TRAFFIC = Traffic.users(1, minute);
const WORKLOAD = Workload.of({ cpuPerRequest: Duration.millis(1) });
const OPTIONS: ForecastOptions = { traffic: TRAFFIC, workload: WORKLOAD, seeds: 1 };
const LOAD = { requestsPerSecond: 100, cpuPercent: 40, meanMillis: 20 };

/** The numbers of options, each in a call. */
function options(struct: string, names: readonly string[], call: (name: string, token: number) => unknown): ForecastNumber[] {
  return names.map((name) => ({ name: `${struct}.${name}`, call: (token) => call(name, token) }));
}

function durations(struct: string, names: readonly string[], call: (options: Record<string, Duration>) => unknown): ForecastNumber[] {
  return options(struct, names, (name, token) => call({ [name]: seconds(token) }));
}

const PLAN_CHANGES = [
  'cpu',
  'interfaceEndpoints',
  'maxAzs',
  'maxCapacity',
  'memoryLimitMiB',
  'minCapacity',
  'natGateways',
  'onDemandBase',
  'requestsPerSecondPerTask',
  'spotPercent',
  'targetCpuUtilizationPercent',
];

const SEASONAL = ['meanRequestsPerSecond', 'days', 'peakHour', 'amplitudePercent', 'weekendPercent'];

/** Every number of the public structs and methods of a forecast. */
export const FORECAST_NUMBERS: readonly ForecastNumber[] = [
  { name: 'CostOptions.outboundGigabytesPerMonth', call: (token) => plan().recommend({}, OPTIONS, { outboundGigabytesPerMonth: token }) },
  { name: 'Fault.badDeployment(at)', call: (token) => Fault.badDeployment(seconds(token)) },
  { name: 'Fault.continueDeployment(at)', call: (token) => Fault.continueDeployment(seconds(token)) },
  { name: 'Fault.deploy(at)', call: (token) => Fault.deploy(seconds(token)) },
  { name: 'Fault.rollbackDeployment(at)', call: (token) => Fault.rollbackDeployment(seconds(token)) },
  { name: 'Fault.slowDependency(addedLatency)', call: (token) => Fault.slowDependency(seconds(token), { at: minute, duration: minute }) },
  { name: 'Fault.slowTask(speedPercent)', call: (token) => Fault.slowTask(token, { at: minute, duration: minute }) },
  ...options('ForecastOptions', ['seed', 'seeds'], (name, token) => plan().forecast({ ...OPTIONS, [name]: token })),
  ...options('K6Iteration', ['requests'], (name, token) => Traffic.fromK6('{"vus":1,"duration":"1m"}', { [name]: token })),
  ...durations('K6Iteration', ['sleep'], (iteration) => Traffic.fromK6('{"vus":1,"duration":"1m"}', iteration)),
  ...durations('LastingFaultOptions', ['at', 'duration'], (given) => Fault.loseZone({ at: minute, duration: minute, ...given })),
  ...durations('LastingTaskFaultOptions', ['duration'], (given) => Fault.pauseTask({ at: minute, duration: minute, ...given })),
  ...durations('TaskFaultOptions', ['at'], (given) => Fault.stopTask({ at: minute, ...given })),
  ...options('TaskFaultOptions', ['count'], (name, token) => Fault.stopTask({ at: minute, [name]: token })),
  ...options('PlanChanges', PLAN_CHANGES, (name, token) => plan().withChanges({ [name]: token })),
  ...durations('PlanChanges', ['scaleInCooldown', 'scaleOutCooldown'], (given) => plan().withChanges(given)),
  {
    name: 'PolicyChangeOptions.at',
    call: (token) => plan().forecast({ ...OPTIONS, policyChanges: [{ at: seconds(token), targetValue: 50 }] }),
  },
  {
    name: 'PolicyChangeOptions.targetValue',
    call: (token) => plan().forecast({ ...OPTIONS, policyChanges: [{ at: minute, targetValue: token }] }),
  },
  {
    name: 'PredictedMinimum.at',
    call: (token) => plan().forecast({ ...OPTIONS, predictedMinimums: [{ at: seconds(token), minCapacity: 2 }] }),
  },
  {
    name: 'PredictedMinimum.minCapacity',
    call: (token) => plan().forecast({ ...OPTIONS, predictedMinimums: [{ at: minute, minCapacity: token }] }),
  },
  { name: 'RecommendationObjective.cpus', call: (token) => plan().recommend({ cpus: [token] }, OPTIONS) },
  ...durations('RecommendationObjective', ['p95', 'p99'], (given) => plan().recommend(given, OPTIONS)),
  ...options('RecommendationObjective', ['failedPercent', 'tasksLost'], (name, token) => plan().recommend({ [name]: token }, OPTIONS)),
  ...options('SeasonalTrafficOptions', SEASONAL, (name, token) => Traffic.weekly({ meanRequestsPerSecond: 10, [name]: token })),
  ...options(
    'ServiceLoad',
    ['cpuPercent', 'requestsPerSecond', 'meanMillis', 'p50Millis', 'p95Millis', 'p99Millis', 'tasks', 'weight'],
    (name, token) =>
      Workload.fit([
        { ...LOAD, [name]: token },
        { ...LOAD, requestsPerSecond: 200 },
      ]),
  ),
  { name: 'Traffic.fromLocust(waitTime)', call: (token) => Traffic.fromLocust('from locust import LoadTestShape', seconds(token)) },
  {
    name: 'Traffic.rampRequestsPerSecond(to)',
    call: (token) => plan().forecast({ ...OPTIONS, traffic: Traffic.rampRequestsPerSecond(token, minute) }),
  },
  { name: 'Traffic.rampRequestsPerSecond(duration)', call: (token) => Traffic.rampRequestsPerSecond(1, seconds(token)) },
  { name: 'Traffic.rampUsers(to)', call: (token) => plan().forecast({ ...OPTIONS, traffic: Traffic.rampUsers(token, minute) }) },
  { name: 'Traffic.rampUsers(duration)', call: (token) => Traffic.rampUsers(1, seconds(token)) },
  {
    name: 'Traffic.requestsPerSecond(rate)',
    call: (token) => plan().forecast({ ...OPTIONS, traffic: Traffic.requestsPerSecond(token, minute) }),
  },
  { name: 'Traffic.requestsPerSecond(duration)', call: (token) => Traffic.requestsPerSecond(1, seconds(token)) },
  { name: 'Traffic.users(count)', call: (token) => plan().forecast({ ...OPTIONS, traffic: Traffic.users(token, minute) }) },
  { name: 'Traffic.users(duration)', call: (token) => Traffic.users(1, seconds(token)) },
  { name: 'Traffic.atMost(requestsPerSecond)', call: (token) => plan().forecast({ ...OPTIONS, traffic: TRAFFIC.atMost(token) }) },
  { name: 'Traffic.hold(duration)', call: (token) => TRAFFIC.hold(seconds(token)) },
  { name: 'Traffic.repeat(times)', call: (token) => TRAFFIC.repeat(token) },
  { name: 'Traffic.withPacing(pacing)', call: (token) => TRAFFIC.withPacing(seconds(token)) },
  { name: 'Traffic.withThinkTime(thinkTime)', call: (token) => TRAFFIC.withThinkTime(seconds(token)) },
  { name: 'WorkloadFitOptions.cpu', call: (token) => Workload.fit([LOAD, { ...LOAD, requestsPerSecond: 200 }], { cpu: token }) },
  ...durations('WorkloadFitOptions', ['startUpTime', 'stopTime'], (given) =>
    Workload.fit([LOAD, { ...LOAD, requestsPerSecond: 200 }], given),
  ),
  ...durations('WorkloadOptions', ['cpuPerRequest', 'cpuPerWakeUp', 'baseLatency', 'startUpTime', 'stopTime'], (given) =>
    Workload.of({ cpuPerRequest: Duration.millis(1), ...given }),
  ),
  ...options('WorkloadOptions', ['idleVcpu', 'newConnectionsPerRequest'], (name, token) =>
    Workload.of({ cpuPerRequest: Duration.millis(1), [name]: token }),
  ),
];
