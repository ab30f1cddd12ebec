import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { DescribeRulesCommand, DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../control-plane/control-plane-here';
import { ALARM, type BlueGreenService, deployBlueGreenService } from './blue-green-service';
import { CLUSTER, describeService, type EmulationHere, emulationHere, registerRevision, SERVICE } from './emulation-here';
import { HttpLoad } from './http-load';

/** A limit for a busy machine, not an expectation. */
const LIMIT_MILLIS = 180_000;

/** Reads until a value is as expected. */
function soon<T>(read: () => Promise<T>): ReturnType<typeof expect.poll<Promise<T>>> {
  return expect.poll(read, { timeout: LIMIT_MILLIS, interval: 250 });
}

describe.skipIf(!hasPython('blue/green deployments on an emulation, through the AWS SDK'))(
  'a blue/green deployment on the emulation',
  () => {
    let emulation: EmulationHere;
    let service: BlueGreenService;
    let load: HttpLoad;

    beforeAll(async () => {
      emulation = await emulationHere();
      service = await deployBlueGreenService(emulation);
    }, LIMIT_MILLIS);

    afterAll(async () => {
      load?.stop();
      await emulation?.stop();
    }, LIMIT_MILLIS);

    const newest = async (): Promise<ServiceDeployment> => {
      const { serviceDeployments: listed } = await emulation.ecs.send(
        new ListServiceDeploymentsCommand({ cluster: CLUSTER, service: SERVICE }),
      );
      const serviceDeploymentArns = [listed![0]!.serviceDeploymentArn!];
      const { serviceDeployments } = await emulation.ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }));
      return serviceDeployments![0]!;
    };
    const status = async (): Promise<string> => (await newest()).status!;
    const pausedHook = async (): Promise<string | undefined> =>
      (await newest()).lifecycleHookDetails!.find((hook) => hook.status === 'AWAITING_ACTION')?.hookId;
    /** The targets that are not draining, in each target group. */
    const targetCounts = async (): Promise<number[]> => {
      const groups = service.groups.map((TargetGroupArn) =>
        emulation.loadBalancing.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
      );
      const described = await Promise.all(groups);
      return described.map(
        ({ TargetHealthDescriptions }) => TargetHealthDescriptions!.filter(({ TargetHealth }) => TargetHealth!.State === 'healthy').length,
      );
    };
    const weights = async (): Promise<(number | undefined)[]> => {
      const { Rules } = await emulation.loadBalancing.send(new DescribeRulesCommand({ RuleArns: [service.productionRule] }));
      return Rules![0]!.Actions![0]!.ForwardConfig!.TargetGroups!.map(({ Weight }) => Weight);
    };
    const counts = async (): Promise<(number | undefined)[]> => {
      const { desiredCount, runningCount } = await describeService(emulation);
      return [desiredCount, runningCount];
    };
    const deploy = async (environment: Readonly<Record<string, string>>): Promise<void> => {
      const taskDefinition = await registerRevision(
        emulation,
        Object.entries(environment).map(([name, value]) => ({ name, value })),
      );
      await emulation.ecs.send(new UpdateServiceCommand({ cluster: CLUSTER, service: SERVICE, taskDefinition }));
      await soon(pausedHook).toBeDefined();
    };
    const proceed = async (): Promise<void> => {
      const { serviceDeploymentArn } = await newest();
      await emulation.ecs.send(
        new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId: await pausedHook(), action: 'CONTINUE' }),
      );
    };

    test('has a first deployment of one target group', { timeout: LIMIT_MILLIS }, async () => {
      await soon(status).toBe('SUCCESSFUL');
      await soon(targetCounts).toEqual([2, 0]);
      load = new HttpLoad(service.dnsName, 5);
    });

    test('pauses with the new revision in the other group, and without traffic', { timeout: LIMIT_MILLIS }, async () => {
      await deploy({ VERSION: '2' });
      const { status: now, lifecycleStage, sourceServiceRevisions, targetServiceRevision, lifecycleHookDetails } = await newest();
      expect([now, lifecycleStage]).toEqual(['IN_PROGRESS', 'POST_TEST_TRAFFIC_SHIFT']);
      expect(lifecycleHookDetails!.map(({ targetType, status: hook }) => `${targetType} ${hook}`)).toEqual([
        'AWS_LAMBDA SUCCEEDED',
        'PAUSE AWAITING_ACTION',
      ]);
      expect(sourceServiceRevisions![0]).toMatchObject({
        runningTaskCount: 2,
        requestedProductionTrafficWeight: 100,
        requestedTestTrafficWeight: 0,
      });
      expect(targetServiceRevision).toMatchObject({
        runningTaskCount: 2,
        requestedProductionTrafficWeight: 0,
        requestedTestTrafficWeight: 100,
      });
      expect(await targetCounts()).toEqual([2, 2]);
      expect(await weights()).toEqual([100, 0]);
      expect(load.bodies).toEqual(new Set(['1']));
      const { serviceRevisions } = await emulation.ecs.send(
        new DescribeServiceRevisionsCommand({ serviceRevisionArns: [targetServiceRevision!.arn!] }),
      );
      expect(serviceRevisions![0]!.resolvedConfiguration!.loadBalancers![0]!.targetGroupArn).toBe(service.groups[1]);
    });

    test('moves the traffic to the other group, and scaling follows it', { timeout: 2 * LIMIT_MILLIS }, async () => {
      await proceed();
      await soon(weights).toEqual([80, 20]);
      await soon(status).toBe('SUCCESSFUL');
      expect(await weights()).toEqual([0, 100]);
      expect(load.bodies).toEqual(new Set(['1', '2']));
      load.setRate(20);
      await soon(targetCounts).toEqual([0, 4]);
      load.setRate(2);
      await soon(counts).toEqual([2, 2]);
      expect(load.failures).toEqual([]);
    });

    test('is rolled back by its alarm, with the traffic where it was', { timeout: 2 * LIMIT_MILLIS }, async () => {
      await deploy({ VERSION: '3', STATUS: '500' });
      // enough for the alarm, and too little to scale out: a step that is still due would come in the next deployment.
      load.setRate(8);
      await proceed();
      await soon(status).toBe('ROLLBACK_SUCCESSFUL');
      const { alarms, rollback } = await newest();
      expect(alarms).toMatchObject({ status: 'TRIGGERED', triggeredAlarmNames: [ALARM] });
      expect(rollback!.reason).toContain(ALARM);
      expect(await weights()).toEqual([0, 100]);
      // the errors of the new revision reached clients, and nothing else failed.
      expect(new Set(load.failures)).toEqual(new Set(['500']));
      load.failures.length = 0;
    });

    test('takes the group that is free after that, and scaling follows again', { timeout: 2 * LIMIT_MILLIS }, async () => {
      load.setRate(2);
      await soon(counts).toEqual([2, 2]);
      await deploy({ VERSION: '4' });
      expect(await targetCounts()).toEqual([2, 2]);
      await proceed();
      await soon(status).toBe('SUCCESSFUL');
      expect(await weights()).toEqual([100, 0]);
      load.setRate(20);
      await soon(targetCounts).toEqual([4, 0]);
      expect(load.failures).toEqual([]);
    });
  },
);
