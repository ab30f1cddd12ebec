import type { EventDetails, OutcomeEvent, OutcomeEventKind } from '../run/outcome';
import type { Clock } from '../time/clock';

/** The events of a run: what happened to its tasks, and when. */
export class EventLog {
  public readonly entries: OutcomeEvent[] = [];

  /**
   * @param clock the clock of the scenario; without it, events are at second 0, until `startClock` is called.
   * @param onEvent called for each event.
   */
  public constructor(
    private clock?: Clock,
    private readonly onEvent: (event: OutcomeEvent) => void = () => {},
  ) {}

  /** From now on, events are at the seconds of this clock. */
  public startClock(clock: Clock): void {
    this.clock = clock;
  }

  public record(kind: OutcomeEventKind, description: string, details?: EventDetails): void {
    const event = { atSeconds: this.clock?.nowSeconds ?? 0, kind, description, ...details };
    this.entries.push(event);
    this.onEvent(event);
  }
}
