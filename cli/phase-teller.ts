import { ProgressPace } from './progress-pace';
import type { Phase } from './rehearsal/phase';

/** What takes longer may be wrong. */
const HINT_SECONDS = 10;

/** How often is looked whether something else is waited for. */
const LOOK_MILLIS = 500;

/** Says from time to time what is being waited for, and once what is probably wrong where that takes long. */
export class PhaseTeller {
  private look?: () => Phase;
  private phase?: Phase;
  private pace = new ProgressPace();
  private isHinted = false;
  private isClosed = false;
  private readonly timer = setInterval(() => this.tell(), LOOK_MILLIS);

  /** @param say says one line. Call `close` when done. */
  public constructor(private readonly say: (text: string) => void) {}

  /** From now on this is waited for. */
  public enter(look: () => Phase): void {
    // work that was given up may still go on for a moment.
    if (this.isClosed) return;
    this.look = look;
    this.tell();
  }

  public close(): void {
    clearInterval(this.timer);
    this.isClosed = true;
  }

  private tell(): void {
    const phase = this.look?.();
    if (phase === undefined) return;
    if (phase.name !== this.phase?.name) this.begin(phase);
    this.phase = phase;
    const isHintDue = !this.isHinted && phase.hint !== undefined && this.pace.seconds >= HINT_SECONDS;
    if (!this.pace.isDue && !isHintDue) return;
    this.say(wordsFor(phase, this.pace.seconds));
    this.pace.told();
    if (!isHintDue) return;
    this.isHinted = true;
    this.say(`${phase.hint} (Ctrl-C ends this)`);
  }

  private begin({ name, isNews = false }: Phase): void {
    this.pace = new ProgressPace();
    this.isHinted = false;
    if (isNews) this.say(name);
  }
}

function wordsFor({ name, soFar }: Phase, seconds: number): string {
  return [name, ...(soFar === undefined ? [] : [soFar]), `${Math.round(seconds)} s`].join(', ');
}
