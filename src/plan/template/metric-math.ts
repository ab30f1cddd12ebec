import { isRequestCount } from '../../metrics/metric';
import type { KnownMetric, TemplateMetric } from './known-metric';
import { type Expression, parseExpression } from './metric-expression';

/** The value of an expression of metrics. */
type MathValue =
  | KnownMetric
  | { readonly kind: 'number'; readonly value: number }
  /** A condition: there are more requests than this. */
  | { readonly kind: 'traffic condition'; readonly minRequestsPerMinute: number }
  | undefined;

/** The meaning of a name in an expression: a metric, the text of another expression, or undefined. */
export type Operand = KnownMetric | { readonly kind: 'expression'; readonly text: string } | undefined;

/** Deeper expressions are not evaluated, so that one that refers to itself ends. */
const MAX_DEPTH = 10;

/**
 * The metric that an expression computes, if it can be simulated; else undefined.
 *
 * Supported are sums over target groups of which one has the traffic (as in a blue/green deployment), requests divided by
 * tasks, used divided by reserved amounts, factors, `FILL`, and a condition such as `IF(requests > 600, latency, 0)`.
 */
export function metricOfExpression(text: string, operands: ReadonlyMap<string, Operand>): TemplateMetric | undefined {
  const value = new MetricMath(operands).evaluateText(text, 0);
  return value?.kind === 'metric' ? value : undefined;
}

class MetricMath {
  public constructor(private readonly operands: ReadonlyMap<string, Operand>) {}

  public evaluateText(text: string, depth: number): MathValue {
    const expression = depth < MAX_DEPTH ? parseExpression(text) : undefined;
    return expression && this.evaluate(expression, depth);
  }

  private evaluate(expression: Expression, depth: number): MathValue {
    switch (expression.kind) {
      case 'number':
        return expression;
      case 'name': {
        const operand = this.operands.get(expression.name);
        return operand?.kind === 'expression' ? this.evaluateText(operand.text, depth + 1) : operand;
      }
      case 'operation':
        return operate(expression.operator, this.evaluate(expression.left, depth), this.evaluate(expression.right, depth));
      case 'call':
        return this.call(expression.name, expression.args, depth);
      case 'list':
        return undefined;
    }
  }

  private call(name: string, args: readonly Expression[], depth: number): MathValue {
    const [first, second, third] = args;
    if (first === undefined) return undefined;
    if (name === 'FILL') return this.evaluate(first, depth);
    if (name === 'IF')
      return conditionalMetric(this.evaluate(first, depth), second && this.evaluate(second, depth), third && this.evaluate(third, depth));
    if (name !== 'SUM' && name !== 'MAX') return undefined;
    return this.itemsOf(first, depth).reduce((total, next) =>
      name === 'MAX' && isSameMetric(total, next) ? total : operate('+', total, next),
    );
  }

  private itemsOf(list: Expression, depth: number): MathValue[] {
    if (list.kind === 'list') return list.items.map((item) => this.evaluate(item, depth));
    const isAll = list.kind === 'call' && list.name === 'METRICS';
    const metrics = [...this.operands.values()].filter((operand) => operand !== undefined && operand.kind !== 'expression');
    return isAll && metrics.length > 0 ? (metrics as MathValue[]) : [this.evaluate(list, depth)];
  }
}

function operate(operator: string, left: MathValue, right: MathValue): MathValue {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '+':
      return sum(left, right);
    case '*':
      if (left.kind === 'number') return product(right, left.value);
      return right.kind === 'number' ? product(left, right.value) : undefined;
    case '/':
      return quotient(left, right);
    case '>':
    case '>=':
      return left.kind === 'requests' && right.kind === 'number'
        ? { kind: 'traffic condition', minRequestsPerMinute: right.value / left.scale }
        : undefined;
    case '<':
    case '<=':
      return operate('>', right, left);
    default:
      return undefined;
  }
}

/** Whether two values are the same metric of two target groups: the maximum of both is the value of the one that has the traffic. */
function isSameMetric(left: MathValue, right: MathValue): boolean {
  if (left?.kind !== 'metric' || right?.kind !== 'metric') return false;
  return left.metric === right.metric && left.statistic === right.statistic && left.scale === right.scale;
}

/** Only one target group of a service has the traffic at a time: the sum over its groups is the value of that one. */
function sum(left: NonNullable<MathValue>, right: NonNullable<MathValue>): MathValue {
  if (left.kind === 'requests' && right.kind === 'requests') return left;
  if (left.kind === 'tasks' && right.kind === 'tasks') return left;
  const isSameCount = left.kind === 'metric' && right.kind === 'metric' && left.metric === right.metric && left.scale === right.scale;
  return isSameCount && isRequestCount(left.metric) ? left : undefined;
}

function product(value: NonNullable<MathValue>, factor: number): MathValue {
  if (!(factor > 0)) return undefined;
  if (value.kind === 'number') return { kind: 'number', value: value.value * factor };
  return value.kind === 'metric' || value.kind === 'requests' ? { ...value, scale: value.scale * factor } : undefined;
}

function quotient(left: NonNullable<MathValue>, right: NonNullable<MathValue>): MathValue {
  if (right.kind === 'number') return right.value > 0 ? product(left, 1 / right.value) : undefined;
  if (left.kind === 'requests' && right.kind === 'tasks') {
    return { kind: 'metric', metric: 'ALBRequestCountPerTarget', statistic: 'Sum', scale: left.scale };
  }
  const isShare = left.kind === 'used' && right.kind === 'reserved' && left.metric === right.metric;
  return isShare ? { kind: 'metric', metric: left.metric, statistic: 'Average', scale: 0.01 } : undefined;
}

function conditionalMetric(condition: MathValue, value: MathValue, otherwise: MathValue): MathValue {
  const isZeroElse = otherwise === undefined || (otherwise.kind === 'number' && otherwise.value === 0);
  if (condition?.kind !== 'traffic condition' || value?.kind !== 'metric' || !isZeroElse) return undefined;
  return { ...value, minRequestsPerMinute: condition.minRequestsPerMinute };
}
