// Five stories of a service without a load balancer, on any endpoint that has ECS: created, scaled out by UpdateService, a task stopped, a new revision,
// a revision whose image does not exist. Prints what DescribeServices says each time it changes, so that two endpoints can be compared side by side.
// What ministack 1.5.33 and an emulation print, and why they differ, is in docs/decisions/0044-a-cross-check-with-ministack.md.
// Needs docker, and an image on this machine that listens on port 8080.
// Run: python3 -m venv m && m/bin/pip install ministack==1.5.33 docker && m/bin/ministack    # it listens on all addresses
//      npx tsx --tsconfig tsconfig.dev.json bench/emulation/cross-check.ts http://127.0.0.1:4566 shop:1
//      node lib-cli/main.js emulate --runtime docker
//      npx tsx --tsconfig tsconfig.dev.json bench/emulation/cross-check.ts AWS_ENDPOINT_URL shop:1
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';

const [endpoint = 'http://127.0.0.1:4566', image = 'shop:1'] = process.argv.slice(2);
const credentials = { accessKeyId: 'emulation', secretAccessKey: 'emulation' };
const ecs = new ECSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
const CLUSTER = 'shop';
const SERVICE = 'web';
const POLL_MILLIS = 300;

async function main(): Promise<void> {
  await ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
  const first = await register(image, '1');
  const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
  const service = { cluster: CLUSTER, serviceName: SERVICE, taskDefinition: first, desiredCount: 2 };
  await ecs.send(new CreateServiceCommand({ ...service, launchType: 'EC2', deploymentConfiguration }));
  await observe('created', 15);
  await update({ desiredCount: 3 });
  await observe('scaled out', 12);
  const { taskArns } = await ecs.send(new ListTasksCommand({ cluster: CLUSTER, serviceName: SERVICE }));
  await ecs.send(new StopTaskCommand({ cluster: CLUSTER, task: taskArns![0] }));
  await observe('task stopped', 15);
  await update({ taskDefinition: await register(image, '2') });
  await observe('new revision', 20);
  await update({ taskDefinition: await register('no-such-image:1', '3') });
  await observe('bad revision', 30);
  const { serviceDeployments } = await ecs.send(new ListServiceDeploymentsCommand({ cluster: CLUSTER, service: SERVICE }));
  console.log(`service deployments: ${(serviceDeployments ?? []).map(({ status }) => status).join(', ') || 'none'}`);
  await ecs.send(new DeleteServiceCommand({ cluster: CLUSTER, service: SERVICE, force: true }));
}

async function register(imageName: string, version: string): Promise<string> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: SERVICE,
      cpu: '256',
      memory: '512',
      networkMode: 'bridge',
      containerDefinitions: [
        {
          name: 'app',
          image: imageName,
          environment: [{ name: 'VERSION', value: version }],
          portMappings: [{ containerPort: 8080, hostPort: 0 }],
        },
      ],
    }),
  );
  return taskDefinition!.taskDefinitionArn!;
}

async function update(change: { readonly desiredCount?: number; readonly taskDefinition?: string }): Promise<void> {
  await ecs.send(new UpdateServiceCommand({ cluster: CLUSTER, service: SERVICE, ...change }));
}

/** Prints the state of the service whenever it is another one. */
async function observe(story: string, seconds: number): Promise<void> {
  const startMillis = Date.now();
  let last = '';
  while (Date.now() - startMillis < seconds * 1000) {
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster: CLUSTER, services: [SERVICE] }));
    const { desiredCount, runningCount, pendingCount, deployments } = services![0]!;
    const rollouts = deployments!.map(
      ({ status, rolloutState, taskDefinition, runningCount: running }) =>
        `${status} ${taskDefinition!.split('/').at(-1)} ${rolloutState} ${running}`,
    );
    const now = `desired ${desiredCount}, running ${runningCount}, pending ${pendingCount}; ${rollouts.join(', ')}`;
    if (now !== last) console.log(`${story} ${((Date.now() - startMillis) / 1000).toFixed(1)} s: ${now}`);
    last = now;
    await delay(POLL_MILLIS);
  }
}

void main();
