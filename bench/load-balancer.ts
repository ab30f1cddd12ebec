// What the load balancer of a rehearsal costs and adds, beside haproxy and nginx. Run:
//   npx tsx bench/load-balancer.ts [seconds of a round] [full] [half] [many]
import { bundlePrograms, type Programs } from './http/bundled';
import { type Contender, proxiesOf } from './http/proxies';
import { median, onCore, Running, refuseWithoutProc } from './http/running';
import { type ClientSetup, type Fared, sentBy } from './http/sent-by';

const ROUNDS = 5;
const USERS = 64;
const MANY_USERS = 1000;

/** The requests per CPU second, as a share of haproxy's. */
const BAR_OF_HAPROXY = 0.55;

/** Requests per second of a load that leaves every proxy half of its core. */
const HALF_LOAD = 6_000;

interface Measured extends Fared {
  /** Of the proxy; undefined where there is none. */
  readonly proxyCpuSeconds?: number;
}

/** A running proxy, and its results in each round of each load. */
interface Contestant {
  readonly name: string;
  readonly running?: Running;
  readonly url: string;
  readonly rounds: Record<'full' | 'half' | 'many', Measured[]>;
}

class Contest {
  private constructor(
    private readonly programs: Programs,
    private readonly seconds: number,
    private readonly upstream: Running,
    public readonly contestants: readonly Contestant[],
  ) {}

  public static async start(programs: Programs, seconds: number): Promise<Contest> {
    const upstream = await Running.start(() => [...onCore(1), process.execPath, programs.upstream]);
    const contestants: Contestant[] = [];
    for (const proxy of proxiesOf(programs)) contestants.push(await contestantOf(proxy, upstream));
    return new Contest(programs, seconds, upstream, contestants);
  }

  /** Loads one after the other in several rounds, so that a busy moment of the machine affects all alike. */
  public async measure(load: keyof Contestant['rounds'], setup: Pick<ClientSetup, 'users' | 'perSecond'>): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const contestant of this.contestants) contestant.rounds[load].push(await this.measureOnce(contestant, setup));
    }
  }

  public async stop(): Promise<void> {
    for (const { running } of this.contestants) await running?.stop();
    await this.upstream.stop();
  }

  private async measureOnce({ running, url }: Contestant, setup: Pick<ClientSetup, 'users' | 'perSecond'>): Promise<Measured> {
    const cpu: number[] = [];
    const fared = await sentBy(this.programs.client, { ...setup, url, seconds: this.seconds }, onCore(1), () =>
      cpu.push(running?.cpuSeconds ?? 0),
    );
    return { ...fared, proxyCpuSeconds: running && cpu[1]! - cpu[0]! };
  }
}

async function contestantOf({ name, start }: Contender, upstream: Running): Promise<Contestant> {
  const running = await start?.(upstream.port);
  return { name, running, url: (running ?? upstream).url, rounds: { full: [], half: [], many: [] } };
}

function of(rounds: readonly Measured[], figure: (measured: Measured) => number): number {
  return median(rounds.map(figure));
}

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(16) + cells.map((cell) => cell.padStart(18)).join(''));
}

function printFull(contestants: readonly Contestant[]): void {
  console.log(`\n${USERS} connections, as fast as it goes`);
  row('', 'requests/s', 'CPU us/request', 'per CPU second', 'failed');
  for (const { name, rounds } of contestants) {
    const perSecond = of(rounds.full, ({ answered, seconds }) => answered / seconds);
    const cpu = of(rounds.full, ({ proxyCpuSeconds = Number.NaN, answered }) => proxyCpuSeconds / answered);
    const cells = Number.isNaN(cpu) ? ['', ''] : [(1e6 * cpu).toFixed(1), (1 / cpu).toFixed(0)];
    row(name, perSecond.toFixed(0), ...cells, failedIn(rounds.full));
  }
  printShareOfHaproxy(contestants);
}

