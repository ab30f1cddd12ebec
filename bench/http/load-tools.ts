import { execFileSync } from 'node:child_process';
import { has, median, onCore } from './running';

/** How another load tool fared: the medians of its rounds. */
interface ToolResult {
  readonly name: string;
  readonly perSecond: number;
  /** Of the tool itself, for a request. */
  readonly cpuMicros: number;
}

interface ToolSetup {
  readonly users: number;
  readonly seconds: number;
  readonly rounds: number;
}

interface Tool {
  readonly name: string;
  readonly command: (url: string, setup: ToolSetup) => string;
  /** The number of requests in what it prints. */
  readonly requests: RegExp;
}

const TOOLS: readonly Tool[] = [
  { name: 'wrk', command: (url, { users, seconds }) => `wrk -t1 -c${users} -d${seconds}s ${url}/`, requests: /(\d+) requests in/ },
  {
    name: 'oha',
    command: (url, { users, seconds }) => `oha --no-tui -c ${users} -z ${seconds}s ${url}/`,
    requests: /\[200\]\s+(\d+) responses/,
  },
];

/** Runs the tools that are installed, each in several rounds with users that never pause; those that are not are named. */
export async function loadToolsAt(url: string, setup: ToolSetup): Promise<ToolResult[]> {
  for (const { name } of TOOLS) if (!has(name)) console.log(`${name} is not installed, and left out`);
  return TOOLS.filter(({ name }) => has(name)).map((tool) => {
    const rounds = Array.from({ length: setup.rounds }, () => runOnce(tool, url, setup));
    return {
      name: tool.name,
      perSecond: median(rounds.map(({ requests }) => requests / setup.seconds)),
      cpuMicros: median(rounds.map(({ requests, cpuSeconds }) => (1e6 * cpuSeconds) / requests)),
    };
  });
}

function runOnce({ command, requests }: Tool, url: string, setup: ToolSetup): { requests: number; cpuSeconds: number } {
  // the second line of `times` is what the children of the shell have used.
  const script = `${[...onCore(1), command(url, setup)].join(' ')}; times`;
  const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { requests: Number(requests.exec(printed)![1]), cpuSeconds: cpuSecondsOf(printed.trimEnd().split('\n').at(-1)!) };
}

/** Of a line such as `0m1.23s 0m0.45s`. */
function cpuSecondsOf(times: string): number {
  return [...times.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds), 0);
}
