import type { Command } from 'commander';
import { InputError } from '../../src/parse/input-error';
import { collectRepeated } from './repeated-option';

/** The paths to request, as commander parses them. */
export interface PathOption {
  readonly path?: readonly string[];
}

/** Adds the paths to request. */
export function addPathOption(command: Command): Command {
  return command.option(
    '--path <path>',
    "a path to request, also with a weight, as in '/cart weight 3', or it gets as many requests as each other path; repeatable",
    collectRepeated,
  );
}

/** Paths with larger weights are as well given by their ratio. */
const MAX_WEIGHT = 100;

interface WeightedPath {
  readonly path: string;
  readonly weight: number;
}

/**
 * Reads the paths, each as often as its weight says, in an order that spreads the requests of each path over time.
 *
 * @returns undefined if none is given.
 */
export function requestPathsOf({ path: given }: PathOption): readonly string[] | undefined {
  return given === undefined ? undefined : spreadByWeight(given.map(readPath));
}

function readPath(given: string): WeightedPath {
  const [, path, weightText = '1'] = /^(\S+)(?:\s+weight\s+(\S+))?\s*$/.exec(given) ?? [];
  if (!given.startsWith('/')) throw new InputError([`--path must start with '/', got '${given}'`]);
  if (path === undefined) throw new InputError([`--path must be a path, or one with a weight, as in '/cart weight 3', got '${given}'`]);
  const weight = Number(weightText);
  if (Number.isInteger(weight) && weight >= 1 && weight <= MAX_WEIGHT) return { path, weight };
  throw new InputError([`the weight of --path ${path} must be a whole number from 1 to ${MAX_WEIGHT}, got '${weightText}'`]);
}

/** Smooth weighted round robin: in each turn every path gains its weight, and the one with the most is next and pays the sum. */
function spreadByWeight(paths: readonly WeightedPath[]): string[] {
  const divisor = paths.map(({ weight }) => weight).reduce(greatestCommonDivisor);
  const turns = paths.map(({ path, weight }) => ({ path, weight: weight / divisor, deficit: 0 }));
  const total = turns.reduce((sum, { weight }) => sum + weight, 0);
  return Array.from({ length: total }, () => {
    for (const turn of turns) turn.deficit += turn.weight;
    const next = turns.reduce((best, turn) => (turn.deficit > best.deficit ? turn : best));
    next.deficit -= total;
    return next.path;
  });
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
