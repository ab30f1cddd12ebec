import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePeriods } from '../../../cli/recording/period-table';
import { AWS_BEHAVIOR } from '../../../src/scaling/aws-behavior';
import { forecast } from '../../../src/simulation/forecast';
import { parseTraffic } from '../../../src/traffic/traffic-grammar';
import { MEASURED_SEARCH_WORKLOAD } from '../../../src/workload/workload-parameters';
import { describedActivities, reportedPeriods, START_SECONDS } from '../../recording/as-reported';
import { cpuTarget, searchPlan } from '../../search-plan';

const GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef';
const BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef';
const SCALED = { ServiceNamespace: 'ecs', ResourceId: 'service/shop/web', ScalableDimension: 'ecs:service:DesiredCount' };

/** The resources of a service as AWS describes them. */
export const RESOURCES = {
  service: {
    clusterArn: 'arn:aws:ecs:eu-west-1:123456789012:cluster/shop',
    serviceArn: 'arn:aws:ecs:eu-west-1:123456789012:service/shop/web',
    serviceName: 'web',
    taskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3',
    launchType: 'FARGATE',
    desiredCount: 2,
    loadBalancers: [{ targetGroupArn: GROUP, containerName: 'app', containerPort: 8080 }],
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1', 'subnet-2'] } },
    deployments: [],
  },
  taskDefinition: {
    cpu: '256',
    memory: '512',
    family: 'web',
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3',
    containerDefinitions: [{ name: 'app', image: 'shop:1', portMappings: [{ containerPort: 8080 }] }],
  },
  targetGroups: [
    {
      described: {
        TargetGroupArn: GROUP,
        Protocol: 'HTTP',
        Port: 80,
        HealthCheckPath: '/health',
        HealthCheckIntervalSeconds: 30,
        LoadBalancerArns: [BALANCER],
      },
      attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    },
  ],
  loadBalancers: [{ described: { LoadBalancerArn: BALANCER, Scheme: 'internal' }, attributes: [] }],
  listeners: [],
  scalableTargets: [{ ...SCALED, MinCapacity: 2, MaxCapacity: 4, CreationTime: '2026-01-01T00:00:00.000Z' }],
  scalingPolicies: [
    {
      ...SCALED,
      PolicyName: 'Cpu',
      PolicyARN: 'arn:aws:autoscaling:eu-west-1:123456789012:scalingPolicy:1',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 50,
        ScaleOutCooldown: 300,
        ScaleInCooldown: 300,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
      Alarms: [{ AlarmName: 'TargetTracking-service/shop/web-AlarmHigh-1' }],
      CreationTime: '2026-01-01T00:00:00.000Z',
    },
  ],
  scheduledActions: [],
  alarms: [],
};

/** Four hours of the service, as a forecast has them. */
const OUTCOME = forecast({
  plan: searchPlan(2, 4, [cpuTarget(50)]),
  workload: { ...MEASURED_SEARCH_WORKLOAD, cpuSecondsPerRequest: 0.003, idleVcpu: 0.02 },
  traffic: parseTraffic('rps 40 for 30m, rps 120 for 60m, rps 20 for 60m, rps 130 for 40m, rps 20 for 50m'),
  behavior: AWS_BEHAVIOR,
  seed: 1,
});

/** Metrics as `get-metric-data` prints them. */
export const METRIC_DATA = {
  MetricDataResults: (
    [
      ['RequestCount', 'requests'],
      ['CPUUtilization', 'cpuPercent'],
      ['RunningTaskCount', 'runningTasks'],
    ] as const
  ).map(([Label, field], index) => ({
    Id: `m${index}`,
    Label,
    Timestamps: reportedPeriods(OUTCOME).map(({ startsAtSeconds }) => new Date(1000 * startsAtSeconds).toISOString()),
    Values: reportedPeriods(OUTCOME).map((period) => period[field]),
  })),
};

/** Scaling activities as `describe-scaling-activities` prints them. */
export const SCALING_ACTIVITIES = { ScalingActivities: describedActivities(OUTCOME) };

/** Writes a recording of the service, as `record` does. */
export function writeRecording(folder: string): void {
  const iso = (seconds: number): string => new Date(1000 * seconds).toISOString();
  const [from, to] = [iso(START_SECONDS), iso(START_SECONDS + 4 * 3600)];
  mkdirSync(join(folder, 'metrics'), { recursive: true });
  const file = `${from.slice(0, 10)}.csv`;
  const contents = {
    format: 1,
    service: RESOURCES.service.serviceArn,
    region: 'eu-west-1',
    speed: 1,
    from,
    to,
    remarks: [],
    isComplete: true,
  };
  writeFileSync(join(folder, 'recording.json'), JSON.stringify({ ...contents, days: [{ file, from, to, periodSeconds: 60 }] }));
  writeFileSync(join(folder, 'resources.json'), JSON.stringify(RESOURCES));
  writeFileSync(join(folder, 'metrics', file), writePeriods(reportedPeriods(OUTCOME)));
  writeFileSync(
    join(folder, 'activities.jsonl'),
    describedActivities(OUTCOME)
      .map((activity) => `${JSON.stringify(activity)}\n`)
      .join(''),
  );
}
