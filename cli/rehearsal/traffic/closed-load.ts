import { REFUSED_PAUSE_SECONDS } from '../../../src/scenario/traffic';
import type { Asker } from './asker';
import { RequestLimit } from './request-limit';

/** The golden ratio: its multiples, without what is before the point, spread any number of users evenly. */
const SPREAD = (Math.sqrt(5) - 1) / 2;

/** What the users of one load share. */
class Habits {
  public thinkSeconds = 0;
  public readonly limit = new RequestLimit();

  public constructor(
    public readonly asker: Asker,
    public readonly paths: readonly string[],
  ) {}
}

/** Users that each wait for their answer, think, and ask again. */
export class ClosedLoad {
  private readonly habits: Habits;
  private readonly users: User[] = [];

  public constructor(asker: Asker, paths: readonly string[]) {
    this.habits = new Habits(asker, paths);
  }

  /** Sets how many users there are. Those that are too many leave when they have their answer. */
  public set(users: { readonly count: number; readonly thinkSeconds: number; readonly limitRequestsPerSecond?: number }): void {
    this.habits.thinkSeconds = users.thinkSeconds;
    this.habits.limit.set(users.limitRequestsPerSecond);
    while (this.users.length > users.count) this.users.pop()!.leave();
    while (this.users.length < users.count) this.users.push(new User(this.habits, this.users.length));
  }
}

/** One user, who begins somewhere in the middle of thinking, so that users who come together do not ask in step. */
class User {
  private timer?: NodeJS.Timeout;
  private isGone = false;

  public constructor(
    private readonly habits: Habits,
    private turn: number,
  ) {
    this.think(habits.thinkSeconds * ((turn * SPREAD) % 1));
  }

  public leave(): void {
    this.isGone = true;
    clearTimeout(this.timer);
  }

  private think(seconds: number): void {
    if (this.isGone) return;
    if (seconds === 0) {
      this.queue();
      return;
    }
    const dueMillis = performance.now() + seconds * 1000;
    this.timer = setTimeout(() => {
      this.habits.asker.record.late((performance.now() - dueMillis) / 1000);
      this.queue();
    }, seconds * 1000);
  }

  private queue(): void {
    this.habits.limit.pass(() => this.ask());
  }

  private ask(): boolean {
    if (this.isGone) return false;
    const { asker, paths, thinkSeconds } = this.habits;
    asker.ask({
      path: paths[this.turn++ % paths.length]!,
      sinceMillis: performance.now(),
      onOver: (isAnswered) => this.think(isAnswered ? thinkSeconds : thinkSeconds + REFUSED_PAUSE_SECONDS),
    });
    return true;
  }
}
