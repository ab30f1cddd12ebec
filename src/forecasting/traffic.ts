import type { Duration } from 'aws-cdk-lib';
import { InvalidInput } from '../plan/invalid-input';
import { parseK6 } from '../scenario/parse-k6';
import { parseLocust } from '../scenario/parse-locust';
import { parseTrace } from '../scenario/parse-trace';
import { parseTraffic } from '../scenario/parse-traffic';
import { seasonalTraffic } from '../scenario/seasonal-traffic';
import { type Traffic as ScenarioTraffic, type TrafficPhases, trafficInWords } from '../scenario/traffic';
import { trafficMistakes } from '../scenario/traffic-mistakes';
import { inSeconds } from './duration-in-seconds';
import type { K6Iteration } from './k6-iteration';
import { unknownMistakes } from './known-value';
import type { DailyTrafficOptions, WeeklyTrafficOptions } from './seasonal-traffic-options';
import { attempted, iterationOf, lengthOf, seasonOf, smallerOf } from './traffic-arguments';
import { type PhasesOfMoves, phasesOf, type TrafficMove } from './traffic-moves';

/**
 * What arrives at a service over time.
 *
 * Users are a closed load, as Locust and k6 make it: each waits for its answer, thinks, and asks again, so that a slow service
 * is asked less often. Requests per second are an open load: they arrive whether or not the ones before were answered.
 *
 * Traffic never changes: each method returns another one. What is wrong with it is said by the forecast that is asked to use it,
 * together with whatever else is wrong there.
 *
 * @example
 *
 * Traffic.users(30)
 *   .then(Traffic.rampUsers(120, Duration.minutes(5)))
 *   .hold(Duration.minutes(30))
 *   .withThinkTime(Duration.millis(1.5));
 */
export class Traffic {
  /**
   * So many users at once.
   *
   * @param count users, from 0 to 1,000,000.
   * @param duration for how long. Left out, this is only where what follows begins: a ramp, or `hold`.
   */
  public static users(count: number, duration?: Duration): Traffic {
    return Traffic.of({ kind: 'users', from: count, to: count, durationSeconds: lengthOf(duration) });
  }

  /**
   * Users that come, or go, evenly until there are so many.
   *
   * It begins with the users that the traffic before it ended with, and with none where nothing is before it.
   *
   * @param to users at the end, from 0 to 1,000,000.
   * @param duration how long it takes to get there.
   */
  public static rampUsers(to: number, duration: Duration): Traffic {
    return Traffic.of({ kind: 'users', to, durationSeconds: lengthOf(duration) });
  }

  /**
   * So many requests in every second, may be a fraction.
   *
   * @param rate requests per second, from 0 to 1,000,000.
   * @param duration for how long. Left out, this is only where what follows begins: a ramp, or `hold`.
   */
  public static requestsPerSecond(rate: number, duration?: Duration): Traffic {
    return Traffic.of({ kind: 'rps', from: rate, to: rate, durationSeconds: lengthOf(duration) });
  }

  /**
   * A rate that changes evenly until it is so high.
   *
   * It begins with the rate that the traffic before it ended with, and with 0 where nothing is before it.
   *
   * @param to requests per second at the end, from 0 to 1,000,000.
   * @param duration how long it takes to get there.
   */
  public static rampRequestsPerSecond(to: number, duration: Duration): Traffic {
    return Traffic.of({ kind: 'rps', to, durationSeconds: lengthOf(duration) });
  }

  /**
   * Traffic in the words that the command takes, such as `users 30 for 2m, users 30..120 think 1s for 5m, at most 3000 rps`.
   *
   * @param text phases parted by commas.
   */
  public static parse(text: string): Traffic {
    return Traffic.read(() => parseTraffic(text));
  }

  /**
   * The traffic of a k6 script, from its options: `stages`, `vus` with `duration`, or `scenarios`.
   *
   * @param options the options as JSON, as `k6 inspect` prints them.
   * @param iteration what a virtual user does; left out, it makes one request after the other.
   */
  public static fromK6(options: string, iteration: K6Iteration = {}): Traffic {
    return Traffic.read(() => parseK6(options, iterationOf(iteration)));
  }

  /**
   * The traffic of a Locust test: its users, spawn rate and run time, or the stages of a `LoadTestShape`, whose durations count from
   * the start of the test as they do there.
   *
   * @param test JSON such as `{"users": 50, "spawn_rate": 5, "run_time": "3m"}`, or a list of stages.
   * @param waitTime what `wait_time` comes to on average; left out, users do not wait.
   */
  public static fromLocust(test: string, waitTime?: Duration): Traffic {
    return Traffic.read(() => parseLocust(test, lengthOf(waitTime)));
  }

  /**
   * A recorded load: one line for each change, `t,rps`, where t is in seconds and grows. A header may stand before.
   *
   * A rate holds until the next line. The first line is where the traffic begins, whatever its time.
   *
   * @param csv the lines.
   */
  public static fromCsv(csv: string): Traffic {
    return Traffic.read(() => parseTrace(csv));
  }

