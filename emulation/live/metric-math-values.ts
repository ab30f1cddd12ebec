import { type Expression, parseExpression } from '../../src/plan/template/metric-expression';

/** A time series: values by the start of their period, in milliseconds. */
export type Series = ReadonlyMap<number, number>;

type MathValue = number | Series | readonly Series[];

/** An expression that uses a function or an operand that is not supported. */
export class MetricMathError extends Error {}

/** What an expression refers to. */
export interface MathOperands {
  /** The series with an ID; undefined if there is none. */
  readonly series: (id: string) => Series | undefined;
  /** The series of `METRICS()`. */
  readonly all: () => readonly Series[];
  /** The starts of all periods, for numbers and for what `FILL` fills. */
  readonly times: readonly number[];
}

/** Evaluates a metric math expression over time series. */
export function evaluateMetricMath(text: string, operands: MathOperands): Series {
  const expression = parseExpression(text);
  if (expression === undefined) throw new MetricMathError(`the expression '${text}' cannot be read`);
  return asSeries(evaluate(expression, operands), operands);
}

function evaluate(expression: Expression, operands: MathOperands): MathValue {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name': {
      const found = operands.series(expression.name);
      if (found === undefined) throw new MetricMathError(`the expression has an unknown ID '${expression.name}'`);
      return found;
    }
    case 'list':
      return expression.items.map((item) => asSeries(evaluate(item, operands), operands));
    case 'operation':
      return combine([evaluate(expression.left, operands), evaluate(expression.right, operands)], operands, ([left, right]) =>
        OPERATORS[expression.operator]?.(left!, right!),
      );
    case 'call':
      return call(expression.name, expression.args, operands);
  }
}

const OPERATORS: Readonly<Record<string, (left: number, right: number) => number | undefined>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
};

/** Functions of the values that several series have at the same time. */
const AGGREGATES: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};

/** Functions of one value. */
const FUNCTIONS: Readonly<Record<string, (value: number) => number>> = { ABS: Math.abs, CEIL: Math.ceil, FLOOR: Math.floor };

function call(name: string, args: readonly Expression[], operands: MathOperands): MathValue {
  if (name === 'METRICS') return operands.all();
  if (name === 'FILL') return fill(args, operands);
  const values = args.map((argument) => evaluate(argument, operands));
  const [first] = values;
  if (first === undefined) throw new MetricMathError(`${name} must have an argument, got none`);
  if (name === 'IF') return conditional(values, operands);
  const single = FUNCTIONS[name];
  if (single !== undefined) return combine([first], operands, ([value]) => single(value!));
  const aggregate = AGGREGATES[name];
  if (aggregate === undefined) throw new MetricMathError(`the function ${name} is not supported`);
  if (!isList(first)) return typeof first === 'number' ? first : aggregate([...first.values()]);
  const times = timesOf(first);
  const aggregated = times.map((time) => [time, aggregate(first.flatMap((series) => series.get(time) ?? []))] as const);
  return new Map(aggregated);
}

/** `FILL(m1, 0)`; with `REPEAT` or `LINEAR` the last value is repeated. */
function fill([filled, filler]: readonly Expression[], operands: MathOperands): MathValue {
  if (filled === undefined || filler === undefined) throw new MetricMathError('FILL must have a series and a value, got neither or one');
  const value = evaluate(filled, operands);
  if (typeof value === 'number' || isList(value)) return value;
  const isRepeated = filler.kind === 'name' && ['REPEAT', 'LINEAR'].includes(filler.name);
  const evaluated = isRepeated ? undefined : evaluate(filler, operands);
  const filling = typeof evaluated === 'number' ? evaluated : undefined;
  let last: number | undefined;
  const entries = operands.times.flatMap((time) => {
    const own = value.get(time);
    last = own ?? last;
    const used = own ?? (isRepeated ? last : filling);
    return used === undefined ? [] : [[time, used] as const];
  });
  return new Map(entries);
}

function conditional([condition, value, otherwise]: readonly MathValue[], operands: MathOperands): MathValue {
  const chosen = (isMet: boolean, time: number): number | undefined => {
    const branch = isMet ? value : otherwise;
    if (typeof branch === 'number') return branch;
    return branch === undefined || isList(branch) ? undefined : branch.get(time);
  };
  const tested = asSeries(condition ?? 0, operands);
  const entries = [...tested].flatMap(([time, met]) => {
    const result = chosen(met !== 0, time);
    return result === undefined ? [] : [[time, result] as const];
  });
  return new Map(entries);
}

/** Applies a function at each time at which all series have a value. */
function combine(
  values: readonly MathValue[],
  operands: MathOperands,
  apply: (numbers: readonly number[]) => number | undefined,
): MathValue {
  if (values.every((value) => typeof value === 'number')) return apply(values as number[]) ?? new Map();
  const series = values.map((value) => (typeof value === 'number' ? value : asSeries(value, operands)));
  const times = timesOf(series.filter((each) => typeof each !== 'number') as Series[]);
  const entries = times.flatMap((time) => {
    const numbers = series.map((each) => (typeof each === 'number' ? each : each.get(time)));
    const result = numbers.every((each) => each !== undefined) ? apply(numbers as number[]) : undefined;
    return result === undefined ? [] : [[time, result] as const];
  });
  return new Map(entries);
}

function asSeries(value: MathValue, { times }: Pick<MathOperands, 'times'>): Series {
  if (typeof value === 'number') return new Map(times.map((time) => [time, value]));
  if (!isList(value)) return value;
  const [only, ...others] = value;
  if (only === undefined || others.length > 0) throw new MetricMathError('the expression must be one time series, got several');
  return only;
}

function isList(value: MathValue): value is readonly Series[] {
  return Array.isArray(value);
}

function timesOf(series: readonly Series[]): number[] {
  return [...new Set(series.flatMap((each) => [...each.keys()]))].sort((one, other) => one - other);
}
