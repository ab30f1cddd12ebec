import { expect, test } from 'vitest';
import { type Expression, parseExpression } from '../../../src/plan/template/metric-expression';

/** An expression with all its brackets. */
function written(expression: Expression | undefined): string {
  switch (expression?.kind) {
    case 'number':
      return String(expression.value);
    case 'name':
      return expression.name;
    case 'list':
      return `[${expression.items.map(written).join(' ')}]`;
    case 'call':
      return `${expression.name}(${expression.args.map(written).join(' ')})`;
    case 'operation':
      return `(${written(expression.left)} ${expression.operator} ${written(expression.right)})`;
    case undefined:
      return 'not understood';
  }
}

test.each([
  ['m1 + m2*2', '(m1 + (m2 * 2))'],
  ['(m1 + m2) / 60', '((m1 + m2) / 60)'],
  ['a - b - c', '((a - b) - c)'],
  ['sum([m1, FILL(m2, 0)])', 'SUM([m1 FILL(m2 0)])'],
  ['IF(requests >= 600 AND latency > 0.5, latency, 0)', 'IF(((requests >= 600) AND (latency > 0.5)) latency 0)'],
  ['SUM(METRICS())', 'SUM(METRICS())'],
  ['1.5e3*m1', '(1500 * m1)'],
  ['', 'not understood'],
  ['m1 +', 'not understood'],
  ['(m1', 'not understood'],
  ['f(m1, m2', 'not understood'],
  ["SEARCH('{AWS/ECS}', 'Average', 60)", 'not understood'],
  ['m1 m2', 'not understood'],
])('%s is taken apart as %s', (text, expected) => {
  expect(written(parseExpression(text))).toBe(expected);
});
