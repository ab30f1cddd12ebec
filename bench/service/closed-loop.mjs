// A small closed-loop client for machines without wrk: as many connections as asked for, each always waiting for one answer.
import { connect } from 'node:net';
import { PATHS } from './queries.mjs';

const [port, seconds, connections] = process.argv.slice(2, 5).map(Number);
const paths = PATHS[process.argv[5]];
const latencies = [];
const deadline = performance.now() + seconds * 1000;
let open = connections;
let next = 0;

for (let index = 0; index < connections; index++) converse(connect(port, '127.0.0.1'));

function converse(socket) {
  let sentAt = 0;
  let received = '';
  const ask = () => {
    if (performance.now() >= deadline) return socket.end();
    sentAt = performance.now();
    socket.write(`GET ${paths[next++ % paths.length]} HTTP/1.1\r\nHost: a\r\n\r\n`);
  };
  socket.setNoDelay(true).setEncoding('latin1').on('connect', ask);
  socket.on('data', (chunk) => {
    received += chunk;
    if (!isWhole(received)) return;
    latencies.push(performance.now() - sentAt);
    received = '';
    ask();
  });
  socket.on('close', () => --open === 0 && report());
}

function isWhole(received) {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
  return length ? received.length >= end + 4 + Number(length) : received.endsWith('0\r\n\r\n');
}

function report() {
  latencies.sort((one, other) => one - other);
  const at = (share) => latencies[Math.floor(latencies.length * share)];
  process.stdout.write(JSON.stringify({ requests: latencies.length, p50: at(0.5), p99: at(0.99) }));
}
