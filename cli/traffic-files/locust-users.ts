import type { SyntaxNode } from '@lezer/common';
import type { KnownIteration } from '../../src/traffic/iteration';
import { childrenOf, type PythonClass, type PythonTree } from './python-tree';

const USER_BASES = ['HttpUser', 'FastHttpUser', 'User', 'HttpLocust', 'Locust', 'FastHttpLocust', 'ContribFastHttpUser'];
const TASK_SET_BASES = ['TaskSet', 'SequentialTaskSet', 'TaskSequence'];
const TASK = /^@(\w+\.)?task\b/;

/** About as long as a response takes, for the mean of users with different waits. */
const RESPONSE_SECONDS = 0.05;

/** What the users of a locustfile do in an iteration: wait, and send the requests of a task. */
export function iterationOfUsers(tree: PythonTree): KnownIteration {
  const waits = userClasses(tree).map((one) => ({ weight: weightOf(tree, one), ...waitOfUser(tree, one) }));
  return { ...meanWait(waits), ...requestsOfTasks(tree) };
}

/** Users that are started: not those that are only bases of others. */
function userClasses(tree: PythonTree): PythonClass[] {
  const { classes } = tree;
  const isUser = (one: PythonClass, depth = 0): boolean =>
    one.bases.some(
      (base) => USER_BASES.includes(base) || (depth < 10 && classes.some((other) => other.name === base && isUser(other, depth + 1))),
    );
  return classes.filter((one) => isUser(one) && !isAbstract(tree, one));
}

function isAbstract(tree: PythonTree, one: PythonClass): boolean {
  const attribute = tree.attribute(one, 'abstract');
  return attribute !== undefined && tree.literal(attribute) === true;
}

function weightOf(tree: PythonTree, one: PythonClass): number {
  const attribute = tree.attribute(one, 'weight');
  const weight = attribute === undefined ? 1 : tree.literal(attribute);
  return typeof weight === 'number' ? weight : 1;
}

type Wait = Pick<KnownIteration, 'thinkSeconds' | 'pacingSeconds'>;

/** The wait of a user: that of its task sets comes before its own. Not known where they have several. */
function waitOfUser(tree: PythonTree, user: PythonClass): Wait {
  const own = waitOf(tree, user) ?? { thinkSeconds: 0 };
  const sets = taskSetsOf(tree, user);
  const waits = sets.map((set) => waitOf(tree, set) ?? own);
  if (sets.length === 0 || hasOwnTasks(tree, user)) waits.push(own);
  const [first = own] = waits;
  const isOne = waits.every((wait) => wait.thinkSeconds === first.thinkSeconds && wait.pacingSeconds === first.pacingSeconds);
  return isOne ? first : {};
}

/** The task sets that a user names or has inside, and those that these have. */
function taskSetsOf(tree: PythonTree, user: PythonClass): PythonClass[] {
  const { allClasses } = tree;
  const isTaskSet = (one: PythonClass, depth = 0): boolean =>
    one.bases.some(
      (base) =>
        /Task(Set|Sequence)$/.test(base) || (depth < 10 && allClasses.some((other) => other.name === base && isTaskSet(other, depth + 1))),
    );
  const seen = new Set<PythonClass>([user]);
  const found = new Set<PythonClass>();
  // a set grows while it is read.
  for (const one of seen) {
    const words = new Set(tree.textOf(one.body).match(/\w+/g));
    for (const other of allClasses) {
      if (words.has(other.name) && isTaskSet(other)) found.add(other);
      if (found.has(other) || one.bases.includes(other.name)) seen.add(other);
    }
  }
  return [...found];
}

/** Whether a user has tasks beside its task sets. */
function hasOwnTasks(tree: PythonTree, user: PythonClass): boolean {
  return tree.functions(user).some(({ decorators }) => decorators.some((text) => TASK.test(text)));
}

