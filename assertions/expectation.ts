import type { ExpectedResult } from '@aws-cdk/integ-tests-alpha';

/** What the handler of the assertions reads as the absence of a value, and as 0, false and an empty text. */
const NO_VALUE = '';

/**
 * Expects a value to be equal.
 *
 * `ExpectedResult.exact` is never equal to a value at a path: the handler of integ-tests does not decode what it writes. This one is
 * written as the value itself. The handler reads a text that is a number, such as an attribute `'300'`, as that number: so does this function.
 *
 * @throws for 0, false and an empty text, which the handler reads as no value; `noValue` expects them.
 */
export function exactly(value: string | number | boolean): ExpectedResult {
  if (!value)
    throw new Error(`an assertion cannot expect exactly ${JSON.stringify(value)}: use noValue(), which 0, false and no value match`);
  return { result: JSON.stringify(readAgain(value)) };
}

function readAgain(value: string | number | boolean): unknown {
  return typeof value === 'string' && /^(-?\d+(\.\d+)?|true)$/.test(value) ? JSON.parse(value) : value;
}

/**
 * Expects a text that matches a regular expression. A text that is a number, such as an attribute `'300'`, has become one: expect it with
 * `exactly`.
 */
export function matching(pattern: RegExp): ExpectedResult {
  return { result: JSON.stringify({ $StringLike: pattern.source }) };
}

/** Expects 0, false, an empty text, or that there is no value at the path. */
export function noValue(): ExpectedResult {
  return { result: NO_VALUE };
}

/** Matches a whole number that is at least `min`, as text. */
export function atLeast(min: number): RegExp {
  if (!Number.isInteger(min) || min < 1) throw new Error(`min must be a whole number of at least 1, got ${min}`);
  const digits = String(min);
  const greater = [...digits].flatMap((digit, index) => {
    const rest = digits.length - index - 1;
    return digit === '9' ? [] : [`${digits.slice(0, index)}[${Number(digit) + 1}-9][0-9]{${rest}}`];
  });
  return new RegExp(`(?:${[digits, ...greater, `[1-9][0-9]{${digits.length},}`].join('|')})`);
}
