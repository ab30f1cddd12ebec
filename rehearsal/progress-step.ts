/** What a long operation is doing now, for a user who waits for it. */
export interface ProgressStep {
  /** Such as `warming up`. A change of the name is a new step. */
  readonly name: string;
  /** The latest result, such as `so far GET /health responded 404`. */
  readonly latestResult?: string;
  /** What the problem probably is if the step takes long, and what to do. */
  readonly hint?: string;
  /** Whether the step is reported when it starts. Others are reported only if they take long. */
  readonly isReportedAtStart?: boolean;
}

/** Called at each new operation, with a function that returns its current step. */
export type ProgressListener = (readStep: () => ProgressStep) => void;
