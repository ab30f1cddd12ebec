import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from '@babel/parser';
import type * as Ast from '@babel/types';
import { InputError } from '../../../src/parse/input-error';

/** What a name of a module refers to. */
export type Binding =
  /** A value, or a function. */
  | { readonly kind: 'value'; readonly node: Ast.Node; readonly isConstant: boolean }
  | { readonly kind: 'import'; readonly source: string; readonly imported: string };

/** More modules than a test has. */
const MAX_MODULES = 50;
const MAX_MODULE_BYTES = 4 * 2 ** 20;

/** A module of JavaScript or TypeScript, which is parsed and never run. */
export class ScriptModule {
  public readonly bindings = new Map<string, Binding>();
  /** The names of what it exports, each with its name or node inside. */
  public readonly exports = new Map<string, string | Ast.Node>();
  public readonly reexportedSources: string[] = [];
  /** Names whose value is changed after their declaration. */
  public readonly changedNames = new Set<string>();

  /** @param loaded all modules by their path, so that each is parsed once. */
  public constructor(
    text: string,
    public readonly path: string,
    private readonly loaded = new Map<string, ScriptModule>(),
  ) {
    this.loaded.set(path, this);
    const program = parseProgram(text);
    for (const statement of program.body) this.readStatement(statement);
    // a function may be called while the script starts.
    forEachNode(program, (node) => {
      if (node.type === 'AssignmentExpression') this.addChanged(node.left);
      if (node.type === 'UpdateExpression') this.addChanged(node.argument);
      if (node.type === 'UnaryExpression' && node.operator === 'delete') this.addChanged(node.argument);
    });
  }

  /** The module that a relative import names; undefined if it is not there. */
  public moduleAt(source: string): ScriptModule | undefined {
    if (!source.startsWith('.')) return undefined;
    const base = resolve(dirname(this.path), source);
    const path = [base, ...['.ts', '.js', '.mjs', '.mts'].map((extension) => base + extension), base.replace(/\.js$/, '.ts')].find(
      isReadable,
    );
    if (path === undefined || this.loaded.size > MAX_MODULES) return undefined;
    return this.loaded.get(path) ?? new ScriptModule(readFileSync(path, 'utf8'), path, this.loaded);
  }

  private readStatement(statement: Ast.Statement): void {
    switch (statement.type) {
      case 'ImportDeclaration':
        for (const specifier of statement.specifiers) this.bindings.set(specifier.local.name, importOf(specifier, statement.source.value));
        return;
      case 'ExportNamedDeclaration':
        this.readNamedExports(statement);
        return;
      case 'ExportAllDeclaration':
        this.reexportedSources.push(statement.source.value);
        return;
      case 'ExportDefaultDeclaration':
        this.exports.set('default', statement.declaration);
        return;
      case 'VariableDeclaration':
        for (const declaration of statement.declarations) this.readVariable(declaration, statement.kind === 'const');
        return;
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        if (statement.id) this.bindings.set(statement.id.name, { kind: 'value', node: statement, isConstant: true });
        return;
      default:
        this.readEffects(statement);
    }
  }

  private readNamedExports({ declaration, specifiers, source }: Ast.ExportNamedDeclaration): void {
    if (declaration) this.readStatement(declaration);
    for (const name of declaredNames(declaration)) this.exports.set(name, name);
    for (const specifier of specifiers) this.readExport(specifier, source?.value);
  }

  private readVariable({ id, init }: Ast.VariableDeclarator, isConstant: boolean): void {
    const source = requiredSource(init);
    if (source !== undefined) this.readRequire(id, source);
    else if (id.type === 'Identifier' && init) this.bindings.set(id.name, { kind: 'value', node: init, isConstant });
  }

  private readRequire(id: Ast.VariableDeclarator['id'], source: string): void {
    if (id.type === 'Identifier') this.bindings.set(id.name, { kind: 'import', source, imported: 'default' });
    if (id.type === 'ObjectPattern')
      for (const name of propertyNames(id)) this.bindings.set(name, { kind: 'import', source, imported: name });
  }

