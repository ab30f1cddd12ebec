/** What is being waited for. */
export interface Phase {
  /** Such as `warming up`; another name is another phase. */
  readonly name: string;
  /** What has come of it so far, such as `so far 404`. */
  readonly soFar?: string;
  /** What is probably wrong where it takes long, and what to do. */
  readonly hint?: string;
  /** Whether it is worth a line as soon as it begins, not only where it takes long. */
  readonly isNews?: boolean;
}

/** Told whenever something else is waited for: a look that says at any time what that is. */
export type PhaseListener = (look: () => Phase) => void;
