import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import { InputError } from '../../src/parse/input-error';

/** A value that is not a literal. */
const UNKNOWN = Symbol('unknown');

/** A statement of a class, or of a module. */
export interface PythonClass {
  readonly name: string;
  /** The names of its bases, without the names of modules. */
  readonly bases: readonly string[];
  readonly body: SyntaxNode;
}

/** A Python file, which is parsed and never run. */
export class PythonTree {
  private readonly root: SyntaxNode;
  private readonly constants = new Map<string, SyntaxNode>();

  public constructor(private readonly text: string) {
    const tree = parser.parse(text);
    const cursor = tree.cursor();
    let errors = 0;
    do if (cursor.type.isError) errors += 1;
    while (cursor.next());
    if (errors > Math.max(3, text.length / 500)) throw new InputError(['the file is not complete Python']);
    this.root = tree.topNode;
    for (const statement of childrenOf(this.root)) {
      const assigned = this.assignment(statement);
      if (assigned === undefined) continue;
      // what is assigned twice is not known.
      this.constants.set(assigned.name, this.constants.has(assigned.name) ? statement : assigned.value);
    }
  }

  public textOf(node: SyntaxNode): string {
    return this.text.slice(node.from, node.to);
  }

  /** The classes of the module, in their order. */
  public get classes(): PythonClass[] {
    return this.classesIn(this.root);
  }

  /** The classes of the module, and those inside of them. */
  public get allClasses(): PythonClass[] {
    const withInner = (one: PythonClass): PythonClass[] => [one, ...this.classesIn(one.body).flatMap(withInner)];
    return this.classes.flatMap(withInner);
  }

  private classesIn(block: SyntaxNode): PythonClass[] {
    return childrenOf(block).flatMap((statement) => {
      const node = statement.name === 'DecoratedStatement' ? childrenOf(statement).at(-1)! : statement;
      if (node.name !== 'ClassDefinition') return [];
      const name = node.getChild('VariableName');
      const body = node.getChild('Body');
      const bases = node.getChild('ArgList');
      if (name === null || body === null) return [];
      return [
        {
          name: this.textOf(name),
          bases: bases === null ? [] : childrenOf(bases).flatMap((base) => /[\w]+$/.exec(this.textOf(base))?.[0] ?? []),
          body,
        },
      ];
    });
  }

  /** The expression that a class assigns to a name. */
  public attribute({ body }: PythonClass, name: string): SyntaxNode | undefined {
    return childrenOf(body).flatMap((statement) => {
      const assigned = this.assignment(statement);
      return assigned?.name === name ? [assigned.value] : [];
    })[0];
  }

  /** The functions of a class, each with its decorators. */
  public functions({ body }: PythonClass): { readonly name: string; readonly decorators: readonly string[]; readonly node: SyntaxNode }[] {
    return childrenOf(body).flatMap((statement) => {
      const parts = statement.name === 'DecoratedStatement' ? childrenOf(statement) : [statement];
      const node = parts.find((part) => part.name === 'FunctionDefinition');
      const name = node?.getChild('VariableName');
      if (node === undefined || !name) return [];
      return [
        { name: this.textOf(name), decorators: parts.filter((part) => part.name === 'Decorator').map((part) => this.textOf(part)), node },
      ];
    });
  }

  /** The value of a literal, or of names of the module that stand for one; undefined for anything else. */
  public literal(node: SyntaxNode): unknown {
    const value = this.evaluate(node, 0);
    return value === UNKNOWN ? undefined : value;
  }

  private evaluate(node: SyntaxNode, depth: number): unknown {
    if (depth > 50) return UNKNOWN;
    const children = childrenOf(node).filter(({ name }) => !/^[()[\]{},:]$/.test(name) && name !== 'Comment');
    const values = (): unknown => {
      const list = children.map((child) => this.evaluate(child, depth + 1));
      return list.includes(UNKNOWN) ? UNKNOWN : list;
    };
    switch (node.name) {
      case 'Number':
        return Number(this.textOf(node).replaceAll('_', ''));
      case 'String':
        return /^(['"])(.*)\1$/s.exec(this.textOf(node))?.[2] ?? UNKNOWN;
      case 'Boolean':
        return this.textOf(node) === 'True';
      case 'None':
        return null;
      case 'ArrayExpression':
      case 'TupleExpression':
        return values();
      case 'ParenthesizedExpression':
        return this.evaluate(children[0]!, depth + 1);
      case 'DictionaryExpression':
        return dictionaryOf(values());
      case 'UnaryExpression':
        return signed(this.textOf(node), this.evaluate(childrenOf(node).at(-1)!, depth + 1));
      case 'BinaryExpression':
        return this.binary(node, depth);
      case 'VariableName':
        return this.constant(this.textOf(node), depth);
      default:
        return UNKNOWN;
    }
  }

  private constant(name: string, depth: number): unknown {
    const value = this.constants.get(name);
    return value === undefined || value.name === 'AssignStatement' ? UNKNOWN : this.evaluate(value, depth + 1);
  }

  private binary(node: SyntaxNode, depth: number): unknown {
    const [left, operator, right] = childrenOf(node);
    const [a, b] = [this.evaluate(left!, depth + 1), this.evaluate(right!, depth + 1)];
    if (typeof a !== 'number' || typeof b !== 'number') return UNKNOWN;
    switch (this.textOf(operator!)) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '/':
        return a / b;
      case '//':
        return Math.floor(a / b);
      default:
        return UNKNOWN;
    }
  }

  private assignment(statement: SyntaxNode): { readonly name: string; readonly value: SyntaxNode } | undefined {
    if (statement.name !== 'AssignStatement') return undefined;
    const children = childrenOf(statement).filter(({ name }) => name !== 'TypeDef');
    const [target, operator, value] = children;
    if (target?.name !== 'VariableName' || operator?.name !== 'AssignOp' || children.length !== 3) return undefined;
    return { name: this.textOf(target), value: value! };
  }
}

/** A dictionary from its keys and values in turn. */
function dictionaryOf(list: unknown): unknown {
  if (!Array.isArray(list) || list.length % 2 === 1) return UNKNOWN;
  return Object.fromEntries(list.flatMap((key, index) => (index % 2 === 0 ? [[String(key), list[index + 1]]] : [])));
}

function signed(text: string, value: unknown): unknown {
  if (typeof value !== 'number') return UNKNOWN;
  return text.startsWith('-') ? -value : value;
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
