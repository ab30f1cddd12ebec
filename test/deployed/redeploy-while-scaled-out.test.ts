import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, ENDPOINT } from './endpoint';

const STACK = 'RedeployedWhileScaledOut';
const MINUTES = 60_000;

/** Deploys to an endpoint that stands in for AWS, and only there: an account would be billed. */
describe.skipIf(!ENDPOINT)('a service that has been scaled out', () => {
  let folder = '';
  const deployed = { cluster: '', service: '' };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'redeploy-'));
    deploy({ GREETING: 'first' });
    const { Cluster, Service } = JSON.parse(readFileSync(join(folder, 'outputs.json'), 'utf8'))[STACK];
    Object.assign(deployed, { cluster: Cluster, service: Service });
    // what Application Auto Scaling does when an alarm rings.
    await call('ecs', 'UpdateService', { ...deployed, desiredCount: 4 });
  }, 3 * MINUTES);

  afterAll(() => {
    cdk({}, 'destroy', '--force');
    rmSync(folder, { recursive: true, force: true });
  }, 3 * MINUTES);

  test('keeps its tasks when it is deployed again', { timeout: 3 * MINUTES }, async () => {
    const before = await described();
    deploy({ GREETING: 'second' });
    const after = await described();
    expect([before.desiredCount, after.desiredCount]).toEqual([4, 4]);
    expect(after.taskDefinition).not.toBe(before.taskDefinition);
  });

  test('would lose them if the template said how many there are', { timeout: 3 * MINUTES }, async () => {
    deploy({ GREETING: 'second', DESIRED_COUNT: '2' });
    expect((await described()).desiredCount).toBe(2);
  });

  function deploy(environment: Record<string, string>): void {
    cdk(environment, 'deploy', '--require-approval', 'never', '--method', 'direct', '--outputs-file', join(folder, 'outputs.json'));
  }

  function cdk(environment: Record<string, string>, ...args: string[]): void {
    const app = `npx tsx --tsconfig tsconfig.dev.json test/deployed/small-service.ts`;
    execFileSync('npx', ['cdk', ...args, '--app', app, '--output', join(folder, 'cdk.out'), '--no-notices'], {
      env: { ...process.env, ...environment },
      stdio: 'pipe',
    });
  }

  async function described(): Promise<{ desiredCount: number; taskDefinition: string }> {
    const { services } = await call('ecs', 'DescribeServices', { cluster: deployed.cluster, services: [deployed.service] });
    return services[0];
  }
});
