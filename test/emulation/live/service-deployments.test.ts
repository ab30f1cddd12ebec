import { expect, test } from 'vitest';
import { serviceDeploymentArn } from '../../../emulation/live/described-service-deployment';
import { LiveDeployments } from '../../../emulation/live/live-deployments';
import type { LiveService } from '../../../emulation/live/live-service';
import type { LiveServices } from '../../../emulation/live/live-services';
import { serviceDeploymentOperations } from '../../../emulation/live/service-deployment-operations';

const TASK_DEFINITION = { arn: 'web:1', family: 'web', settings: {} };

/** A deployment that is being rolled back. */
function rollingBack(): LiveDeployments {
  const deployments = new LiveDeployments();
  deployments.complete(deployments.begin(TASK_DEFINITION, {}));
  deployments.fail(deployments.begin(TASK_DEFINITION, {}), 'the circuit breaker has opened');
  deployments.beginRollback(0);
  return deployments;
}

const statuses = ({ serviceDeployments }: LiveDeployments) => serviceDeployments.map(({ status }) => status);

test('a rollback that another deployment replaces has failed, and does not stay in progress', () => {
  const deployments = rollingBack();
  expect(statuses(deployments)).toEqual(['ROLLBACK_IN_PROGRESS', 'SUCCESSFUL']);
  const next = deployments.begin(TASK_DEFINITION, {});
  expect(statuses(deployments)).toEqual(['IN_PROGRESS', 'ROLLBACK_FAILED', 'SUCCESSFUL']);
  expect(next.sourceRevision).toBe(0);
  deployments.complete(next);
  expect(statuses(deployments)).toEqual(['SUCCESSFUL', 'ROLLBACK_FAILED', 'SUCCESSFUL']);
});

test('StopServiceDeployment lets a rollback in progress go on, and refuses one that is over', async () => {
  const deployments = rollingBack();
  const record = { region: 'us-east-1', clusterName: 'cluster', name: 'web' };
  const service = { record, deployments } as LiveService;
  const stop = () =>
    serviceDeploymentOperations({ all: [service] } as unknown as LiveServices)['ecs StopServiceDeployment']!(
      { region: 'us-east-1', input: { serviceDeploymentArn: serviceDeploymentArn(service, deployments.serviceDeployments[0]!) } } as never,
      () => Promise.reject(new Error('it is not passed on')),
    );
  await expect(stop()).resolves.toEqual({ serviceDeploymentArn: expect.stringContaining('service-deployment/cluster/web/') });
  deployments.complete(deployments.primary);
  await expect(stop()).rejects.toMatchObject({ code: 'ConflictException' });
});