/** The wait of a class, which it may have from a base of the same file; undefined if it has no `wait_time`. */
function waitOf(tree: PythonTree, one: PythonClass, depth = 0): Wait | undefined {
  const attribute = tree.attribute(one, 'wait_time');
  if (attribute !== undefined) return waitOfCall(tree, attribute);
  if (tree.functions(one).some(({ name }) => name === 'wait_time')) return {};
  const base = tree.allClasses.find(({ name }) => one.bases.includes(name));
  if (base !== undefined && depth < 10) return waitOf(tree, base, depth + 1);
  // a base of another file may have one.
  return one.bases.some((name) => USER_BASES.includes(name) || TASK_SET_BASES.includes(name)) ? undefined : {};
}

function waitOfCall(tree: PythonTree, node: SyntaxNode): Wait {
  const list = node.name === 'CallExpression' ? node.getChild('ArgList') : null;
  const name = /(\w+)\s*\(/.exec(tree.textOf(node))?.[1];
  if (list === null) return {};
  const values = childrenOf(list)
    .filter(({ name: type }) => !/^[(),]$/.test(type))
    .map((value) => tree.literal(value));
  const [first, second] = values;
  if (typeof first !== 'number') return {};
  if (name === 'constant') return { thinkSeconds: first };
  if (name === 'between' && typeof second === 'number') return { thinkSeconds: (first + second) / 2 };
  if (name === 'constant_pacing') return { thinkSeconds: 0, pacingSeconds: first };
  if (name === 'constant_throughput' && first > 0) return { thinkSeconds: 0, pacingSeconds: 1 / first };
  return {};
}

/** The wait with which all users together send as many requests as each class with its own. */
function meanWait(waits: readonly (Wait & { readonly weight: number })[]): Wait {
  if (waits.length === 0 || waits.some(({ thinkSeconds }) => thinkSeconds === undefined)) return {};
  const first: Wait = waits[0]!;
  if (waits.every(({ thinkSeconds, pacingSeconds }) => thinkSeconds === first.thinkSeconds && pacingSeconds === first.pacingSeconds))
    return first.pacingSeconds === undefined
      ? { thinkSeconds: first.thinkSeconds }
      : { thinkSeconds: 0, pacingSeconds: first.pacingSeconds };
  const weight = waits.reduce((sum, one) => sum + one.weight, 0);
  const perSecond = waits.reduce(
    (sum, one) => sum + one.weight / Math.max(one.thinkSeconds! + RESPONSE_SECONDS, one.pacingSeconds ?? 0),
    0,
  );
  return { thinkSeconds: Number(Math.max(0, weight / perSecond - RESPONSE_SECONDS).toPrecision(4)) };
}

const REQUEST = /\.client\s*\.\s*(get|post|put|patch|delete|head|options|request)\s*\(/g;
const BRANCHING = /^(IfStatement|ForStatement|WhileStatement|MatchStatement)$/;

/** The mean number of requests of a task, by the weights of the tasks; not known where it depends on conditions. */
function requestsOfTasks(tree: PythonTree): Pick<KnownIteration, 'requestsPerIteration'> {
  const tasks = tree.classes.flatMap((one) =>
    tree.functions(one).flatMap(({ decorators, node }) => {
      const decorator = decorators.find((text) => TASK.test(text));
      if (decorator === undefined) return [];
      return [{ weight: Number(/\((\d+)\)/.exec(decorator)?.[1] ?? 1), requests: requestsOf(tree, node) }];
    }),
  );
  const weight = tasks.reduce((sum, task) => sum + task.weight, 0);
  if (weight === 0 || tasks.some(({ requests }) => requests === undefined || requests === 0)) return {};
  return { requestsPerIteration: Number((tasks.reduce((sum, task) => sum + task.weight * task.requests!, 0) / weight).toPrecision(4)) };
}

function requestsOf(tree: PythonTree, node: SyntaxNode): number | undefined {
  const all = countRequests(tree.textOf(node));
  return hasBranchingRequest(tree, node) ? undefined : all;
}

function hasBranchingRequest(tree: PythonTree, node: SyntaxNode): boolean {
  return childrenOf(node).some((child) =>
    BRANCHING.test(child.name) ? countRequests(tree.textOf(child)) > 0 : hasBranchingRequest(tree, child),
  );
}

function countRequests(text: string): number {
  return [...text.matchAll(REQUEST)].length;
}
