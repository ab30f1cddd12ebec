import { parseFault } from '../../../src/faults/fault-grammar';
import type { PeriodicAlarmRule } from '../../../src/plan/alarm-rule';
import { canarySteps, linearSteps } from '../../../src/plan/deployment-settings';
import { type ScalingPolicy, scalingPolicy } from '../../../src/plan/policy';
import type { Plan } from '../../../src/plan/service-plan';
import type { StepScaling } from '../../../src/plan/step-scaling';
import type { Scenario } from '../../../src/run/scenario';
import { AWS_BEHAVIOR, type AwsBehavior } from '../../../src/scaling/aws-behavior';
import { CAUTIOUS_AWS_BEHAVIOR } from '../../../src/scaling/behavior-alternatives';
import { parseTrace } from '../../../src/traffic/recorded/recorded-csv';
import { seasonalTraffic } from '../../../src/traffic/seasonal-traffic';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD, type Workload } from '../../../src/workload/workload-parameters';
import { cpuTarget, requestTarget, searchPlan } from '../../search-plan';

interface Changes {
  readonly plan?: Partial<Plan>;
  readonly policy?: Partial<ScalingPolicy>;
  readonly workload?: Partial<Workload>;
  readonly behavior?: Partial<AwsBehavior>;
  readonly faults?: readonly string[];
  readonly scenario?: Partial<Scenario>;
}

/** 6 ms of CPU per request: a task of 0.25 vCPU serves 36 requests per second at most. */
const COSTLY: Partial<Workload> = { cpuSecondsPerRequest: 0.006 };
const PLAN = searchPlan(2, 10, [cpuTarget(60)]);

function scenarioOf(traffic: string, { plan, policy, workload, behavior, faults = [], scenario }: Changes = {}): Scenario {
  return {
    plan: { ...PLAN, policy: { ...PLAN.policy, ...policy }, ...plan },
    workload: { ...MEASURED_SEARCH_WORKLOAD, ...workload },
    traffic: parseTraffic(traffic),
    behavior: { ...AWS_BEHAVIOR, ...behavior },
    faults: faults.map(parseFault),
    seed: 7,
    ...scenario,
  };
}

/** A fleet that is overloaded, whose tasks fail their health checks one after the other and are replaced. */
function overloaded(traffic: string, max: number, changes: Changes = {}): Scenario {
  const plan = searchPlan(2, max, [requestTarget(25 * 60), cpuTarget(60)]);
  const healthCheck = { ...plan.healthCheck, intervalSeconds: 10 };
  return scenarioOf(traffic, { ...changes, workload: { ...COSTLY, ...changes.workload }, plan: { ...plan, healthCheck, ...changes.plan } });
}

const STEADY = 'rps 1400 for 30m';
const SURGE = 'rps 900 for 8m, rps 5200 for 20m, rps 600 for 30m';
const USERS = 'users 20 for 5m, users 20..160 think 200ms for 20m, users 160..10 for 15m';

const ROLLING = { ...PLAN.deployment };
const ALL_AT_ONCE = { ...ROLLING, trafficShift: { steps: [], bakeSeconds: 300 } };
const CANARY = { ...ROLLING, trafficShift: { steps: canarySteps(10, 240), bakeSeconds: 120 } };
const LINEAR = { ...ROLLING, trafficShift: { steps: linearSteps(25, 60), bakeSeconds: 60 } };

const HIGH_CPU: PeriodicAlarmRule = {
  comparisonOperator: 'GreaterThanThreshold',
  threshold: 60,
  periodSeconds: 60,
  evaluationPeriods: 2,
  datapointsToAlarm: 2,
  treatMissingData: 'missing',
};
const OUT: StepScaling = {
  name: 'Out',
  alarmName: 'High',
  metric: 'ECSServiceAverageCPUUtilization',
  statistic: 'Average',
  alarm: HIGH_CPU,
  adjustmentType: 'PercentChangeInCapacity',
  minAdjustmentMagnitude: 1,
  steps: [
    { lowerBound: 0, upperBound: 20, adjustment: 30 },
    { lowerBound: 20, adjustment: 80 },
  ],
  cooldownSeconds: 120,
};
const IN: StepScaling = {
  ...OUT,
  name: 'In',
  alarmName: 'Low',
  alarm: { ...HIGH_CPU, comparisonOperator: 'LessThanThreshold', threshold: 30, evaluationPeriods: 5, datapointsToAlarm: 4 },
  adjustmentType: 'ChangeInCapacity',
  steps: [{ upperBound: 0, adjustment: -1 }],
};
const SLOW_RESPONSES: StepScaling = {
  ...OUT,
  name: 'Slow',
  alarmName: 'SlowResponses',
  metric: 'TargetResponseTime',
  statistic: 'p95',
  alarm: { ...HIGH_CPU, threshold: 0.02 },
  minRequestsPerMinute: 600,
};
const GROUP: Partial<ScalingPolicy> = {
  platform: 'ec2',
  targetTracking: [cpuTarget(60, { metric: 'ASGAverageCPUUtilization' })],
  cpuReportSeconds: 300,
};
const HIGH_RESOLUTION = cpuTarget(60, { metric: 'ECSServiceAverageCPUUtilizationHighResolution' });