  private readExport(specifier: Ast.ExportNamedDeclaration['specifiers'][number], source: string | undefined): void {
    if (specifier.type !== 'ExportSpecifier') return;
    const exported = specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value;
    if (source === undefined) {
      this.exports.set(exported, specifier.local.name);
      return;
    }
    const name = `${source} ${specifier.local.name}`;
    this.bindings.set(name, { kind: 'import', source, imported: specifier.local.name });
    this.exports.set(exported, name);
  }

  /** A statement of the top level that may change what a name refers to, or that exports as CommonJS does. */
  private readEffects(statement: Ast.Statement): void {
    const expression = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
    if (expression?.type === 'AssignmentExpression' && this.readCommonJsExport(expression)) return;
    forEachNode(statement, (node) => {
      if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') this.addChanged(node.callee.object);
      if (node.type === 'CallExpression')
        for (const argument of node.arguments) if (argument.type === 'Identifier') this.addChanged(argument);
    });
  }

  private readCommonJsExport({ left, right }: Ast.AssignmentExpression): boolean {
    const target = left.type === 'MemberExpression' ? memberPath(left) : undefined;
    const match = /^(?:module\.)?exports(?:\.(\w+))?$/.exec(target ?? '');
    if (match === null) return false;
    this.exports.set(match[1] ?? 'default', right);
    if (match[1] === undefined && right.type === 'ObjectExpression') this.exportProperties(right);
    return true;
  }

  private exportProperties({ properties }: Ast.ObjectExpression): void {
    for (const property of properties) {
      if (property.type === 'ObjectProperty' && property.key.type === 'Identifier') this.exports.set(property.key.name, property.value);
    }
  }

  private addChanged(node: Ast.Node): void {
    if (node.type === 'Identifier') this.changedNames.add(node.name);
    if (node.type === 'MemberExpression') this.addChanged(node.object);
  }
}

function parseProgram(text: string): Ast.Program {
  try {
    return parse(text, {
      sourceType: 'unambiguous',
      plugins: ['typescript', 'decorators-legacy'],
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
    }).program;
  } catch (error) {
    const line = (error as { loc?: { line: number } }).loc?.line;
    throw new InputError([`line ${line ?? 1}: the script is not complete JavaScript or TypeScript`]);
  }
}

/** The module that a call of `require` names; undefined for anything else. */
function requiredSource(init: Ast.Expression | null | undefined): string | undefined {
  if (init?.type !== 'CallExpression' || memberPath(init.callee) !== 'require') return undefined;
  const [source] = init.arguments;
  return source?.type === 'StringLiteral' ? source.value : undefined;
}

function importOf(specifier: Ast.ImportDeclaration['specifiers'][number], source: string): Binding {
  if (specifier.type === 'ImportDefaultSpecifier') return { kind: 'import', source, imported: 'default' };
  if (specifier.type === 'ImportNamespaceSpecifier') return { kind: 'import', source, imported: '*' };
  return {
    kind: 'import',
    source,
    imported: specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value,
  };
}

function declaredNames(declaration: Ast.Declaration | null | undefined): string[] {
  if (declaration?.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration')
    return declaration.id ? [declaration.id.name] : [];
  return [];
}

function propertyNames(pattern: Ast.ObjectPattern): string[] {
  return pattern.properties.flatMap((property) =>
    property.type === 'ObjectProperty' && property.value.type === 'Identifier' ? [property.value.name] : [],
  );
}

/** A member such as `a.b.c` as text; undefined for others. */
export function memberPath(node: Ast.Node): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  const object = memberPath(node.object);
  return object === undefined ? undefined : `${object}.${node.property.name}`;
}

/** Calls a function for a node and all below it; if it returns false, not for those below. */
export function forEachNode(node: Ast.Node, visit: (node: Ast.Node) => unknown): void {
  if (visit(node) === false) return;
  for (const child of childrenOf(node)) forEachNode(child, visit);
}

/** The nodes directly below a node. */
export function childrenOf(node: Ast.Node): Ast.Node[] {
  return Object.entries(node).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'loc' || name === 'extra' || name.endsWith('Comments') || value === null || typeof value !== 'object') return [];
    return (Array.isArray(value) ? value : [value]).filter(
      (child): child is Ast.Node => typeof (child as Ast.Node | null)?.type === 'string',
    );
  });
}

function isReadable(path: string): boolean {
  return existsSync(path) && statSync(path).isFile() && statSync(path).size <= MAX_MODULE_BYTES;
}
