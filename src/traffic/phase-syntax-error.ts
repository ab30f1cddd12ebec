/** The words of a phase after its load, in their order, and what follows each. */
const CLAUSES = [
  { words: ['one', 'by', 'one'], value: undefined },
  { words: ['every'], value: 'a duration' },
  { words: ['think'], value: 'a duration' },
  { words: ['pacing'], value: 'a duration' },
  { words: ['beside', 'rps'], value: 'a number' },
  { words: ['for'], value: 'a duration' },
] as const;

/** The first clauses say how a ramp changes. */
const RAMP_CLAUSES = 2;

const NAMES = CLAUSES.map(({ words }) => `'${words.join(' ')}'`);

/** Which part of a phase that cannot be read is wrong, and what to write in its place. */
export function phaseSyntaxError(part: string): string {
  const words = part.split(' ').filter((word) => word !== '');
  const [kind, load] = words;
  if (kind === undefined) return 'a phase is missing';
  if (kind === 'at') return "a limit must read 'at most NUMBER rps'";
  if (kind !== 'users' && kind !== 'rps') return `'${kind}' must be 'users' or 'rps'`;
  if (load === undefined || isClause(load)) return `a number is missing after '${kind}'`;
  return clausesError(words.slice(2), load);
}

/** @param before the clauses that came before. */
function clausesError(rest: readonly string[], load: string, before: readonly number[] = []): string {
  if (rest.length === 0) return "'for' and a duration are missing at the end";
  const index = CLAUSES.findIndex(({ words }) => words.every((word, position) => rest[position] === word));
  if (index === -1) return wrongWord(rest, (before.at(-1) ?? -1) + 1);
  const { words, value } = CLAUSES[index]!;
  const [given, ...others] = rest.slice(words.length);
  const misplaced = misplacedError(index, before, load);
  if (misplaced !== undefined) return misplaced;
  const known = [...before, index];
  if (value === undefined) return clausesError(rest.slice(words.length), load, known);
  return given === undefined || isClause(given) ? `${value} is missing after ${NAMES[index]}` : clausesError(others, load, known);
}

function misplacedError(index: number, before: readonly number[], load: string): string | undefined {
  const last = before.at(-1) ?? -1;
  if (before.includes(index)) return `${NAMES[index]} must be given once`;
  if (index < RAMP_CLAUSES && before.some((one) => one < RAMP_CLAUSES)) return `${NAMES[0]} and ${NAMES[1]} must not be given together`;
  if (index < last) return `${NAMES[index]} must come before ${NAMES[last]}`;
  return index < RAMP_CLAUSES && !load.includes('..') ? `${NAMES[index]} must follow a ramp, such as 30..120` : undefined;
}

function wrongWord(rest: readonly string[], next: number): string {
  // after the duration there is nothing more.
  if (next === CLAUSES.length) return `'${rest.join(' ')}' must be left out; a duration is one word such as 2m`;
  return `'${rest[0]}' must be ${next === CLAUSES.length - 1 ? '' : 'one of '}${NAMES.slice(next).join(', ')}`;
}

function isClause(word: string): boolean {
  return CLAUSES.some(({ words }) => words[0] === word);
}
