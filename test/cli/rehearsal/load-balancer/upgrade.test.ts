import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../eventually';
import { answerOk, type SmallServer, serve } from '../small-server';
import { registered, startBalancer } from './balanced';

/** A server that says back whatever it hears, once its client has asked for that. */
async function echoing(): Promise<SmallServer & { readonly asked: IncomingMessage[] }> {
  const small = await serve(answerOk);
  const asked: IncomingMessage[] = [];
  small.server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    asked.push(incoming);
    socket.on('error', () => {});
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nwelcome ');
    socket.write(head);
    socket.pipe(socket);
  });
  return { ...small, asked };
}

const UPGRADE = { headers: { connection: 'Upgrade', upgrade: 'echo' }, agent: false } as const;

async function upgraded(url: string): Promise<Duplex> {
  const [, socket, head] = await once(request(url, UPGRADE).end(), 'upgrade');
  onTestFinished(() => void socket.destroy());
  socket.unshift(head);
  return socket.setEncoding('utf8');
}

/** Everything that is heard from now on, as it grows. */
function heard(socket: Duplex): () => string {
  let text = '';
  socket.on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}

test('a connection that changes its protocol carries both ways', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const socket = await upgraded(`${balancer.url}/live`);
  const text = heard(socket);
  socket.write('hello');
  await eventually(text).toBe('welcome hello');
  expect(server.asked[0]).toMatchObject({ url: '/live', headers: { upgrade: 'echo', connection: 'Upgrade' } });
  expect(server.asked[0]!.headers['x-forwarded-for']).toContain('127.0.0.1');
});

test('it ends for its target when its client goes', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const socket = await upgraded(balancer.url);
  socket.destroy();
  await once(server.asked[0]!.socket, 'close');
});

test('it outlives the beginning of draining, and ends with it', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  const [target] = await registered(balancer, [server]);
  const socket = await upgraded(balancer.url);
  const text = heard(socket);
  const closed = once(socket, 'close');
  const drained = balancer.deregister(target!, 50);
  socket.write('still here');
  await eventually(text).toBe('welcome still here');
  await Promise.all([drained, closed]);
});

test('it ends when the load balancer stops', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const closed = once((await upgraded(balancer.url)).resume(), 'close');
  await balancer.stop();
  await closed;
});

test('a target that does not change its protocol is heard, and the connection closed', async () => {
  const server = await serve((_, response) => void response.writeHead(426).end('no'));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const [answer] = await once(request(balancer.url, UPGRADE).end(), 'response');
  expect(answer.statusCode).toBe(426);
  expect(answer.headers.connection).toBe('close');
});

/** A client in the middle of an answer that is no change of protocol, and what ends it. */
async function midAnswer() {
  const server = await serve((_, response) => void response.writeHead(200).write('the first of many'));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const [answer] = (await once(request(balancer.url, UPGRADE).end(), 'response')) as [IncomingMessage];
  await once(answer, 'data');
  const cutOff = once(answer.on('error', () => {}).resume(), 'close');
  return { server, balancer, cutOff };
}

test('the load balancer stops in the middle of such an answer', async () => {
  const { balancer, cutOff } = await midAnswer();
  await balancer.stop();
  await cutOff;
  await eventually(() => balancer.record.read()).toMatchObject({ sent: 1, answered: 0, failures: { other: 1 } });
});

test('a target that dies in the middle of such an answer leaves nobody waiting', async () => {
  const { server, balancer, cutOff } = await midAnswer();
  server.server.closeAllConnections();
  await cutOff;
  await eventually(() => balancer.record.read()).toMatchObject({ sent: 1, answered: 0, failures: { other: 1 } });
});

test('answers 503 without a target', async () => {
  const balancer = await startBalancer();
  const [answer] = await once(request(balancer.url, UPGRADE).end(), 'response');
  expect(answer.statusCode).toBe(503);
});

test('answers 502 where the target is gone', async () => {
  const balancer = await startBalancer({
    healthCheck: { path: '/health', intervalSeconds: 300, timeoutSeconds: 2, healthyThresholdCount: 2, unhealthyThresholdCount: 10 },
  });
  const server = await serve(answerOk);
  await registered(balancer, [server]);
  server.server.closeAllConnections();
  server.server.close();
  await once(server.server, 'close');
  const [answer] = await once(request(balancer.url, UPGRADE).end(), 'response');
  expect(answer.statusCode).toBe(502);
  expect(balancer.counters.HTTPCode_ELB_502_Count).toBe(1);
});

test('answers 504 where the target says nothing, and counts it', async () => {
  const server = await serve(answerOk);
  server.server.on('upgrade', () => {});
  const balancer = await startBalancer({ idleTimeoutSeconds: 0.1 });
  await registered(balancer, [server]);
  const [answer] = await once(request(balancer.url, UPGRADE).end(), 'response');
  expect(answer.statusCode).toBe(504);
  expect(balancer.counters.HTTPCode_ELB_504_Count).toBe(1);
  // what a server of this kind has let go of it does not close.
  server.server.closeAllConnections();
});

test('ends when nothing is said either way for the idle timeout', async () => {
  const server = await echoing();
  const balancer = await startBalancer({ idleTimeoutSeconds: 0.2 });
  await registered(balancer, [server]);
  await once((await upgraded(balancer.url)).resume(), 'close');
});

test('asks as much later as a dependency is slow', async () => {
  const server = await echoing();
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  balancer.setAddedDelaySeconds(0.1);
  const startMillis = performance.now();
  await upgraded(balancer.url);
  // a timer may ring a millisecond before its time.
  expect(performance.now() - startMillis).toBeGreaterThan(99);
  expect(balancer.record.read()).toMatchObject({ sent: 1, answered: 1 });
});

test.each([0, 30])(
  'with %d seconds added: a client that gives up is a failure, and its target hears no more of it',
  async (addedSeconds) => {
    const server = await serve(answerOk);
    const asked: Duplex[] = [];
    server.server.on('upgrade', (_, socket: Duplex) => void asked.push(socket.on('error', () => {})));
    const balancer = await startBalancer();
    await registered(balancer, [server]);
    balancer.setAddedDelaySeconds(addedSeconds);
    const client = request(balancer.url, UPGRADE).on('error', () => {});
    client.end();
    await eventually(() => balancer.record.read().sent).toBe(1);
    if (addedSeconds === 0) await eventually(() => asked.length).toBe(1);
    client.destroy();
    await eventually(() => balancer.record.read().failures.other).toBe(1);
    expect(balancer.counters.HTTPCode_ELB_4XX_Count).toBe(1);
    for (const socket of asked) await eventually(() => socket.resume().readableEnded || socket.destroyed).toBe(true);
    expect(asked).toHaveLength(addedSeconds === 0 ? 1 : 0);
  },
);

test('the load balancer stops although a target has not decided yet', async () => {
  const server = await serve(answerOk);
  const asked: Duplex[] = [];
  server.server.on('upgrade', (_, socket: Duplex) => void asked.push(socket.on('error', () => {})));
  const balancer = await startBalancer();
  await registered(balancer, [server]);
  const client = request(balancer.url, UPGRADE).end();
  const over = Promise.race([once(client, 'response'), once(client, 'error')]);
  await eventually(() => asked.length).toBe(1);
  await balancer.stop();
  await over;
  expect(balancer.record.read()).toMatchObject({ sent: 1, failures: { 'HTTP 502': 1 } });
});
