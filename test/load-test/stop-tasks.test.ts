import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from 'vitest';
import { ROOT } from '../consumer';

const SOURCE = readFileSync(join(ROOT, 'load-generator/stop-tasks.js'), 'utf8');

/** The smallest limit of a function whose code is in a template that AWS has had. */
const MAX_INLINE_BYTES = 4096;

/** The statuses of a task from the moment that it is to stop. */
const STOPPING = ['DEACTIVATING', 'STOPPING', 'DEPROVISIONING', 'STOPPED'];

interface Task {
  readonly family: string;
  desiredStatus: 'RUNNING' | 'STOPPED';
  lastStatus: string;
}

/** The tasks of a cluster, with the three actions that the function calls. A task that stops takes the next status whenever it is described. */
class Ecs {
  public readonly calls: string[] = [];

  public constructor(
    private readonly tasks: Record<string, Task>,
    private readonly error?: Error,
  ) {}

  public send({ action, input }: { action: string; input: Record<string, string> & { tasks?: string[] } }): Promise<unknown> {
    this.calls.push(action);
    if (this.error !== undefined) return Promise.reject(this.error);
    if (action === 'ListTasks') {
      const found = Object.entries(this.tasks).filter(
        ([, { family, desiredStatus }]) => family === input['family'] && desiredStatus === input['desiredStatus'],
      );
      return Promise.resolve({ taskArns: found.map(([arn]) => arn) });
    }
    if (action === 'StopTask') {
      const task = this.tasks[input['task']!]!;
      task.desiredStatus = 'STOPPED';
      return Promise.resolve({ task });
    }
    return Promise.resolve({ tasks: input.tasks!.map((arn) => this.describe(arn)) });
  }

  private describe(taskArn: string): unknown {
    const task = this.tasks[taskArn]!;
    if (task.desiredStatus === 'STOPPED') task.lastStatus = STOPPING[STOPPING.indexOf(task.lastStatus) + 1] ?? 'STOPPED';
    return { taskArn, ...task };
  }
}

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Calls the function as CloudFormation does, and returns what CloudFormation gets. */
async function call(RequestType: string, ecs: Ecs): Promise<{ Status: string; Reason?: string; PhysicalResourceId: string }> {
  let received = '';
  const server = createServer((request, response) => {
    request.on('data', (chunk) => {
      received += chunk;
    });
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  const command = (action: string) =>
    class {
      public readonly action = action;
      public constructor(public readonly input: Record<string, string>) {}
    };
  const sdk = {
    ECSClient: class {
      public send = ecs.send.bind(ecs);
    },
    ListTasksCommand: command('ListTasks'),
    StopTaskCommand: command('StopTask'),
    DescribeTasksCommand: command('DescribeTasks'),
  };
  const exported: { handler?: (event: unknown, context: unknown) => Promise<void> } = {};
  runInNewContext(SOURCE, {
    exports: exported,
    require: () => sdk,
    fetch,
    console: { error: () => {} },
    setTimeout: (next: () => void) => setImmediate(next),
  });
  await exported.handler!(
    {
      RequestType,
      ResponseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Load',
      ResourceProperties: { Cluster: 'fleet', Family: 'load' },
    },
    { logStreamName: 'stream' },
  );
  return JSON.parse(received);
}

describe('the function that stops a load test', () => {
  test('stops every task of it when it is deleted, and waits until the last has stopped', async () => {
    const tasks: Record<string, Task> = {
      one: { family: 'load', desiredStatus: 'RUNNING', lastStatus: 'RUNNING' },
      two: { family: 'load', desiredStatus: 'RUNNING', lastStatus: 'PENDING' },
      stopping: { family: 'load', desiredStatus: 'STOPPED', lastStatus: 'STOPPING' },
      search: { family: 'search', desiredStatus: 'RUNNING', lastStatus: 'RUNNING' },
    };
    const ecs = new Ecs(tasks);
    expect(await call('Delete', ecs)).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'Load',
      StackId: 'stack',
      RequestId: 'request',
    });
    expect(Object.entries(tasks).map(([arn, { lastStatus }]) => [arn, lastStatus])).toEqual([
      ['one', 'STOPPED'],
      ['two', 'STOPPED'],
      ['stopping', 'STOPPED'],
      ['search', 'RUNNING'],
    ]);
    expect(ecs.calls.filter((action) => action === 'StopTask')).toHaveLength(2);
  });

  test.each(['Create', 'Update'])('does nothing for %s', async (type) => {
    const ecs = new Ecs({ one: { family: 'load', desiredStatus: 'RUNNING', lastStatus: 'RUNNING' } });
    expect(await call(type, ecs)).toMatchObject({ Status: 'SUCCESS' });
    expect(ecs.calls).toEqual([]);
  });

  test('has nothing to stop where the cluster is gone', async () => {
    const error = Object.assign(new Error('Cluster not found.'), { name: 'ClusterNotFoundException' });
    expect(await call('Delete', new Ecs({}, error))).toMatchObject({ Status: 'SUCCESS' });
  });

  test('reports why it cannot, so that a deletion does not hang', async () => {
    const error = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    expect(await call('Delete', new Ecs({}, error))).toMatchObject({
      Status: 'FAILED',
      Reason: 'AccessDeniedException: not authorized (log stream stream)',
    });
  });

  test('fits into a template', () => {
    expect(Buffer.byteLength(SOURCE)).toBeLessThan(MAX_INLINE_BYTES);
  });
});
