import { InputError } from '../../src/parse/input-error';

/** A task became healthy and could not be measured. It can still be rehearsed. */
export class MeasurementError extends InputError {
  /** @param reason why, in a few words, such as `a task ended with exit code 3`. */
  public constructor(
    public readonly reason: string,
    errors: readonly string[],
  ) {
    super(errors);
    this.name = 'MeasurementError';
  }
}

/** Converts the input errors of a measurement: once the tasks are healthy, an error is caused by their behavior under load, not by the input. */
export async function asMeasurementError<Result>(measuring: Promise<Result>): Promise<Result> {
  try {
    return await measuring;
  } catch (error) {
    throw error instanceof InputError && !(error instanceof MeasurementError) ? new MeasurementError(error.message, error.errors) : error;
  }
}
