import { validationError } from './validation-error.js';

/** A whole number that may be left out. */
export interface WholeNumber {
  readonly from: number;
  readonly to: number;
  readonly otherwise: number;
}

/**
 * Reads environment variables, and collects a validation error for each that breaks its rule.
 *
 * An error does not stop the reading, so that one start reports all of them.
 */
export class Environment {
  readonly errors: string[] = [];

  constructor(private readonly variables: NodeJS.ProcessEnv) {}

  has(name: string): boolean {
    return this.variables[name] !== undefined;
  }

  /** Digits only: `Number` would also take an empty string, `1e3` and `0x10`. */
  wholeNumber(name: string, { from, to, otherwise }: WholeNumber): number {
    const text = this.variables[name] ?? String(otherwise);
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    // the largest value allowed, so that a rule which depends on this one adds no error of its own.
    return this.reject(name, `be a whole number from ${from} to ${to}`, to);
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const text = this.variables[name] ?? otherwise;
    const choice = choices.find((each) => each === text);
    return choice ?? this.reject(name, `be one of ${choices.join(', ')}`, otherwise);
  }

  text(name: string, rule: { pattern: Pick<RegExp, 'test'>; says: string }, otherwise: string): string {
    const text = this.variables[name] ?? otherwise;
    return rule.pattern.test(text) ? text : this.reject(name, rule.says, otherwise);
  }

  /** Adds an error if a variable is set that nothing would read. */
  mustBeLeftOut(name: string, where: string): void {
    if (this.has(name)) this.reject(name, `be left out where ${where}`, undefined);
  }

  private reject<Value>(name: string, rule: string, standIn: Value): Value {
    this.errors.push(validationError(name, rule, this.variables[name]));
    return standIn;
  }
}
