// How fast the traffic client is, and how late. Run: npx tsx bench/traffic.ts [seconds of a round]
import { bundlePrograms } from './http/bundled';
import { median, onCore, Running } from './http/running';
import { type Fared, sentBy } from './http/sent-by';

const ROUNDS = 5;
const RATES = [1000, 10_000, 20_000, 60_000];

function row(...cells: readonly string[]): void {
  console.log(cells.map((cell) => cell.padStart(16)).join(''));
}

async function main(): Promise<void> {
  const programs = await bundlePrograms();
  const upstream = await Running.start(() => [...onCore(0), process.execPath, programs.upstream]);
  try {
    console.log(
      `open loop, Node ${process.version}, ${onCore(0).length > 0 ? 'client and server on a core each' : 'not pinned'}, medians of ${ROUNDS} rounds`,
    );
    row('asked/s', 'sent/s', 'CPU us/request', 'late p99 ms', 'p99 ms', 'failed');
    for (const perSecond of RATES) {
      const rounds: Fared[] = [];
      const setup = { url: upstream.url, users: 0, perSecond, seconds: Number(process.argv[2] ?? 2) };
      for (let round = 0; round < ROUNDS; round += 1) rounds.push(await sentBy(programs.client, setup, onCore(1)));
      const of = (figure: (fared: Fared) => number, digits = 0): string => median(rounds.map(figure)).toFixed(digits);
      row(
        of(({ asked, seconds }) => asked / seconds),
        of(({ sent, seconds }) => sent / seconds),
        of(({ cpuSeconds, sent }) => (1e6 * cpuSeconds) / sent, 1),
        of(({ lateMillis }) => lateMillis, 2),
        of(({ p99Millis }) => p99Millis, 2),
        String(rounds.reduce((sum, { failed }) => sum + failed, 0)),
      );
    }
  } finally {
    await upstream.stop();
    programs.remove();
  }
}

void main();
