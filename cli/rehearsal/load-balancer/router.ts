import type { Target } from './target';

/** Chooses one of the targets that may serve. */
export interface Router {
  /** Sees anew which targets may serve: at least one. */
  update(serving: readonly Target[]): void;
  /** The target of the next request. */
  next(): Target;
}
