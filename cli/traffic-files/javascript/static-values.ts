import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type * as Ast from '@babel/types';
import { memberPath, type ScriptModule } from './script-module';

/** A value that is not known without running the script. */
export class NotStatic extends Error {
  public constructor(public readonly line: number) {
    super(`line ${line}`);
  }
}

/** A function of the script, as a value. */
class ScriptFunction {
  public constructor(
    public readonly node: Ast.Function,
    public readonly module: ScriptModule,
    public readonly locals: Locals,
  ) {}
}

type Locals = ReadonlyMap<string, unknown>;
type Operation = (left: never, right: never) => unknown;

const NO_LOCALS: Locals = new Map();
const MAX_DEPTH = 100;

const BINARY: Readonly<Record<string, Operation>> = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
  '**': (a: number, b: number) => a ** b,
  '===': (a, b) => a === b,
  '!==': (a, b) => a !== b,
  '==': (a, b) => a === b || (isMissing(a) && isMissing(b)),
  '!=': (a, b) => !(a === b || (isMissing(a) && isMissing(b))),
  '<': (a: number, b: number) => a < b,
  '>': (a: number, b: number) => a > b,
  '<=': (a: number, b: number) => a <= b,
  '>=': (a: number, b: number) => a >= b,
};

const FUNCTIONS: Readonly<Record<string, (...values: never[]) => unknown>> = {
  parseInt: (text: string, radix?: number) => Number.parseInt(text, radix),
  parseFloat: (text: string) => Number.parseFloat(text),
  Number: (value: unknown) => Number(value),
  String: (value: unknown) => String(value),
  Boolean: (value: unknown) => Boolean(value),
  'Number.parseInt': (text: string) => Number.parseInt(text, 10),
  'Number.parseFloat': (text: string) => Number.parseFloat(text),
  'Math.round': Math.round,
  'Math.floor': Math.floor,
  'Math.ceil': Math.ceil,
  'Math.max': Math.max,
  'Math.min': Math.min,
  'Object.assign': (...objects: object[]) => Object.assign({}, ...objects),
  'Object.freeze': (value: unknown) => value,
  'JSON.parse': (text: string) => JSON.parse(text),
};

/** Evaluates expressions of a script that have a value whatever happens: literals, constants, and functions of them. */
export class StaticValues {
  /** The variables of the environment that were read; they are taken as not set. */
  public readonly environmentNames = new Set<string>();
  private depth = 0;

