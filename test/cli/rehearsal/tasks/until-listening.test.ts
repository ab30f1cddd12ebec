import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { untilListening } from '../../../../cli/rehearsal/tasks/until-listening';

test('a port whose connections are closed at once, as the proxy of a container does, is not open yet', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    if (connections < 3) socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  await untilListening((server.address() as AddressInfo).port, AbortSignal.timeout(20_000));
  expect(connections).toBe(3);
});