/** Scenarios by name, of every kind that a forecast distinguishes. */
export const NAMED_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'an open load': scenarioOf(SURGE),
  'an open load that changes each second': scenarioOf('rps 300..5000 for 40m, rps 5000..300 for 40m'),
  'an open load limited by its client': scenarioOf('rps 300..5000 for 30m, at most 3000 rps'),
  'a closed load': scenarioOf(USERS),
  'users that change each second': scenarioOf('users 10..2400 think 1s for 40m, users 2400..10 think 1s for 40m'),
  'users limited by their client': scenarioOf('users 20..300 for 30m, at most 2500 rps'),
  'users that share little CPU': scenarioOf('users 1 for 10m, users 0 for 5m, users 3 think 2s for 5m', { workload: COSTLY }),
  'a mix of users and requests': scenarioOf('users 30 for 5m, rps 800 for 5m, users 60..30 for 7m30s, rps 0 for 5m, rps 2000..10 for 90s'),
  'a trace': scenarioOf(STEADY, { scenario: { traffic: parseTrace('t,rps\n0,500\n61.5,1800\n300,2500.25\n900,4000\n1500,700\n2400,0') } }),
  'a day': scenarioOf(STEADY, { scenario: { traffic: days(1) } }),
  'quota windows': scenarioOf(SURGE, { workload: { latencyModel: 'quota-windows' } }),
  'memory of requests': scenarioOf(SURGE, {
    workload: { memoryMiBPerConcurrentRequest: 1.7 },
    policy: { targetTracking: [cpuTarget(20, { name: 'Memory', metric: 'ECSServiceAverageMemoryUtilization' })] },
  }),
  'no idle CPU': scenarioOf(SURGE, { workload: { idleVcpu: 0 } }),
  'tasks of two vCPU': scenarioOf('rps 12000..40000 for 30m', { plan: { task: { cpu: 2048, memoryMiB: 4096 } } }),
  'a slow start-up': scenarioOf(SURGE, { workload: { startUpSeconds: 55, stopSeconds: 40 } }),
  'a large image': scenarioOf(SURGE, { scenario: { imageMegabytes: 900 } }),
  'targets registered once they listen': scenarioOf(SURGE, {
    scenario: { registersOnceListening: true },
    workload: { startUpSeconds: 12 },
  }),
  'no task at first': scenarioOf('rps 0 for 5m, rps 700 for 20m', { policy: { minCapacity: 0 } }),
  'a history': scenarioOf(SURGE, { scenario: { history: parseTraffic('rps 200 for 5m') } }),
  'requests per target': scenarioOf(SURGE, { policy: { targetTracking: [requestTarget(60 * 500)] } }),
  'two targets': scenarioOf(USERS, { policy: { targetTracking: [requestTarget(60 * 500), cpuTarget(50)] } }),
  'a changed target': scenarioOf(SURGE, { scenario: { policyChanges: [{ atSeconds: 1200, targetValue: 35 }] } }),
  'predicted minimums': scenarioOf(SURGE, {
    scenario: {
      predictedMinimums: [
        { atSeconds: 300, minCapacity: 4 },
        { atSeconds: 2400, minCapacity: 2 },
      ],
    },
    policy: { isPredictive: true },
  }),
  'suspended scale-in': scenarioOf(SURGE, { policy: { suspended: { scaleIn: true, scaleOut: false, schedules: false } } }),
  'step scaling': scenarioOf(SURGE, { policy: { targetTracking: [], stepScaling: [OUT, IN] } }),
  'step scaling on slow responses': scenarioOf('rps 900..7000 for 40m', {
    policy: { targetTracking: [cpuTarget(85)], stepScaling: [SLOW_RESPONSES] },
  }),
  'high resolution': scenarioOf(SURGE, { policy: { targetTracking: [HIGH_RESOLUTION] } }),
  'high resolution, with a low alarm of 15 datapoints': scenarioOf(SURGE, {
    policy: { targetTracking: [HIGH_RESOLUTION] },
    behavior: { highResolutionLowAlarm: '15-datapoints' },
  }),
  'an EC2 group': scenarioOf('rps 900 for 8m, rps 5200 for 40m, rps 600 for 60m', { policy: GROUP }),
  'an EC2 group with simple scaling': scenarioOf('rps 900 for 8m, rps 5200 for 40m, rps 600 for 60m', {
    policy: {
      ...GROUP,
      targetTracking: [],
      cpuReportSeconds: 60,
      simpleScaling: [
        { ...OUT, metric: 'ASGAverageCPUUtilization', adjustmentType: 'ChangeInCapacity', adjustment: 2, cooldownSeconds: 300 },
        { ...IN, metric: 'ASGAverageCPUUtilization', adjustment: -1, cooldownSeconds: 300 },
      ],
    },
  }),
  'Spot and ARM': scenarioOf(SURGE, {
    plan: { infrastructure: { ...PLAN.infrastructure, spotShare: 0.5, architecture: 'ARM64' } },
    faults: ['stop 2 at 12m', 'stop 1 at 20m'],
  }),
  'cautious behavior': scenarioOf(SURGE, { behavior: CAUTIOUS_AWS_BEHAVIOR }),
  'proportional scale-in': scenarioOf(SURGE, { behavior: { scaleInStep: 'proportional' } }),
  'a long drain': scenarioOf(SURGE, { plan: { deregistrationDelaySeconds: 300 }, behavior: { activityCompletion: 'all-steady' } }),
  'draining tasks in the CPU of the service': scenarioOf(SURGE, {
    plan: { deregistrationDelaySeconds: 300 },
    behavior: { drainingTasksInUtilization: 'counted' },
  }),
  'slow start': scenarioOf(SURGE, { plan: { routing: { ...PLAN.routing, slowStartSeconds: 90 } }, faults: ['kill 2 at 4m'] }),
  'least outstanding requests': scenarioOf(SURGE, {
    plan: { routing: { ...PLAN.routing, algorithm: 'least_outstanding_requests' } },
    faults: ['slow 1 to 40% at 3m for 10m', 'crash at start at 15m for 2m', 'pause 1 at 30m for 3m'],
  }),
  'least outstanding requests with users': scenarioOf(USERS, {
    plan: { routing: { ...PLAN.routing, algorithm: 'least_outstanding_requests' } },
    faults: ['pause 1 at 10m for 3m', 'slow 1 to 40% at 20m for 10m'],
  }),
  'anomaly mitigation': scenarioOf('rps 2500 for 40m', {
    policy: { minCapacity: 4 },
    plan: { routing: { algorithm: 'weighted_random', slowStartSeconds: 0, enableAnomalyMitigation: true } },
    faults: ['pause 1 at 5m for 2m', 'crash at start at 10m for 4m', 'kill 1 at 11m'],
  }),
  'one zone': scenarioOf(SURGE, { plan: { zoneCount: 1 } }),
  'a lost zone': scenarioOf('rps 2500 for 50m', {
    policy: { minCapacity: 6 },
    plan: { zoneCount: 3, deployment: { ...ROLLING, rebalancesZones: true } },
    faults: ['lose zone at 5m for 15m', 'lose zone at 12m for 20m'],
  }),
  stops: scenarioOf(STEADY, { faults: ['stop 1 at 5m', 'stop 2 at 12m', 'stop 9 at 20m'] }),
  kills: scenarioOf(STEADY, { faults: ['kill 1 at 5m', 'kill 2 at 12m', 'kill 9 at 20m'] }),
  'kills under users': scenarioOf(USERS, { faults: ['kill 1 at 5m', 'kill 2 at 12m', 'kill 9 at 20m'] }),
  pauses: scenarioOf(STEADY, { faults: ['pause 1 at 3m for 20s', 'pause 1 at 5m for 3m', 'pause 2 at 14m for 5m'] }),
  'pauses under users': scenarioOf(USERS, { faults: ['pause 1 at 3m for 20s', 'pause 1 at 9m for 3m', 'pause 3 at 20m for 5m'] }),
  'slow tasks': scenarioOf(STEADY, {
    faults: ['slow 1 to 30% at 3m for 10m', 'slow 2 to 50% at 8m for 10m', 'slow 1 to 1% at 20m for 3m'],
  }),
  'memory exhaustion': scenarioOf(STEADY, { faults: ['exhaust memory of 1 at 5m', 'exhaust memory of 2 at 15m'] }),
  'memory that takes time to exhaust': scenarioOf(STEADY, {
    faults: ['exhaust memory of 1 at 5m', 'exhaust memory of 2 at 15m'],
    scenario: { memoryExhaustionSeconds: 4.5 },
  }),
  'failing health checks': scenarioOf(STEADY, {
    faults: ['fail health checks of 1 at 5m for 2m', 'fail health checks of 5 at 12m for 5m'],
  }),
  'crashes at start': scenarioOf('rps 1400..4000 for 40m', { faults: ['kill 1 at 5m', 'crash at start at 5m for 5m'] }),
  'a slow dependency': scenarioOf(STEADY, {
    faults: ['slow dependency by 200ms at 5m for 5m', 'slow dependency by 6s at 8m for 5m', 'slow dependency by 70s at 18m for 3m'],
  }),
  'a slow dependency under users': scenarioOf(USERS, {
    faults: ['slow dependency by 200ms at 5m for 5m', 'slow dependency by 6s at 8m for 5m', 'slow dependency by 70s at 22m for 3m'],
  }),
  'a rolling deployment': scenarioOf(STEADY, { policy: { minCapacity: 5 }, faults: ['deploy at 5m'] }),
  'a rolling deployment within the minimum percent': scenarioOf(STEADY, {
    policy: { minCapacity: 5 },
    plan: { deployment: { ...ROLLING, minHealthyPercent: 50, maxHealthyPercent: 100 } },
    faults: ['deploy at 5m', 'deploy at 6m'],
  }),
  'a bad deployment that is rolled back': scenarioOf(STEADY, { policy: { minCapacity: 3 }, faults: ['bad deploy at 5m'] }),
  'a bad deployment without a circuit breaker': scenarioOf(STEADY, {
    plan: { deployment: { ...ROLLING, hasCircuitBreaker: false } },
    faults: ['bad deploy at 5m', 'deploy at 20m'],
  }),
  'a blue/green deployment': scenarioOf(SURGE, { plan: { deployment: ALL_AT_ONCE }, faults: ['deploy at 5m', 'kill 1 at 7m'] }),
  'a canary deployment': scenarioOf(SURGE, { plan: { deployment: CANARY }, faults: ['deploy at 5m'] }),
  'a linear deployment': scenarioOf(USERS, { plan: { deployment: LINEAR }, faults: ['deploy at 5m', 'deploy at 7m'] }),
  'a bad canary deployment': scenarioOf(SURGE, { plan: { deployment: CANARY }, faults: ['bad deploy at 5m'] }),
  'an overload': overloaded('rps 20 for 5m, rps 150 for 60m', 100),
  'an overload with unhealthy tasks': overloaded('rps 20 for 2m, rps 1000 for 60m', 100),
  'a growing overload with unhealthy tasks': overloaded('rps 20..3000 for 40m, rps 3000 for 20m, rps 3000..100 for 30m', 150),
  'an overload by users': overloaded('users 10 for 2m, users 900 think 500ms for 50m', 100),
  'an overload by users who reach the idle timeout': overloaded('users 10 for 2m, users 9000 for 40m', 30),
  'an overload with slow starts': overloaded('rps 20..2000 for 40m', 80, {
    plan: { routing: { ...PLAN.routing, slowStartSeconds: 60 }, zoneCount: 3 },
  }),
  'an overload with faults': overloaded('rps 100..1500 for 50m', 90, {
    workload: { startUpSeconds: 20 },
    plan: { deployment: { ...ROLLING, minHealthyPercent: 50, maxHealthyPercent: 150, healthCheckGracePeriodSeconds: 0 }, zoneCount: 3 },
    faults: ['slow 5 to 50% at 10m for 10m', 'pause 3 at 20m for 3m', 'lose zone at 25m for 8m', 'deploy at 35m'],
  }),
  'an overload with a long drain and least outstanding requests': overloaded('rps 100..1500 for 40m, rps 50 for 20m', 90, {
    plan: { routing: { ...PLAN.routing, algorithm: 'least_outstanding_requests' }, deregistrationDelaySeconds: 300 },
    workload: { stopSeconds: 45 },
  }),
  'a high minimum that scales in': scenarioOf('rps 9000 for 10m, rps 500 for 60m', {
    policy: { minCapacity: 12, maxCapacity: 60, scheduledActions: [] },
    behavior: { scaleInStep: 'proportional' },
    scenario: {
      predictedMinimums: [
        { atSeconds: 120, minCapacity: 45 },
        { atSeconds: 900, minCapacity: 12 },
      ],
    },
  }),
  'a fixed count': scenarioOf(SURGE, { plan: { policy: scalingPolicy({ minCapacity: 3, maxCapacity: 3 }) }, faults: ['kill 1 at 10m'] }),
};

function days(count: number): Scenario['traffic'] {
  const shape = { amplitudePercent: 70, peakHour: 14, weekendPercent: 40, firstWeekday: 0 };
  return seasonalTraffic({ meanRequestsPerSecond: 2500, days: count, ...shape });
}
