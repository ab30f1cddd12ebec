import type { RehearsalObserver } from './rehearsal/rehearsal';

/** What shows a rehearsal while it goes on. */
export interface RehearsalDisplay extends RehearsalObserver {
  /** Whether every event can still be read where it was shown, so that nobody has to repeat it at the end. */
  readonly keepsEvents: boolean;
  /** Leaves the terminal as it was. May be called more than once. */
  close(): void;
}
