import type { EventDetails, OutcomeEvent, OutcomeEventKind } from '../../../src/scenario/outcome';
import type { Time } from '../../../src/time/time';

/** What befell the tasks of a rehearsal. What comes before its traffic has come at its start. */
export class EventLog {
  public readonly entries: OutcomeEvent[] = [];
  private time?: Time;

  /** @param onEvent told of each event. */
  public constructor(private readonly onEvent: (event: OutcomeEvent) => void) {}

  /** From now on, events come at the seconds of this clock. */
  public startClock(time: Time): void {
    this.time = time;
  }

  public note(kind: OutcomeEventKind, description: string, details?: EventDetails): void {
    const event = { atSeconds: this.time?.nowSeconds ?? 0, kind, description, ...details };
    this.entries.push(event);
    this.onEvent(event);
  }
}