  /**
   * Requests that swing with the hours of the day, as a cosine around their mean.
   *
   * The first day begins at midnight: see `startsAt` of the forecast where the hour matters to a schedule.
   */
  public static daily(options: DailyTrafficOptions): Traffic {
    return Traffic.read(() => seasonalTraffic({ ...seasonOf(options, 1), weekendShare: 1 }));
  }

  /**
   * Requests that swing with the hours of the day and are fewer, or more, at weekends. The first day is a Monday.
   */
  public static weekly(options: WeeklyTrafficOptions): Traffic {
    const weekendShare = (options.weekendPercent ?? 50) / 100;
    return Traffic.read(() => seasonalTraffic({ ...seasonOf(options, 7), weekendShare }));
  }

  private static of(move: TrafficMove): Traffic {
    const unknown = unknownMistakes(move.kind === 'users' ? 'users' : 'requests per second', move.to ?? 0);
    return new Traffic([move], undefined, unknown);
  }

  private static read(reader: () => ScenarioTraffic): Traffic {
    const { traffic, mistakes } = attempted(reader);
    return new Traffic(traffic.phases, traffic.clientLimitRequestsPerSecond, mistakes);
  }

  private constructor(
    private readonly moves: readonly TrafficMove[] | TrafficPhases,
    private readonly limit: number | undefined,
    private readonly unread: readonly string[],
  ) {}

  /**
   * This traffic, and then another. A ramp goes on from where this one ends.
   *
   * The client limits of both hold for the whole: the smaller one counts.
   *
   * @param next what comes after it.
   */
  // biome-ignore lint/suspicious/noThenProperty: it reads as it is meant; what awaits it is told so below.
  public then(next: Traffic): Traffic {
    // a promise takes whatever has a method of this name for another promise, and would wait for ever.
    if (!(next instanceof Traffic))
      throw new InvalidInput(['then must be given Traffic, got something else: traffic is no promise to await']);
    return new Traffic([...this.moves, ...next.moves], smallerOf(this.limit, next.limit), [...this.unread, ...next.unread]);
  }

  /**
   * This traffic, which then stays as it is in the end.
   *
   * @param duration for how long.
   */
  public hold(duration: Duration): Traffic {
    return this.then(Traffic.of({ durationSeconds: lengthOf(duration) }));
  }

  /**
   * This traffic, so many times in a row.
   *
   * @param times a whole number from 1 to 10,000.
   */
  public repeat(times: number): Traffic {
    const isCount = Number.isInteger(times) && times >= 1 && times <= 10_000;
    const mistakes = isCount ? [] : [`repeat must be given a whole number from 1 to 10000, got ${times}`];
    const moves = Array.from({ length: isCount ? times : 1 }, () => [...this.moves]).flat();
    return new Traffic(moves, this.limit, [...this.unread, ...mistakes]);
  }

  /**
   * The same traffic, its users waiting between an answer and the next request.
   *
   * Without it they ask again at once. Requests per second do not wait, and are left as they are.
   *
   * @param thinkTime the time between an answer and the next request, may be a fraction of a millisecond.
   */
  public withThinkTime(thinkTime: Duration): Traffic {
    const thinkSeconds = inSeconds(thinkTime);
    const moves = [...this.moves].map((move) => ({ ...move, thinkSeconds }));
    return new Traffic(moves, this.limit, this.unread);
  }

  /**
   * The same traffic from a client that can make only so many requests, whatever its users want. Load generators have such a
   * limit, and what they measure beyond it is themselves.
   *
   * @param requestsPerSecond above 0, at most 1,000,000.
   */
  public atMost(requestsPerSecond: number): Traffic {
    return new Traffic(this.moves, requestsPerSecond, [
      ...this.unread,
      ...unknownMistakes('the most requests per second', requestsPerSecond),
    ]);
  }

  /**
   * The traffic in the words that `Traffic.parse` reads.
   */
  public toString(): string {
    return trafficInWords(this._traffic());
  }

  /**
   * The traffic as a scenario has it.
   *
   * @internal
   */
  public _traffic(): ScenarioTraffic {
    const phases = this.phases.phases;
    return this.limit === undefined ? { phases } : { phases, clientLimitRequestsPerSecond: this.limit };
  }

  /**
   * One sentence for each part of it that no scenario can have.
   *
   * @internal
   */
  public _mistakes(): string[] {
    // what did not read has no phases, and that is not another mistake.
    return this.unread.length > 0 ? [...this.unread] : [...this.phases.mistakes, ...trafficMistakes(this._traffic())];
  }

  /** A trace is left as it was read: as moves it would take much more memory. */
  private get phases(): PhasesOfMoves {
    return Array.isArray(this.moves) ? phasesOf(this.moves) : { phases: this.moves as TrafficPhases, mistakes: [] };
  }
}
