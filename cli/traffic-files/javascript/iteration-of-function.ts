import type * as Ast from '@babel/types';
import type { KnownIteration } from '../../../src/traffic/iteration';
import { isFunction, isNothing, NOTHING, sum, times, UNKNOWN, type Work, withRandom } from './iteration-work';
import { type Binding, childrenOf, memberPath, type ScriptModule } from './script-module';
import { NotStatic } from './script-values';
import type { StaticValues } from './static-values';

const REQUEST_METHODS = /^(get|post|put|patch|del|delete|head|options|request|asyncRequest)$/;

/** Calls with a function that is called once, at once. */
const CALLING_ONCE = /^(group|describe|test)$/;
const CALLING_FOR_EACH = /^(forEach|map|for|some|every|filter|reduce|flatMap)$/;

/** Random numbers for the mean of a sleep: evenly from 0 to 1. */
const RANDOM_SAMPLES = 1000;
const MAX_DEPTH = 12;

type Call = Ast.CallExpression | Ast.OptionalCallExpression | Ast.NewExpression;

interface FoundFunction {
  readonly node: Ast.Node;
  readonly module: ScriptModule;
}

/** Reads from a k6 script what an iteration of a function does: its sleeps and its requests, without running it. */
export class IterationOfFunction {
  private readonly active = new Set<Ast.Node>();

  public constructor(private readonly values: StaticValues) {}

  /** What is known of an iteration of an exported function. */
  public of(module: ScriptModule, exportName: string): KnownIteration {
    const found = this.functionNamed(module, exportName, true);
    if (found === undefined) return {};
    const { sleepSeconds, requests } = this.body(found.node, found.module);
    return { thinkSeconds: sleepSeconds, requestsPerIteration: requests === 0 ? undefined : requests };
  }

  private body(node: Ast.Node, module: ScriptModule): Work {
    if (this.active.has(node) || this.active.size > MAX_DEPTH) return UNKNOWN;
    this.active.add(node);
    try {
      return this.below(node, module);
    } finally {
      this.active.delete(node);
    }
  }

  private below(node: Ast.Node, module: ScriptModule): Work {
    return childrenOf(node)
      .map((child) => this.work(child, module))
      .reduce(sum, NOTHING);
  }

  private work(node: Ast.Node, module: ScriptModule): Work {
    switch (node.type) {
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        return this.call(node, module);
      case 'IfStatement':
      case 'ConditionalExpression':
        return sum(this.work(node.test, module), this.choice(node.consequent, node.alternate ?? undefined, module));
      case 'LogicalExpression':
        return sum(this.work(node.left, module), this.choice(node.right, undefined, module));
      case 'SwitchStatement':
        return isNothing(this.below(node, module)) ? NOTHING : UNKNOWN;
      case 'TryStatement':
        return [this.work(node.block, module), ...(node.finalizer ? [this.work(node.finalizer, module)] : [])].reduce(sum, NOTHING);
      case 'ForStatement':
        return times(this.loopCount(node, module), this.work(node.body, module));
      case 'ForOfStatement':
        return times(this.lengthOf(node.right, module), this.work(node.body, module));
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForInStatement':
        return times(undefined, this.work(node.body, module));
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
      case 'ClassDeclaration':
      case 'ObjectMethod':
        // what is only declared does nothing.
        return NOTHING;
      default:
        return this.below(node, module);
    }
  }

  private choice(one: Ast.Node, other: Ast.Node | undefined, module: ScriptModule): Work {
    const [first, second] = [this.work(one, module), other === undefined ? NOTHING : this.work(other, module)];
    return {
      sleepSeconds: first.sleepSeconds === second.sleepSeconds ? first.sleepSeconds : undefined,
      requests: first.requests === second.requests ? first.requests : undefined,
    };
  }

  private call(node: Call, module: ScriptModule): Work {
    const inArguments = node.arguments.map((argument) => this.work(argument, module)).reduce(sum, NOTHING);
    return sum(inArguments, this.importedWork(node, module) ?? this.repeatedWork(node, module) ?? this.ownWork(node, module));
  }

  /** What a function of k6 does; undefined for other calls. */
  private importedWork(node: Call, module: ScriptModule): Work | undefined {
    const [root = '', ...members] = pathOf(node);
    const binding = module.bindings.get(root);
    if (binding?.kind !== 'import' || members.length > 1) return undefined;
    const name = members[0] ?? binding.imported;
    const known = this.importedCall(binding.source, name, node, module);
    return known === undefined ? undefined : sum(known, this.once(node.arguments.filter(isFunction), name, module));
  }

  /** What a function does that is called for each element; undefined for other calls. */
  private repeatedWork(node: Call, module: ScriptModule): Work | undefined {
    const callbacks = node.arguments.filter(isFunction);
    if (callbacks.length === 0 || !CALLING_FOR_EACH.test(pathOf(node).at(-1) ?? '')) return undefined;
    const count = node.callee.type === 'MemberExpression' ? this.lengthOf(node.callee.object, module) : undefined;
    return times(count, callbacks.map((callback) => this.body(callback, module)).reduce(sum, NOTHING));
  }

  /** What a function of the script does, if it can be followed. */
  private ownWork(node: Call, module: ScriptModule): Work {
    const [root = '', ...members] = pathOf(node);
    const target = members.length === 0 ? this.functionNamed(module, root, false) : undefined;
    if (target !== undefined) return this.body(target.node, target.module);
    const inCallbacks = node.arguments
      .filter(isFunction)
      .map((callback) => this.body(callback, module))
      .reduce(sum, NOTHING);
    return isNothing(inCallbacks) && !mayWork(module.bindings.get(root)) ? NOTHING : UNKNOWN;
  }

