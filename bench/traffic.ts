// How fast the traffic client is, and how late, beside other tools. Run: npx tsx bench/traffic.ts [seconds of a round]
import { bundlePrograms } from './http/bundled';
import { loadToolsAt } from './http/load-tools';
import { median, onCore, Running } from './http/running';
import { type Fared, sentBy } from './http/sent-by';

const ROUNDS = 5;
const RATES = [1000, 10_000, 20_000, 30_000, 60_000];
const USERS = 64;

/** The rate that one core has to keep, and how late at most. */
const BAR_PER_SECOND = 30_000;
const BAR_LATE_MILLIS = 5;

function row(...cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padStart(16)).join(''));
}

function print(name: string, rounds: readonly Fared[]): void {
  const of = (figure: (fared: Fared) => number, digits = 0): string => median(rounds.map(figure)).toFixed(digits);
  row(
    name,
    of(({ sent, seconds }) => sent / seconds),
    of(({ cpuSeconds, sent }) => (1e6 * cpuSeconds) / sent, 1),
    of(({ lateMillis }) => lateMillis, 2),
    of(({ p99Millis }) => p99Millis, 2),
    String(rounds.reduce((sum, { failed }) => sum + failed, 0)),
  );
}

async function main(): Promise<void> {
  const programs = await bundlePrograms();
  const upstream = await Running.start(() => [...onCore(0), process.execPath, programs.upstream]);
  const seconds = Number(process.argv[2] ?? 2);
  const send = async (users: number, perSecond: number): Promise<Fared[]> => {
    const rounds: Fared[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push(await sentBy(programs.client, { url: upstream.url, users, perSecond, seconds }, onCore(1)));
    return rounds;
  };
  try {
    console.log(
      `Node ${process.version}, ${onCore(0).length > 0 ? 'client and server on a core each' : 'not pinned'}, medians of ${ROUNDS} rounds`,
    );
    row('asked/s', 'sent/s', 'CPU us/request', 'late p99 ms', 'p99 ms', 'failed');
    for (const perSecond of RATES) print(String(perSecond), await send(0, perSecond));
    console.log(`\n${USERS} connections, as fast as it goes`);
    row('', 'sent/s', 'CPU us/request');
    print('this client', await send(USERS, 0));
    for (const { name, perSecond, cpuMicros } of await loadToolsAt(upstream.url, { users: USERS, seconds, rounds: ROUNDS }))
      row(name, perSecond.toFixed(0), cpuMicros.toFixed(1));
    console.log(`\nbar: keeps ${BAR_PER_SECOND} requests per second with at most ${BAR_LATE_MILLIS} ms of lateness at p99`);
  } finally {
    await upstream.stop();
    programs.remove();
  }
}

void main();