/** The median over the rounds, each against haproxy's in the same round. */
function printShareOfHaproxy(contestants: readonly Contestant[]): void {
  const [ours, haproxy] = ['load balancer', 'haproxy'].map((wanted) => contestants.find(({ name }) => name === wanted)?.rounds.full);
  if (ours === undefined || haproxy === undefined) return;
  const cpuOf = ({ proxyCpuSeconds = Number.NaN, answered }: Measured): number => proxyCpuSeconds / answered;
  const share = median(ours.map((round, index) => cpuOf(haproxy[index]!) / cpuOf(round)));
  console.log(`requests per CPU second of the load balancer: ${share.toFixed(2)} of haproxy's (bar ${BAR_OF_HAPROXY})`);
}

/** Other processes of the machine stall the proxies: the quietest round shows best what a proxy adds. */
function latencies(rounds: readonly Measured[]): { p50: number; p99: number; quietest: number } {
  const p99s = rounds.map(({ p99Millis }) => p99Millis);
  return { p50: of(rounds, ({ p50Millis }) => p50Millis), p99: median(p99s), quietest: Math.min(...p99s) };
}

function printHalf(contestants: readonly Contestant[]): void {
  const directly = latencies(contestants[0]!.rounds.half);
  console.log(`\n${HALF_LOAD} requests a second, whatever becomes of those before`);
  row('', 'p50 ms', 'p99 ms', 'added p50 ms', 'added p99 ms', 'in quietest round', 'failed');
  for (const { name, rounds } of contestants) {
    const { p50, p99, quietest } = latencies(rounds.half);
    const figures = [p50, p99, p50 - directly.p50, p99 - directly.p99, quietest - directly.quietest];
    row(name, ...figures.map((figure) => figure.toFixed(2)), failedIn(rounds.half));
  }
}

function printMany(contestants: readonly Contestant[]): void {
  console.log(`\n${MANY_USERS} connections, as fast as it goes`);
  row('', 'requests/s', 'p50 ms', 'p99 ms', 'failed');
  for (const { name, rounds } of contestants) {
    const figures = [
      of(rounds.many, ({ answered, seconds }) => answered / seconds).toFixed(0),
      of(rounds.many, ({ p50Millis }) => p50Millis).toFixed(1),
      of(rounds.many, ({ p99Millis }) => p99Millis).toFixed(1),
    ];
    row(name, ...figures, failedIn(rounds.many));
  }
}

function failedIn(rounds: readonly Measured[]): string {
  const [failed, sent] = [(round: Measured) => round.failed, (round: Measured) => round.sent].map((figure) =>
    rounds.reduce((sum, round) => sum + figure(round), 0),
  );
  return `${failed} of ${sent}`;
}

const LOADS = [
  { load: 'full', setup: { users: USERS, perSecond: 0 }, print: printFull },
  { load: 'half', setup: { users: 0, perSecond: HALF_LOAD }, print: printHalf },
  { load: 'many', setup: { users: MANY_USERS, perSecond: 0 }, print: printMany },
] as const;

async function main(): Promise<void> {
  refuseWithoutProc();
  const [seconds = '2', ...wanted] = process.argv.slice(2);
  const programs = await bundlePrograms();
  try {
    const contest = await Contest.start(programs, Number(seconds));
    try {
      console.log(
        `Node ${process.version}, ${onCore(0).length > 0 ? 'the proxy on a core of its own, client and server on another' : 'not pinned'}`,
      );
      console.log(`medians of ${ROUNDS} rounds; answers of 1 KB`);
      for (const { load, setup, print } of LOADS) {
        if (wanted.length > 0 && !wanted.includes(load)) continue;
        await contest.measure(load, setup);
        print(contest.contestants);
      }
      console.log(
        `\nbars: ${BAR_OF_HAPROXY} of haproxy's requests per CPU second; no more added at p99 than by haproxy; none of ${MANY_USERS} fails`,
      );
    } finally {
      await contest.stop();
    }
  } finally {
    programs.remove();
  }
}

void main();
