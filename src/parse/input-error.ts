import { formatError, type ValidationError } from './validation-error';

/** An input is invalid. `errors` has all errors of the input, not only the first. */
export class InputError extends Error {
  /** Each error as text, once. */
  public readonly errors: readonly string[];

  /** @param subject what the errors are about; each text begins with it. */
  public constructor(errors: readonly ValidationError[], subject?: string) {
    const texts = [...new Set(errors.map(formatError))].map((text) => (subject === undefined ? text : `${subject}: ${text}`));
    super(texts.join('\n'));
    this.errors = texts;
    this.name = 'InputError';
  }
}

/** Throws all errors together, if there are any. */
export function throwIfAny(errors: readonly ValidationError[], subject?: string): void {
  if (errors.length > 0) throw new InputError(errors, subject);
}
