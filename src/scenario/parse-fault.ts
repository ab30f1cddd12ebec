import { InvalidInput, refuse } from '../plan/invalid-input';
import { parseDurationSeconds } from './duration';
import { type Fault, faultMistakes } from './fault';

/** A way to write a fault: its words, and the fault that the parts in them make. */
interface Form {
  readonly example: string;
  readonly pattern: RegExp;
  readonly fault: (parts: Parts) => Fault;
}

/** The numbers of a fault by their names; what does not read is NaN. */
interface Parts {
  readonly atSeconds: number;
  readonly count: number;
  readonly durationSeconds: number;
  readonly speedShare: number;
  readonly addedSeconds: number;
}

const COUNT = '(?<count>\\S+)';
const AT = ' at (?<at>\\S+)';
const FOR = ' for (?<for>\\S+)';

const FORMS: readonly Form[] = [
  form('stop 1 at 10m', `stop ${COUNT}${AT}`, ({ atSeconds, count }) => ({ kind: 'stop-task', atSeconds, count })),
  form('kill 2 at 10m', `kill ${COUNT}${AT}`, ({ atSeconds, count }) => ({ kind: 'kill-task', atSeconds, count })),
  form('fill memory of 1 at 10m', `fill memory of ${COUNT}${AT}`, ({ atSeconds, count }) => ({ kind: 'fill-memory', atSeconds, count })),
  form('freeze 1 at 10m for 2m', `freeze ${COUNT}${AT}${FOR}`, (parts) => ({ kind: 'freeze-task', ...lasting(parts), count: parts.count })),
  form('slow 1 to 50% at 10m for 2m', `slow ${COUNT} to (?<percent>\\S+?) ?%${AT}${FOR}`, (parts) => ({
    kind: 'slow-task',
    ...lasting(parts),
    count: parts.count,
    speedShare: parts.speedShare,
  })),
  form('fail health checks of 1 at 10m for 2m', `fail health checks of ${COUNT}${AT}${FOR}`, (parts) => ({
    kind: 'fail-health-check',
    ...lasting(parts),
    count: parts.count,
  })),
  form('crash at start at 10m for 2m', `crash at start${AT}${FOR}`, (parts) => ({ kind: 'crash-at-start', ...lasting(parts) })),
  form('lose zone at 10m for 30m', `lose zone${AT}${FOR}`, (parts) => ({ kind: 'lose-zone', ...lasting(parts) })),
  form('slow dependency by 200ms at 10m for 2m', `slow dependency by (?<added>\\S+)${AT}${FOR}`, (parts) => ({
    kind: 'slow-dependency',
    ...lasting(parts),
    addedSeconds: parts.addedSeconds,
  })),
  form('deploy at 10m', `deploy${AT}`, ({ atSeconds }) => ({ kind: 'deploy', atSeconds })),
  form('bad deploy at 10m', `bad deploy${AT}`, ({ atSeconds }) => ({ kind: 'bad-deployment', atSeconds })),
];

/** How each fault is written; the command's help prints them. */
export const FAULT_EXAMPLES: readonly string[] = FORMS.map(({ example }) => example);

/**
 * Reads one fault from words.
 *
 * @throws InvalidInput with one sentence for each part that does not read.
 */
export function parseFault(text: string): Fault {
  const words = text.trim().replace(/\s+/g, ' ');
  for (const { pattern, fault } of FORMS) {
    const groups = pattern.exec(words)?.groups;
    if (groups === undefined) continue;
    const mistakes: string[] = [];
    const parsed = fault(partsOf(groups, words, mistakes));
    refuse(mistakes);
    refuse(faultMistakes(parsed).map((mistake) => `${mistake} in '${words}'`));
    return parsed;
  }
  throw new InvalidInput([`a fault must read like ${FAULT_EXAMPLES.map((example) => `'${example}'`).join(', ')}; got '${words}'`]);
}

function form(example: string, pattern: string, fault: Form['fault']): Form {
  return { example, pattern: new RegExp(`^${pattern}$`), fault };
}

function lasting({ atSeconds, durationSeconds }: Parts): Pick<Parts, 'atSeconds' | 'durationSeconds'> {
  return { atSeconds, durationSeconds };
}

function partsOf(groups: Readonly<Record<string, string | undefined>>, words: string, mistakes: string[]): Parts {
  const duration = (text: string | undefined): number => {
    const seconds = text === undefined ? 0 : parseDurationSeconds(text);
    if (seconds === undefined) mistakes.push(`a duration must be written like 90s, 5m or 1h30m, got '${text}' in '${words}'`);
    return seconds ?? Number.NaN;
  };
  const number = (name: string, text: string | undefined): number => {
    const value = Number(text ?? 0);
    if (Number.isNaN(value)) mistakes.push(`${name} must be a number, got '${text}' in '${words}'`);
    return value;
  };
  return {
    atSeconds: duration(groups['at']),
    count: number('the tasks that a fault befalls', groups['count']),
    durationSeconds: duration(groups['for']),
    speedShare: number('the speed of a slow task', groups['percent']) / 100,
    addedSeconds: duration(groups['added']),
  };
}