  /** The value of what a module exports; undefined if it does not. */
  public exported(module: ScriptModule, name: string): unknown {
    const target = module.exports.get(name);
    if (typeof target === 'string') return this.binding(module, target, 0, NO_LOCALS);
    if (target !== undefined) return this.value(target, module);
    for (const source of module.reexportedSources) {
      const value = name === 'default' ? undefined : this.exportedOf(module, source, name, 0);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** @throws NotStatic if the value depends on anything else. */
  public value(node: Ast.Node, module: ScriptModule, locals: Locals = NO_LOCALS): unknown {
    const line = node.loc?.start.line ?? 0;
    if (++this.depth > MAX_DEPTH) throw new NotStatic(line);
    try {
      return this.evaluate(node, module, locals, line);
    } finally {
      this.depth -= 1;
    }
  }

  private evaluate(node: Ast.Node, module: ScriptModule, locals: Locals, line: number): unknown {
    const value = (inner: Ast.Node): unknown => this.value(inner, module, locals);
    switch (node.type) {
      case 'NumericLiteral':
      case 'StringLiteral':
      case 'BooleanLiteral':
        return node.value;
      case 'NullLiteral':
        return null;
      case 'TemplateLiteral':
        return node.quasis
          .map((quasi, index) => quasi.value.cooked + (index < node.expressions.length ? String(value(node.expressions[index]!)) : ''))
          .join('');
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'ParenthesizedExpression':
        return value(node.expression);
      case 'UnaryExpression':
        return unary(node.operator, value(node.argument), line);
      case 'BinaryExpression':
        return this.binary(node, value, line);
      case 'LogicalExpression':
        return logical(node.operator, value(node.left), () => value(node.right));
      case 'ConditionalExpression':
        return value(value(node.test) ? node.consequent : node.alternate);
      case 'ArrayExpression':
        return node.elements.flatMap((element) => {
          if (element === null) return [undefined];
          return element.type === 'SpreadElement' ? [...(value(element.argument) as unknown[])] : [value(element)];
        });
      case 'ObjectExpression':
        return this.object(node, module, locals);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        return new ScriptFunction(node, module, locals);
      case 'Identifier':
        return this.binding(module, node.name, line, locals);
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        return this.member(node, module, locals, line);
      case 'CallExpression':
        return this.call(node, module, locals, line);
      default:
        throw new NotStatic(line);
    }
  }

  private binary(node: Ast.BinaryExpression, value: (inner: Ast.Node) => unknown, line: number): unknown {
    const operation = BINARY[node.operator];
    if (operation === undefined) throw new NotStatic(line);
    return operation(value(node.left) as never, value(node.right) as never);
  }

  private object({ properties }: Ast.ObjectExpression, module: ScriptModule, locals: Locals): unknown {
    const entries: [string, unknown][] = [];
    for (const property of properties) {
      if (property.type === 'SpreadElement')
        entries.push(...Object.entries((this.value(property.argument, module, locals) ?? {}) as object));
      else if (property.type === 'ObjectProperty')
        entries.push([this.key(property, module, locals), this.lazyValue(property.value, module, locals)]);
    }
    return Object.fromEntries(entries);
  }

  /** Functions and tags beside the load need not be static: only what is read must be. */
  private lazyValue(node: Ast.Node, module: ScriptModule, locals: Locals): unknown {
    try {
      return this.value(node, module, locals);
    } catch (error) {
      if (!(error instanceof NotStatic)) throw error;
      return error;
    }
  }

  private key({ key, computed }: Ast.ObjectProperty, module: ScriptModule, locals: Locals): string {
    if (!computed && key.type === 'Identifier') return key.name;
    return String(this.value(key, module, locals));
  }

  private binding(module: ScriptModule, name: string, line: number, locals: Locals): unknown {
    if (locals.has(name)) return locals.get(name);
    if (name === 'undefined') return undefined;
    if (name === 'Infinity') return Number.POSITIVE_INFINITY;
    if (name === '__ENV') return {};
    const binding = module.bindings.get(name);
    if (binding === undefined || module.changedNames.has(name)) throw new NotStatic(line);
    if (binding.kind === 'value') return this.value(binding.node, module);
    return this.exportedOf(module, binding.source, binding.imported, line);
  }

  private exportedOf(module: ScriptModule, source: string, name: string, line: number): unknown {
    if (source.startsWith('.') && source.endsWith('.json')) return JSON.parse(readFileSync(resolve(dirname(module.path), source), 'utf8'));
    const imported = module.moduleAt(source);
    if (imported === undefined) throw new NotStatic(line);
    if (name !== '*') return this.exported(imported, name);
    return Object.fromEntries([...imported.exports.keys()].map((key) => [key, this.lazyExported(imported, key)]));
  }

  private lazyExported(module: ScriptModule, name: string): unknown {
    try {
      return this.exported(module, name);
    } catch (error) {
      if (!(error instanceof NotStatic)) throw error;
      return error;
    }
  }

  private member(node: Ast.MemberExpression | Ast.OptionalMemberExpression, module: ScriptModule, locals: Locals, line: number): unknown {
    const path = memberPath({ ...node, type: 'MemberExpression' } as Ast.MemberExpression);
    const environment = /^(?:__ENV|process\.env)\.(\w+)$/.exec(path ?? '');
    const key = node.computed ? String(this.value(node.property, module, locals)) : (node.property as Ast.Identifier).name;
    if (environment !== null || memberPath(node.object) === '__ENV' || memberPath(node.object) === 'process.env') {
      this.environmentNames.add(environment?.[1] ?? key);
      return undefined;
    }
    const object = this.value(node.object, module, locals);
    if (isMissing(object) && node.type === 'OptionalMemberExpression') return undefined;
    if (object === null || typeof object !== 'object' || object instanceof ScriptFunction || object instanceof NotStatic) {
      if (typeof object === 'string' && key === 'length') return object.length;
      throw new NotStatic(line);
    }
    if (key === 'length' && Array.isArray(object)) return object.length;
    if (!Object.hasOwn(object, key)) return undefined;
    const value = (object as Record<string, unknown>)[key];
    if (value instanceof NotStatic) throw value;
    return value;
  }

  private call(node: Ast.CallExpression, module: ScriptModule, locals: Locals, line: number): unknown {
    const path = memberPath(node.callee);
    const values = (): unknown[] =>
      node.arguments.map((argument) => {
        if (argument.type === 'SpreadElement' || argument.type === 'ArgumentPlaceholder') throw new NotStatic(line);
        return this.value(argument, module, locals);
      });
    if (path === 'open') return this.openedFile(String(values()[0]), module, line);
    if (path !== undefined && Object.hasOwn(FUNCTIONS, path) && !module.bindings.has(path))
      return callSafely(FUNCTIONS[path]!, values(), line);
    if (
      node.callee.type === 'MemberExpression' &&
      /\.(toString|trim|concat)$/.test(`.${String((node.callee.property as Ast.Identifier).name)}`)
    ) {
      const object = this.value(node.callee.object, module, locals);
      const name = (node.callee.property as Ast.Identifier).name;
      if (name === 'concat' && Array.isArray(object)) return object.concat(...(values() as unknown[][]));
      if (name !== 'concat' && (typeof object === 'string' || typeof object === 'number')) return String(object).trim();
      throw new NotStatic(line);
    }
    const callee = this.value(node.callee, module, locals);
    if (!(callee instanceof ScriptFunction)) throw new NotStatic(line);
    return this.callFunction(callee, values(), line);
  }

  /** A function that only returns: its constants, and the value after `return`. */
  private callFunction({ node, module, locals }: ScriptFunction, values: readonly unknown[], line: number): unknown {
    const inner = new Map(locals);
    for (const [index, parameter] of node.params.entries()) {
      if (parameter.type === 'Identifier') inner.set(parameter.name, values[index]);
      else if (parameter.type === 'AssignmentPattern' && parameter.left.type === 'Identifier')
        inner.set(parameter.left.name, values[index] === undefined ? this.value(parameter.right, module, inner) : values[index]);
      else throw new NotStatic(line);
    }
    if (node.body.type !== 'BlockStatement') return this.value(node.body, module, inner);
    for (const statement of node.body.body) {
      if (statement.type === 'ReturnStatement') return statement.argument ? this.value(statement.argument, module, inner) : undefined;
      if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') throw new NotStatic(statement.loc?.start.line ?? line);
      for (const { id, init } of statement.declarations) {
        if (id.type !== 'Identifier' || !init) throw new NotStatic(line);
        inner.set(id.name, this.value(init, module, inner));
      }
    }
    return undefined;
  }

  private openedFile(name: string, module: ScriptModule, line: number): string {
    try {
      return readFileSync(resolve(dirname(module.path), name), 'utf8');
    } catch {
      throw new NotStatic(line);
    }
  }
}

function callSafely(call: (...values: never[]) => unknown, values: readonly unknown[], line: number): unknown {
  try {
    return call(...(values as never[]));
  } catch {
    throw new NotStatic(line);
  }
}

function unary(operator: string, value: unknown, line: number): unknown {
  if (operator === '-') return -(value as number);
  if (operator === '+') return Number(value);
  if (operator === '!') return !value;
  if (operator === 'typeof') return typeof value;
  throw new NotStatic(line);
}

function logical(operator: string, left: unknown, right: () => unknown): unknown {
  if (operator === '||') return left || right();
  if (operator === '&&') return left && right();
  return left ?? right();
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** A value without what is not static: the first such value is thrown, unless it is one of the fields that do not matter. */
export function withoutUnknown(value: unknown, ignoredFields: readonly string[]): unknown {
  if (value instanceof NotStatic) throw value;
  if (value instanceof ScriptFunction) return undefined;
  if (Array.isArray(value)) return value.map((element) => withoutUnknown(element, ignoredFields));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !ignoredFields.includes(name));
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutUnknown(inner, ignoredFields)]));
}
