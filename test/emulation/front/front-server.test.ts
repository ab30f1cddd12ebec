import { expect, onTestFinished, test } from 'vitest';
import { AwsError, type Operations } from '../../../emulation/front/aws-call';
import { ControlPlaneClient } from '../../../emulation/front/control-plane-client';
import { FrontServer } from '../../../emulation/front/front-server';
import { InputError } from '../../../src/parse/input-error';
import { serve } from '../../rehearsal/small-server';

async function startFront(): Promise<FrontServer> {
  const front = await FrontServer.start({ port: 0, onError: () => {} });
  onTestFinished(() => front.stop());
  return front;
}

async function frontOf(operations: Operations, controlPlane: (body: string) => { status: number; body: string }) {
  const server = await serve((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { status, body } = controlPlane(Buffer.concat(parts).toString());
      response.writeHead(status, { 'x-of': 'control-plane', 'content-type': 'application/x-amz-json-1.1' }).end(body);
    });
  });
  const front = await startFront();
  front.connect(new ControlPlaneClient(server.url), operations);
  return front;
}

function callEcs(front: FrontServer, operation: string, input: object): Promise<Response> {
  const headers = { 'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`, 'content-type': 'application/x-amz-json-1.1' };
  return fetch(front.url, { method: 'POST', headers, body: JSON.stringify(input) });
}

test('a call that is not answered here reaches the control plane as it is, and so does every other request', async () => {
  const front = await frontOf({}, (body) => ({ status: 200, body: `{"got":${JSON.stringify(body)}}` }));
  const response = await callEcs(front, 'ListClusters', { maxResults: 5 });
  expect(response.headers.get('x-of')).toBe('control-plane');
  expect(await response.json()).toEqual({ got: '{"maxResults":5}' });
  const object = await fetch(`${front.url}/bucket/key`, { method: 'PUT', body: 'content' });
  expect(await object.json()).toEqual({ got: 'content' });
});

test('a page in a browser is refused: what it deploys would run on this machine', async () => {
  const calls: string[] = [];
  const front = await frontOf({}, (body) => {
    calls.push(body);
    return { status: 200, body: '{}' };
  });
  for (const method of ['OPTIONS', 'POST']) {
    const { status } = await fetch(front.url, { method, headers: { origin: 'https://shop.example.com' } });
    expect(status).toBe(403);
  }
  expect(calls).toEqual([]);
});

test('an operation changes the output of the control plane, or answers alone', async () => {
  const operations: Operations = {
    'ecs DescribeServices': async (_, passOn) => ({ ...(await passOn()), added: 1 }),
    'ecs ListTasks': async ({ input }) => ({ taskArns: [String(input.cluster)] }),
  };
  const front = await frontOf(operations, () => ({ status: 200, body: '{"services":[]}' }));
  expect(await (await callEcs(front, 'DescribeServices', {})).json()).toEqual({ services: [], added: 1 });
  expect(await (await callEcs(front, 'ListTasks', { cluster: 'shop' })).json()).toEqual({ taskArns: ['shop'] });
});

test('what the control plane refuses is passed back as it is, and an error of an operation has its code', async () => {
  const operations: Operations = {
    'ecs CreateService': async (_, passOn) => ({ ...(await passOn()), never: true }),
    'ecs StopTask': () => Promise.reject(new AwsError('InvalidParameterException', 'no such task')),
    'ecs RunTask': () => Promise.reject(new Error('a bug')),
  };
  const front = await frontOf(operations, () => ({ status: 400, body: '{"__type":"ClusterNotFoundException"}' }));
  const refused = await callEcs(front, 'CreateService', {});
  expect([refused.status, await refused.text()]).toEqual([400, '{"__type":"ClusterNotFoundException"}']);
  const failed = await callEcs(front, 'StopTask', {});
  expect([failed.status, failed.headers.get('x-amzn-errortype')]).toEqual([400, 'InvalidParameterException']);
  expect((await callEcs(front, 'RunTask', {})).status).toBe(500);
});

test('until a control plane is there, clients are asked to try again', async () => {
  const front = await startFront();
  const response = await fetch(front.url);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
});

test('a port that is in use is an error that says what to do', async () => {
  const front = await startFront();
  const port = Number(new URL(front.url).port);
  const second = FrontServer.start({ port, onError: () => {} });
  await expect(second).rejects.toThrow(new InputError([`port ${port} is already in use: leave --port out to use any free port`]));
});
