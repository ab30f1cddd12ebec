import { DescribeScalingActivitiesCommand } from '@aws-sdk/client-application-auto-scaling';
import { type CompositeAlarm, DescribeAlarmsCommand, GetMetricDataCommand, PutCompositeAlarmCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runCommandHere } from '../../cli/run-command-here';
import { AwsApi } from '../control-plane/aws-api';
import { hasPython } from '../control-plane/control-plane-here';
import {
  CLUSTER,
  type DeployedService,
  deployService,
  describeService,
  type EmulationHere,
  emulationHere,
  LOG_GROUP,
  registerRevision,
  SERVICE,
} from './emulation-here';
import { HttpLoad } from './http-load';

/** A limit for a busy machine, not an expectation. */
const LIMIT_MILLIS = 180_000;

/** Reads until a value is as expected. */
function soon<T>(read: () => Promise<T>): ReturnType<typeof expect.poll<Promise<T>>> {
  return expect.poll(read, { timeout: LIMIT_MILLIS, interval: 250 });
}

describe.skipIf(!hasPython('services that scale on an emulation, through the AWS SDK'))('a service on the emulation', () => {
  let emulation: EmulationHere;
  let service: DeployedService;
  let load: HttpLoad;

  beforeAll(async () => {
    emulation = await emulationHere();
    service = await deployService(emulation);
  }, LIMIT_MILLIS);

  afterAll(async () => {
    load?.stop();
    await emulation?.stop();
  }, LIMIT_MILLIS);

  const counts = async (): Promise<(number | undefined)[]> => {
    const { desiredCount, runningCount, pendingCount } = await describeService(emulation);
    return [desiredCount, runningCount, pendingCount];
  };
  const targetStates = async (): Promise<(string | undefined)[]> => {
    const { TargetHealthDescriptions } = await emulation.loadBalancing.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: service.targetGroupArn }),
    );
    return TargetHealthDescriptions!.map(({ TargetHealth }) => TargetHealth!.State);
  };
  const rollout = async (): Promise<string> => {
    const [primary] = (await describeService(emulation)).deployments!;
    return `${primary!.rolloutState} ${primary!.taskDefinition!.split('/').at(-1)}`;
  };

  test('completes its first deployment, and answers on the DNS name of its load balancer', { timeout: LIMIT_MILLIS }, async () => {
    await soon(rollout).toBe('COMPLETED web:1');
    await soon(targetStates).toEqual(['healthy', 'healthy']);
    expect(await (await fetch(`http://${service.dnsName}/`)).text()).toBe('1');
    load = new HttpLoad(service.dnsName, 5);
  });

  test('is forecast as it runs, from its description', { timeout: LIMIT_MILLIS }, async () => {
    const variables = { AWS_ENDPOINT_URL: emulation.url, AWS_ACCESS_KEY_ID: 'emulation', AWS_SECRET_ACCESS_KEY: 'emulation' };
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    const words = ['forecast', '--region', 'us-east-1', '--traffic', 'rps 20 for 20m', '--seeds', '5', '--json'];
    const forecast = await runCommandHere([...words, '--service', `${CLUSTER}/${SERVICE}`]);
    expect(forecast).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(forecast.stdout)).toMatchObject({
      plan: { service: SERVICE, task: { cpu: 256, memoryMiB: 512 }, policy: { minCapacity: 2, maxCapacity: 4 }, desiredCount: 2 },
    });
    const unknown = await runCommandHere([...words, '--service', `${CLUSTER}/wep`]);
    expect(unknown).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`error: the cluster ${CLUSTER} in us-east-1 has no service 'wep': there are ${SERVICE}`) as string,
    });
    const unknownCluster = await runCommandHere([...words, '--service', 'ship/web']);
    expect(unknownCluster.stderr).toContain(`error: us-east-1 has no cluster 'ship': there are ${CLUSTER}`);
    vi.unstubAllEnvs();
  });

  test('scales out under load, and in again after it, with a cause for each activity', { timeout: 2 * LIMIT_MILLIS }, async () => {
    // 20 a second are 600 a minute for each of two tasks, twice the target.
    load.setRate(20);
    await soon(counts).toEqual([4, 4, 0]);
    await soon(targetStates).toEqual(['healthy', 'healthy', 'healthy', 'healthy']);
    load.setRate(2);
    await soon(counts).toEqual([2, 2, 0]);
    const { ScalingActivities } = await emulation.scaling.send(new DescribeScalingActivitiesCommand({ ServiceNamespace: 'ecs' }));
    const { MetricAlarms } = await emulation.cloudWatch.send(new DescribeAlarmsCommand({}));
    const alarmNames = MetricAlarms!.map(({ AlarmName }) => AlarmName!);
    expect(ScalingActivities!.length).toBeGreaterThanOrEqual(2);
    for (const { Cause } of ScalingActivities!) {
      const [, alarmName] = /^monitor alarm (\S+) in state ALARM triggered policy requests$/.exec(Cause!) ?? [];
      expect(alarmNames).toContain(alarmName);
    }
    expect(ScalingActivities!.at(-1)!.Cause).toContain('AlarmHigh');
    expect(ScalingActivities![0]!.Cause).toContain('AlarmLow');
    expect(load.failures).toEqual([]);
  });

  test('has metrics of the requests that it got', async () => {
    const { MetricDataResults } = await emulation.cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 600_000),
        EndTime: new Date(),
        MetricDataQueries: [
          {
            Id: 'responses',
            MetricStat: {
              Metric: {
                Namespace: 'AWS/ApplicationELB',
                MetricName: 'HTTPCode_Target_2XX_Count',
                Dimensions: [{ Name: 'TargetGroup', Value: service.targetGroupArn.split(':').at(-1) }],
              },
              Period: 60,
              Stat: 'Sum',
            },
          },
        ],
      }),
    );
    const sum = MetricDataResults![0]!.Values!.reduce((total, value) => total + value, 0);
    // requests are still being sent.
    expect(sum).toBeGreaterThan(0.9 * load.served);
    expect(sum).toBeLessThanOrEqual(load.served + 10);
  });

  test('has the state of a composite alarm, from those of its alarms', { timeout: LIMIT_MILLIS }, async () => {
    const { MetricAlarms } = await emulation.cloudWatch.send(new DescribeAlarmsCommand({}));
    const [high, low] = ['AlarmHigh', 'AlarmLow'].map(
      (part) => MetricAlarms!.find(({ AlarmName }) => AlarmName!.includes(part))!.AlarmName,
    );
    const AlarmRule = `ALARM("${low}") AND NOT ALARM("${high}")`;
    await emulation.cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName: 'quiet', AlarmRule }));
    await soon(async () => {
      const described = await emulation.cloudWatch.send(
        new DescribeAlarmsCommand({ AlarmNames: ['quiet'], AlarmTypes: ['CompositeAlarm'] }),
      );
      const [{ StateValue, AlarmRule: rule }] = described.CompositeAlarms as [CompositeAlarm];
      return [rule, StateValue];
    }).toEqual([AlarmRule, 'ALARM']);
  });

  test('has what its tasks write in CloudWatch Logs', { timeout: LIMIT_MILLIS }, async () => {
    const { taskArns } = await emulation.ecs.send(new ListTasksCommand({ cluster: CLUSTER, serviceName: SERVICE }));
    const logStreamName = `web/app/${taskArns![0]!.split('/').at(-1)}`;
    const logs = new AwsApi(emulation.url);
    await soon(async () => {
      const { events } = await logs.json('logs', 'Logs_20140328.GetLogEvents', { logGroupName: LOG_GROUP, logStreamName });
      return (events as { message: string }[] | undefined)?.map(({ message }) => message);
    }).toEqual(['version 1']);
    const { events } = await logs.json('logs', 'Logs_20140328.FilterLogEvents', { logGroupName: LOG_GROUP, filterPattern: 'version' });
    expect((events as object[]).length).toBeGreaterThanOrEqual(4);
  });

  test('replaces a task that is stopped under load, without a failed request', { timeout: LIMIT_MILLIS }, async () => {
    const { taskArns } = await emulation.ecs.send(new ListTasksCommand({ cluster: CLUSTER, serviceName: SERVICE }));
    const [task] = taskArns!;
    await emulation.ecs.send(new StopTaskCommand({ cluster: CLUSTER, task, reason: 'an experiment' }));
    const describe = async () => (await emulation.ecs.send(new DescribeTasksCommand({ cluster: CLUSTER, tasks: [task!] }))).tasks![0]!;
    await soon(async () => (await describe()).lastStatus).toBe('STOPPED');
    expect(await describe()).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'an experiment' });
    await soon(counts).toEqual([2, 2, 0]);
    await soon(targetStates).toEqual(['healthy', 'healthy']);
    const { taskArns: newArns } = await emulation.ecs.send(new ListTasksCommand({ cluster: CLUSTER, serviceName: SERVICE }));
    expect(newArns).not.toContain(task);
    expect(load.failures).toEqual([]);
  });

  test('deploys a new revision, and rolls a bad one back, without a failed request', { timeout: 2 * LIMIT_MILLIS }, async () => {
    await registerRevision(emulation, [{ name: 'VERSION', value: '2' }]);
    await emulation.ecs.send(new UpdateServiceCommand({ cluster: CLUSTER, service: SERVICE, taskDefinition: 'web:2' }));
    await soon(rollout).toBe('COMPLETED web:2');
    await registerRevision(emulation, [{ name: 'FAILS', value: 'yes' }]);
    await emulation.ecs.send(new UpdateServiceCommand({ cluster: CLUSTER, service: SERVICE, taskDefinition: 'web:3' }));
    await soon(rollout).toBe('COMPLETED web:2');
    const { events, taskDefinition } = await describeService(emulation);
    expect(taskDefinition).toMatch(/web:2$/);
    expect(events!.some(({ message }) => message!.includes('circuit breaker'))).toBe(true);
    expect([...load.bodies].sort()).toEqual(['1', '2']);
    expect(load.failures).toEqual([]);
  });

  test('runs beside a service without a load balancer, whose task is healthy while it runs', { timeout: LIMIT_MILLIS }, async () => {
    const { networkConfiguration } = await describeService(emulation);
    const worker = { cluster: CLUSTER, serviceName: 'worker', taskDefinition: 'web:2', desiredCount: 1, networkConfiguration };
    await emulation.ecs.send(new CreateServiceCommand({ ...worker, launchType: 'FARGATE' }));
    await soon(async () => {
      const { services } = await emulation.ecs.send(new DescribeServicesCommand({ cluster: CLUSTER, services: ['worker'] }));
      const { runningCount, deployments } = services![0]!;
      return `${runningCount} ${deployments![0]!.rolloutState}`;
    }).toBe('1 COMPLETED');
  });

  test('runs a task once, and has its exit code', { timeout: LIMIT_MILLIS }, async () => {
    const { tasks } = await emulation.ecs.send(new RunTaskCommand({ cluster: CLUSTER, taskDefinition: 'web:3', launchType: 'FARGATE' }));
    expect(tasks![0]).toMatchObject({ lastStatus: 'PROVISIONING', group: 'family:web' });
    const describe = async () =>
      (await emulation.ecs.send(new DescribeTasksCommand({ cluster: CLUSTER, tasks: [tasks![0]!.taskArn!] }))).tasks![0]!;
    await soon(async () => (await describe()).lastStatus).toBe('STOPPED');
    expect((await describe()).containers![0]).toMatchObject({ name: 'app', exitCode: 3 });
  });
});
