import { InvalidInput } from '../../src/plan/invalid-input';

/** A task that became healthy, and that still could not be measured. It can be rehearsed all the same. */
export class Unmeasurable extends InvalidInput {
  /** @param reason what was seen, in a few words. */
  public constructor(
    public readonly reason: string,
    mistakes: readonly string[],
  ) {
    super(mistakes);
    this.name = 'Unmeasurable';
  }
}

/** Waits for a measurement of tasks that are healthy: whatever is refused then is no fault of the input, but of how they do under load. */
export async function unmeasurableOf<Result>(measuring: Promise<Result>): Promise<Result> {
  try {
    return await measuring;
  } catch (error) {
    throw error instanceof InvalidInput && !(error instanceof Unmeasurable) ? new Unmeasurable(error.message, error.mistakes) : error;
  }
}
