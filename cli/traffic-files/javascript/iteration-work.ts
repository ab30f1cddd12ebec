import type * as Ast from '@babel/types';
import { memberPath } from './script-module';

/** What one iteration of a function does; undefined for what depends on anything. */
export interface Work {
  readonly sleepSeconds: number | undefined;
  readonly requests: number | undefined;
}

export const NOTHING: Work = { sleepSeconds: 0, requests: 0 };
export const UNKNOWN: Work = { sleepSeconds: undefined, requests: undefined };

/** An expression with a number in the place of `Math.random()`. */
export function withRandom(node: Ast.Node, value: number): Ast.Node {
  if (node.type === 'CallExpression' && memberPath(node.callee) === 'Math.random')
    return { type: 'NumericLiteral', value } as Ast.NumericLiteral;
  if (node.type === 'BinaryExpression')
    return { ...node, left: withRandom(node.left, value) as Ast.Expression, right: withRandom(node.right, value) as Ast.Expression };
  if (node.type === 'CallExpression')
    return { ...node, arguments: node.arguments.map((argument) => withRandom(argument, value) as Ast.Expression) };
  if (node.type === 'ParenthesizedExpression') return withRandom(node.expression, value);
  return node;
}

export function isFunction(node: Ast.Node): boolean {
  return ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'].includes(node.type);
}

export function sum(one: Work, other: Work): Work {
  const add = (a: number | undefined, b: number | undefined): number | undefined =>
    a === undefined || b === undefined ? undefined : a + b;
  return { sleepSeconds: add(one.sleepSeconds, other.sleepSeconds), requests: add(one.requests, other.requests) };
}

export function times(count: number | undefined, work: Work): Work {
  const multiply = (value: number | undefined): number | undefined => {
    if (value === 0) return 0;
    return count === undefined || value === undefined ? undefined : count * value;
  };
  return { sleepSeconds: multiply(work.sleepSeconds), requests: multiply(work.requests) };
}

export function isNothing({ sleepSeconds, requests }: Work): boolean {
  return sleepSeconds === 0 && requests === 0;
}