  /** Functions of k6 and of its library; undefined for others. */
  private importedCall(source: string, name: string, node: Call, module: ScriptModule): Work | undefined {
    const [first] = node.arguments;
    if (source === 'k6' && name === 'sleep') return { sleepSeconds: first === undefined ? 0 : this.meanOf(first, module), requests: 0 };
    if (source === 'k6/http' && name === 'batch')
      return { sleepSeconds: 0, requests: first === undefined ? undefined : this.lengthOf(first, module) };
    if (source === 'k6/http' && REQUEST_METHODS.test(name)) return { sleepSeconds: 0, requests: 1 };
    if (/^k6\/(browser|ws|net|experimental\/(browser|websockets|grpc))/.test(source)) return { sleepSeconds: 0, requests: undefined };
    return source.startsWith('.') ? undefined : NOTHING;
  }

  private once(callbacks: readonly Ast.Node[], name: string, module: ScriptModule): Work {
    if (!CALLING_ONCE.test(name)) return NOTHING;
    return callbacks.map((callback) => this.body(callback, module)).reduce(sum, NOTHING);
  }

  private functionNamed(module: ScriptModule, name: string, isExport: boolean): FoundFunction | undefined {
    const target = isExport ? module.exports.get(name) : name;
    if (target !== undefined && typeof target !== 'string') return this.functionIn(target, module);
    const binding = module.bindings.get(target ?? '');
    if (binding?.kind === 'value') return isFunction(binding.node) ? { node: functionBody(binding.node), module } : undefined;
    const imported = binding === undefined ? undefined : module.moduleAt(binding.source);
    return imported === undefined ? undefined : this.functionNamed(imported, binding!.imported, true);
  }

  private functionIn(node: Ast.Node, module: ScriptModule): FoundFunction | undefined {
    if (isFunction(node)) return { node: functionBody(node), module };
    return node.type === 'Identifier' ? this.functionNamed(module, node.name, false) : undefined;
  }

  private loopCount({ init, test, update }: Ast.ForStatement, module: ScriptModule): number | undefined {
    const declaration = init?.type === 'VariableDeclaration' ? init.declarations[0] : undefined;
    if (!declaration?.init || !isUpTo(test) || update?.type !== 'UpdateExpression' || update.operator !== '++') return undefined;
    const [from, to] = [this.numberOf(declaration.init, module), this.numberOf(test.right, module)];
    if (from === undefined || to === undefined) return undefined;
    return Math.max(0, Math.ceil(to - from) + (test.operator === '<=' ? 1 : 0));
  }

  private lengthOf(node: Ast.Node, module: ScriptModule): number | undefined {
    if (node.type === 'ArrayExpression')
      return node.elements.some((element) => element?.type === 'SpreadElement') ? undefined : node.elements.length;
    if (node.type === 'ObjectExpression') return node.properties.length;
    const binding = node.type === 'Identifier' ? module.bindings.get(node.name) : undefined;
    if (binding?.kind === 'value' && binding.node.type === 'ArrayExpression' && !module.changedNames.has((node as Ast.Identifier).name))
      return this.lengthOf(binding.node, module);
    return undefined;
  }

  private numberOf(node: Ast.Node, module: ScriptModule): number | undefined {
    try {
      const value = this.values.value(node, module);
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    } catch (error) {
      if (!(error instanceof NotStatic)) throw error;
      return undefined;
    }
  }

  /** The mean of a sleep: its value, or the mean over all random numbers. */
  private meanOf(node: Ast.Node, module: ScriptModule): number | undefined {
    const known = this.numberOf(node, module);
    if (known !== undefined) return known;
    if (
      node.type === 'CallExpression' &&
      node.callee.type === 'Identifier' &&
      /^(randomIntBetween|randomInt|random|getRandomInt\w*|randomBetween)$/.test(node.callee.name)
    ) {
      const bounds = node.arguments.map((argument) => this.numberOf(argument, module));
      if (bounds.length === 2 && bounds.every((bound) => bound !== undefined)) return (bounds[0]! + bounds[1]!) / 2;
    }
    let total = 0;
    for (let sample = 0; sample < RANDOM_SAMPLES; sample++) {
      const value = this.numberOf(withRandom(node, (sample + 0.5) / RANDOM_SAMPLES), module);
      if (value === undefined) return undefined;
      total += value;
    }
    return Number((total / RANDOM_SAMPLES).toPrecision(6));
  }
}

function functionBody(node: Ast.Node): Ast.Node {
  return (node as Ast.Function).body;
}

/** Whether calls of a value may sleep or send requests, which cannot be followed: objects with functions, and what other files export. */
function mayWork(binding: Binding | undefined): boolean {
  if (binding?.kind === 'import') return binding.source.startsWith('.') || /httpx|session/.test(binding.source);
  return (
    binding !== undefined &&
    ['NewExpression', 'ObjectExpression', 'ClassDeclaration'].includes(binding.node.type) &&
    !isMetric(binding.node)
  );
}

/** A metric of k6, or data that its users share. */
function isMetric(node: Ast.Node): boolean {
  return (
    node.type === 'NewExpression' && /^(Trend|Rate|Counter|Gauge|SharedArray|Set|Map|Date|URL|Array)$/.test(memberPath(node.callee) ?? '')
  );
}

function pathOf(node: Call): string[] {
  return (memberPath(node.callee) ?? '').split('.');
}

function isUpTo(test: Ast.Expression | null | undefined): test is Ast.BinaryExpression {
  return test?.type === 'BinaryExpression' && ['<', '<='].includes(test.operator);
}
