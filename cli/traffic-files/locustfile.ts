import { InputError } from '../../src/parse/input-error';
import { isJsonObject } from '../../src/parse/json-fields';
import { type KnownIteration, mergedIteration } from '../../src/traffic/iteration';
import { locustTraffic } from '../../src/traffic/locust';
import type { LocustStage } from '../../src/traffic/locust-batches';
import type { Traffic } from '../../src/traffic/traffic-phases';
import { MAX_TRAFFIC_SECONDS } from '../../src/traffic/traffic-validation';
import { outputOf } from './installed-tools';
import { SHAPE_SCRIPT } from './locust-shape-script';
import { iterationOfUsers } from './locust-users';
import { type PythonClass, PythonTree } from './python-tree';
import type { TrafficFile } from './traffic-file';

/** Users, spawn rate and run time that are given beside a locustfile. */
export interface LocustSettings {
  readonly users?: number;
  readonly spawnRate?: number;
  readonly runTimeSeconds?: number;
}

/** Whether a file is Python that imports locust. */
export function looksLikeLocustfile({ extension, isFolder, head }: TrafficFile): boolean {
  return !isFolder && extension === '.py' && (/^\s*(from|import)\s+locust\b/m.test(head) || /\b(LoadTestShape|HttpUser)\b/.test(head));
}

/** Reads a locustfile: its shape, the waits of its users and the requests of its tasks. */
export function readLocustfile(file: TrafficFile, given: KnownIteration): Traffic {
  return readLocustTest(file, given, {});
}

/** Reads a locustfile with settings of its command line, which a shape overrides. */
export function readLocustTest(file: TrafficFile, given: KnownIteration, settings: LocustSettings): Traffic {
  const tree = new PythonTree(file.script);
  const found = iterationOfUsers(tree);
  const iteration = mergedIteration(found, given);
  const shape = shapeOf(tree);
  if (shape !== undefined) return locustTraffic(stagesOfShape(file, tree, shape, settings), iteration, iterationRemarks(found, given));
  const { users, spawnRate = 1, runTimeSeconds } = settings;
  if (users === undefined || runTimeSeconds === undefined)
    throw new InputError([
      `a locustfile without a load shape gets its users from the command line: give --traffic 'locust -f ${nameOf(file)} -u 50 -r 5 -t 3m' with yours`,
    ]);
  return locustTraffic([{ endSeconds: runTimeSeconds, users, spawnRate }], iteration, iterationRemarks(found, given));
}

/** The shape that Locust would use. */
function shapeOf(tree: PythonTree): PythonClass | undefined {
  const { classes } = tree;
  const isShape = (one: PythonClass, depth = 0): boolean =>
    one.bases.some(
      (base) =>
        /LoadTestShape$|Shape$/.test(base) || (depth < 10 && classes.some((other) => other.name === base && isShape(other, depth + 1))),
    );
  return classes.filter((one) => isShape(one) && !classes.some(({ bases }) => bases.includes(one.name))).at(-1);
}

function stagesOfShape(file: TrafficFile, tree: PythonTree, shape: PythonClass, settings: LocustSettings): LocustStage[] {
  const ticks = ticksOf(file, settings);
  if (ticks !== undefined) {
    if (ticks.length > MAX_TRAFFIC_SECONDS)
      throw new InputError(['the load shape does not end within 31 days: let its tick return None at the end']);
    return ticks.map(([users, spawnRate], second) => ({ endSeconds: second + 1, users, spawnRate }));
  }
  const literal = literalStages(tree, shape);
  if (literal !== undefined) return literal;
  throw new InputError([
    'the load shape of this locustfile is computed: install locust for python3, which runs its ticks, or write its stages as JSON',
  ]);
}

/** The ticks of a shape, a second apart; undefined without locust. */
function ticksOf({ path, folder }: TrafficFile, { users, spawnRate }: LocustSettings): [number, number][] | undefined {
  const words = ['-', path, String(MAX_TRAFFIC_SECONDS), String(users ?? ''), String(spawnRate ?? '')];
  const output = outputOf('python3', words, folder, SHAPE_SCRIPT);
  if (output === undefined) return undefined;
  try {
    const result: unknown = JSON.parse(output);
    const ticks = isJsonObject(result) ? result['ticks'] : undefined;
    return Array.isArray(ticks) && ticks.length > 0 ? (ticks as [number, number][]) : undefined;
  } catch {
    return undefined;
  }
}

/** A tick that returns the first stage whose end has not been reached, as in the documentation of Locust. */
const CUMULATIVE_TICK = /for\s+(\w+)\s+in\s+self\.stages\s*:\s*(?:#[^\n]*\s*)*if\s+\w+\s*<=?\s*\1\s*\[\s*["'](\w+)["']\s*\]/;

function literalStages(tree: PythonTree, shape: PythonClass): LocustStage[] | undefined {
  const attribute = tree.attribute(shape, 'stages');
  const tick = tree.functions(shape).find(({ name }) => name === 'tick');
  const match = tick === undefined ? null : CUMULATIVE_TICK.exec(tree.textOf(tick.node));
  const stages = attribute === undefined ? undefined : tree.literal(attribute);
  if (match === null || !Array.isArray(stages)) return undefined;
  const read = stages.map((stage) => {
    if (!isJsonObject(stage)) return undefined;
    const [end, users, rate] = [stage[match[2]!], stage['users'], stage['spawn_rate'] ?? stage['hatch_rate']];
    return typeof end === 'number' && typeof users === 'number' && typeof rate === 'number'
      ? { endSeconds: end, users, spawnRate: rate }
      : undefined;
  });
  const isKnown =
    read.every((stage) => stage !== undefined && stage.spawnRate > 0) &&
    read.every((stage, index) => index === 0 || stage!.endSeconds > read[index - 1]!.endSeconds);
  return isKnown && read.length > 0 ? (read as LocustStage[]) : undefined;
}

function iterationRemarks(found: KnownIteration, given: KnownIteration): string[] {
  const { thinkSeconds = 0, pacingSeconds, requestsPerIteration } = found;
  return [
    ...(given.thinkSeconds === undefined && thinkSeconds > 0
      ? [`users of the locustfile wait ${thinkSeconds} s on average, which is their think time: --think overrides it`]
      : []),
    ...(given.pacingSeconds === undefined && pacingSeconds !== undefined
      ? [
          `a task of the locustfile takes at least ${Number(pacingSeconds.toPrecision(4))} s, which is the pacing of its users: --pacing overrides it`,
        ]
      : []),
    ...(given.requestsPerIteration === undefined && requestsPerIteration !== undefined && requestsPerIteration !== 1
      ? [`a task of the locustfile sends ${requestsPerIteration} requests on average: --requests-per-iteration overrides it`]
      : []),
    ...(given.requestsPerIteration === undefined && requestsPerIteration === undefined
      ? ['how many requests a task of the locustfile sends is not known, one is assumed: give --requests-per-iteration']
      : []),
  ];
}

function nameOf({ name }: TrafficFile): string {
  return /^[\w.-]{1,40}$/.test(name) ? name : 'locustfile.py';
}
