/** Operators and functions of JavaScript that have a value whatever happens. */
type Operation = (left: never, right: never) => unknown;

export const BINARY: Readonly<Record<string, Operation>> = {
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

export const FUNCTIONS: Readonly<Record<string, (...values: never[]) => unknown>> = {
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

/** The value of an operator before a value; undefined if it is not known. */
export function unary(operator: string, value: unknown): unknown {
  if (operator === '-') return -(value as number);
  if (operator === '+') return Number(value);
  if (operator === '!') return !value;
  if (operator === 'typeof') return typeof value;
  return undefined;
}

export function logical(operator: string, left: unknown, right: () => unknown): unknown {
  if (operator === '||') return left || right();
  if (operator === '&&') return left && right();
  return left ?? right();
}

export function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
