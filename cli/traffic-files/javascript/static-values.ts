import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type * as Ast from '@babel/types';
import { BINARY, FUNCTIONS, isMissing, logical, unary } from './operators';
import { memberPath, type ScriptModule } from './script-module';
import { NotStatic, propertyOf, ScriptFunction } from './script-values';

type Locals = ReadonlyMap<string, unknown>;
const NO_LOCALS: Locals = new Map();
const MAX_DEPTH = 100;

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
        return unary(node.operator, value(node.argument));
      case 'BinaryExpression':
        return this.binary(node, value, line);
      case 'LogicalExpression':
        return logical(node.operator, value(node.left), () => value(node.right));
      case 'ConditionalExpression':
        return value(value(node.test) ? node.consequent : node.alternate);
      case 'ArrayExpression':
        return node.elements.flatMap((element) => {
          if (element === null) return [undefined];
          return element.type === 'SpreadElement' ? spread(value(element.argument), line) : [value(element)];
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
    if (source.startsWith('.') && source.endsWith('.json')) return callSafely(JSON.parse, [this.openedFile(source, module, line)], line);
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
    const key = node.computed ? String(this.value(node.property, module, locals)) : (node.property as Ast.Identifier).name;
    if (isEnvironment(node.object)) {
      this.environmentNames.add(key);
      return undefined;
    }
    const object = this.value(node.object, module, locals);
    return isMissing(object) && node.type === 'OptionalMemberExpression' ? undefined : propertyOf(object, key, line);
  }

  private call(node: Ast.CallExpression, module: ScriptModule, locals: Locals, line: number): unknown {
    const path = memberPath(node.callee);
    const values = node.arguments.map((argument) => this.value(argument, module, locals));
    if (path === 'open') return this.openedFile(String(values[0]), module, line);
    if (path !== undefined && Object.hasOwn(FUNCTIONS, path) && !module.bindings.has(path))
      return callSafely(FUNCTIONS[path]!, values, line);
    const method = node.callee.type === 'MemberExpression' ? this.method(node.callee, values, module, locals) : undefined;
    if (method !== undefined) return method;
    const callee = this.value(node.callee, module, locals);
    if (!(callee instanceof ScriptFunction)) throw new NotStatic(line);
    return this.callFunction(callee, values, line);
  }

  /** What a method of a list, a text or a number returns; undefined for others. */
  private method({ object, property }: Ast.MemberExpression, values: readonly unknown[], module: ScriptModule, locals: Locals): unknown {
    const name = property.type === 'Identifier' ? property.name : '';
    if (!['concat', 'toString', 'trim'].includes(name)) return undefined;
    const value = this.value(object, module, locals);
    if (name === 'concat') return Array.isArray(value) ? value.concat(...(values as unknown[][])) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
  }

  /** A function that only returns: its constants, and the value after `return`. */
  private callFunction({ node, module, locals }: ScriptFunction, values: readonly unknown[], line: number): unknown {
    const inner = new Map(locals);
    for (const [index, parameter] of node.params.entries()) this.setParameter(parameter, values[index], inner, module, line);
    if (node.body.type !== 'BlockStatement') return this.value(node.body, module, inner);
    const last = node.body.body.at(-1);
    for (const statement of node.body.body.slice(0, -1)) this.setConstants(statement, inner, module, line);
    if (last?.type !== 'ReturnStatement') throw new NotStatic(last?.loc?.start.line ?? line);
    return last.argument ? this.value(last.argument, module, inner) : undefined;
  }

  private setConstants(statement: Ast.Statement, inner: Map<string, unknown>, module: ScriptModule, line: number): void {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') throw new NotStatic(statement.loc?.start.line ?? line);
    for (const declaration of statement.declarations) this.setConstant(declaration, inner, module, line);
  }

  private setParameter(parameter: Ast.Node, value: unknown, inner: Map<string, unknown>, module: ScriptModule, line: number): void {
    if (parameter.type === 'Identifier') inner.set(parameter.name, value);
    else if (parameter.type === 'AssignmentPattern' && parameter.left.type === 'Identifier')
      inner.set(parameter.left.name, value === undefined ? this.value(parameter.right, module, inner) : value);
    else throw new NotStatic(line);
  }

  private setConstant({ id, init }: Ast.VariableDeclarator, inner: Map<string, unknown>, module: ScriptModule, line: number): void {
    if (id.type !== 'Identifier' || !init) throw new NotStatic(line);
    inner.set(id.name, this.value(init, module, inner));
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

/** The elements that a value is spread to. */
function spread(value: unknown, line: number): unknown[] {
  if (!Array.isArray(value) && typeof value !== 'string') throw new NotStatic(line);
  return [...value];
}

function isEnvironment(node: Ast.Node): boolean {
  return ['__ENV', 'process.env'].includes(memberPath(node) ?? '');
}
