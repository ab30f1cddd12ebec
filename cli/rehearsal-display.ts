import type { RehearsalObserver } from './rehearsal/rehearsal';

/** What shows a rehearsal while it goes on. */
export interface RehearsalDisplay extends RehearsalObserver {
  /** Leaves the terminal as it was. May be called more than once. */
  close(): void;
}
