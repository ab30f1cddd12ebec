import { mistake } from './mistake.js';

/** A whole number that may be left out. */
export interface WholeNumber {
  readonly from: number;
  readonly to: number;
  readonly otherwise: number;
}

/**
 * Reads environment variables, and keeps a list of those that break their rule.
 *
 * A mistake does not stop the reading, so that one start tells about all of them.
 */
export class Environment {
  readonly mistakes: string[] = [];

  constructor(private readonly variables: NodeJS.ProcessEnv) {}

  has(name: string): boolean {
    return this.variables[name] !== undefined;
  }

  /** Digits only: `Number` would also take an empty string, `1e3` and `0x10`. */
  wholeNumber(name: string, { from, to, otherwise }: WholeNumber): number {
    const text = this.variables[name] ?? String(otherwise);
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= from && value <= to) return value;
    // the largest value allowed, so that a rule which depends on this one adds no mistake of its own.
    return this.refuse(name, `be a whole number from ${from} to ${to}`, to);
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[], otherwise: Choice): Choice {
    const text = this.variables[name] ?? otherwise;
    const choice = choices.find((each) => each === text);
    return choice ?? this.refuse(name, `be one of ${choices.join(', ')}`, otherwise);
  }

  text(name: string, rule: { pattern: Pick<RegExp, 'test'>; says: string }, otherwise: string): string {
    const text = this.variables[name] ?? otherwise;
    return rule.pattern.test(text) ? text : this.refuse(name, rule.says, otherwise);
  }

  /** Notes that a variable is given which nothing would read. */
  mustBeLeftOut(name: string, where: string): void {
    if (this.has(name)) this.refuse(name, `be left out where ${where}`, undefined);
  }

  private refuse<Value>(name: string, rule: string, standIn: Value): Value {
    this.mistakes.push(mistake(name, rule, this.variables[name]));
    return standIn;
  }
}
