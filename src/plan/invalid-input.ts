/**
 * What a caller gave cannot be used.
 *
 * Carries one sentence for each mistake, all mistakes of one input together.
 */
export class InvalidInput extends Error {
  public constructor(public readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'InvalidInput';
  }
}

/** Throws when there is at least one mistake. */
export function refuse(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
}
