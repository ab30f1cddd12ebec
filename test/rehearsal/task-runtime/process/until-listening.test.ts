import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { waitUntilListening } from '../../../../rehearsal/task-runtime/process/ports';

test('a port whose connections are closed at once, as the proxy of a container does, is not open yet', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    if (connections < 3) socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  await waitUntilListening((server.address() as AddressInfo).port, AbortSignal.timeout(20_000));
  expect(connections).toBe(3);
});

const SERVER = `
const server = require('node:net').createServer((socket) => socket.on('error', () => {}));
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));
`;

test('detects a port whose connection takes longer to be accepted than the retry interval', async () => {
  const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void server.kill('SIGKILL'));
  const port = Number((await once(server.stdout, 'data'))[0]);
  server.kill('SIGSTOP');
  // the system accepts one connection more than the backlog; the next client retries a second later.
  const waiting = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  onTestFinished(() => waiting.forEach((socket) => void socket.destroy()));
  await Promise.all(waiting.map((socket) => once(socket, 'connect')));
  const listening = waitUntilListening(port, AbortSignal.timeout(20_000));
  server.kill('SIGCONT');
  await listening;
});
