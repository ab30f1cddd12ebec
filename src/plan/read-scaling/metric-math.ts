import type { FollowedMetric, KnownMetric } from './known-metric';
import { type Expression, parseExpression } from './metric-expression';

/** What an expression of metrics comes to. */
type MathValue =
  | KnownMetric
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'enough'; readonly leastRequestsPerMinute: number }
  | undefined;

/** What a name in an expression stands for: a metric, the text of another expression, or nothing that is known. */
export type Named = KnownMetric | { readonly kind: 'expression'; readonly text: string } | undefined;

/** An expression that leads to itself ends here. */
const DEEPEST = 10;

/**
 * What an expression of metrics comes to, where that is one metric that can be followed; else undefined.
 *
 * Understood are sums over target groups of which one has the traffic (as in a blue/green deployment), requests divided by
 * tasks, use divided by reservation, factors, `FILL`, and a guard such as `IF(requests > 600, latency, 0)`.
 */
export function followedExpression(text: string, named: ReadonlyMap<string, Named>): FollowedMetric | undefined {
  const value = new Mathematics(named).text(text, 0);
  return value?.kind === 'metric' ? value : undefined;
}

class Mathematics {
  public constructor(private readonly named: ReadonlyMap<string, Named>) {}

  public text(text: string, depth: number): MathValue {
    const expression = depth < DEEPEST ? parseExpression(text) : undefined;
    return expression && this.value(expression, depth);
  }

  private value(expression: Expression, depth: number): MathValue {
    switch (expression.kind) {
      case 'number':
        return expression;
      case 'name': {
        const meant = this.named.get(expression.name);
        return meant?.kind === 'expression' ? this.text(meant.text, depth + 1) : meant;
      }
      case 'operation':
        return operate(expression.operator, this.value(expression.left, depth), this.value(expression.right, depth));
      case 'call':
        return this.call(expression.name, expression.given, depth);
      case 'list':
        return undefined;
    }
  }

  private call(name: string, given: readonly Expression[], depth: number): MathValue {
    const [first, second, third] = given;
    if (first === undefined) return undefined;
    if (name === 'FILL') return this.value(first, depth);
    if (name === 'IF') return guarded(this.value(first, depth), second && this.value(second, depth), third && this.value(third, depth));
    if (name !== 'SUM' && name !== 'MAX') return undefined;
    return this.members(first, depth).reduce((sum, next) => operate('+', sum, next));
  }

  private members(list: Expression, depth: number): MathValue[] {
    if (list.kind === 'list') return list.items.map((item) => this.value(item, depth));
    const isAll = list.kind === 'call' && list.name === 'METRICS';
    const metrics = [...this.named.values()].filter((meant) => meant !== undefined && meant.kind !== 'expression');
    return isAll && metrics.length > 0 ? (metrics as MathValue[]) : [this.value(list, depth)];
  }
}

function operate(operator: string, left: MathValue, right: MathValue): MathValue {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '+':
      return added(left, right);
    case '*':
      if (left.kind === 'number') return scaled(right, left.value);
      return right.kind === 'number' ? scaled(left, right.value) : undefined;
    case '/':
      return divided(left, right);
    case '>':
    case '>=':
      return left.kind === 'requests' && right.kind === 'number'
        ? { kind: 'enough', leastRequestsPerMinute: right.value / left.scale }
        : undefined;
    case '<':
    case '<=':
      return operate('>', right, left);
    default:
      return undefined;
  }
}

/** Of several target groups of a service one has the traffic: together they say what that one says. */
function added(left: NonNullable<MathValue>, right: NonNullable<MathValue>): MathValue {
  if (left.kind === 'requests' && right.kind === 'requests') return left;
  if (left.kind === 'tasks' && right.kind === 'tasks') return left;
  const isSameCount = left.kind === 'metric' && right.kind === 'metric' && left.metric === right.metric && left.scale === right.scale;
  return isSameCount && left.metric === 'ALBRequestCountPerTarget' ? left : undefined;
}

function scaled(value: NonNullable<MathValue>, factor: number): MathValue {
  if (!(factor > 0)) return undefined;
  if (value.kind === 'number') return { kind: 'number', value: value.value * factor };
  return value.kind === 'metric' || value.kind === 'requests' ? { ...value, scale: value.scale * factor } : undefined;
}

function divided(left: NonNullable<MathValue>, right: NonNullable<MathValue>): MathValue {
  if (right.kind === 'number') return right.value > 0 ? scaled(left, 1 / right.value) : undefined;
  if (left.kind === 'requests' && right.kind === 'tasks') {
    return { kind: 'metric', metric: 'ALBRequestCountPerTarget', statistic: 'Sum', scale: left.scale };
  }
  const isShare = left.kind === 'used' && right.kind === 'reserved' && left.metric === right.metric;
  return isShare ? { kind: 'metric', metric: left.metric, statistic: 'Average', scale: 0.01 } : undefined;
}

function guarded(condition: MathValue, value: MathValue, otherwise: MathValue): MathValue {
  const isZeroElse = otherwise === undefined || (otherwise.kind === 'number' && otherwise.value === 0);
  if (condition?.kind !== 'enough' || value?.kind !== 'metric' || !isZeroElse) return undefined;
  return { ...value, leastRequestsPerMinute: condition.leastRequestsPerMinute };
}
