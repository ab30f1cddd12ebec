import type { Duration } from 'aws-cdk-lib';
import { parseK6 } from '../traffic/k6';
import { parseLocust } from '../traffic/locust';
import { parseTrace } from '../traffic/recorded/recorded-csv';
import { seasonalTraffic } from '../traffic/seasonal-traffic';
import { trafficFormatOf } from '../traffic/traffic-formats';
import { parseTraffic } from '../traffic/traffic-grammar';
import { formatTraffic, type Traffic as ScenarioTraffic, type TrafficPhases } from '../traffic/traffic-phases';
import { trafficErrors } from '../traffic/traffic-validation';
import { ANY_NUMBER, checkTypes, DURATION, inSeconds, JSON_TEXT, NUMBER, optional, optionsOf, STRING, TRAFFIC } from './argument-types';
import { joinDetails, type TrafficDetails, trafficWith } from './traffic-details';
import type { K6Iteration, SeasonalTrafficOptions } from './traffic-options';
import {
  iterationOf,
  K6_ITERATION,
  knownNumber,
  SEASONAL_TRAFFIC_OPTIONS,
  seasonalLoadOf,
  secondsOrZero,
  tryRead,
} from './traffic-options';
import { joinedPhases, partsWith, type TrafficPart } from './traffic-parts';

/**
 * The load of a service over time.
 *
 * Users are a closed load as in Locust and k6: each sends a request, waits for the response and the think time, and repeats. Requests
 * per second are an open load: they arrive at any latency.
 *
 * Traffic is immutable: each method returns new traffic. The forecast reports its errors together with all others.
 *
 * @example
 *
 * Traffic.users(30)
 *   .followedBy(Traffic.rampUsers(120, Duration.minutes(5)))
 *   .hold(Duration.minutes(30))
 *   .withThinkTime(Duration.millis(1.5));
 */
export class Traffic {
  /**
   * A constant number of users.
   *
   * @param count users, from 0 to 1,000,000.
   * @param duration how long; without it, only the start of a following ramp or `hold`.
   */
  public static users(count: number, duration?: Duration): Traffic {
    checkTypes('Traffic.users', { count, duration }, { count: ANY_NUMBER, duration: optional(DURATION) });
    return Traffic.of({ kind: 'users', from: count, to: count, durationSeconds: secondsOrZero(duration) });
  }

  /**
   * A linear ramp of users from the end of the traffic before it, or from 0.
   *
   * @param to users at the end, from 0 to 1,000,000.
   * @param duration how long the ramp takes.
   */
  public static rampUsers(to: number, duration: Duration): Traffic {
    checkTypes('Traffic.rampUsers', { to, duration }, { to: ANY_NUMBER, duration: DURATION });
    return Traffic.of({ kind: 'users', to, durationSeconds: secondsOrZero(duration) });
  }

  /**
   * A constant rate of requests; can be a fraction.
   *
   * @param rate requests per second, from 0 to 1,000,000.
   * @param duration how long; without it, only the start of a following ramp or `hold`.
   */
  public static requestsPerSecond(rate: number, duration?: Duration): Traffic {
    checkTypes('Traffic.requestsPerSecond', { rate, duration }, { rate: ANY_NUMBER, duration: optional(DURATION) });
    return Traffic.of({ kind: 'rps', from: rate, to: rate, durationSeconds: secondsOrZero(duration) });
  }

  /**
   * A linear ramp of the rate from the end of the traffic before it, or from 0.
   *
   * @param to requests per second at the end, from 0 to 1,000,000.
   * @param duration how long the ramp takes.
   */
  public static rampRequestsPerSecond(to: number, duration: Duration): Traffic {
    checkTypes('Traffic.rampRequestsPerSecond', { to, duration }, { to: ANY_NUMBER, duration: DURATION });
    return Traffic.of({ kind: 'rps', to, durationSeconds: secondsOrZero(duration) });
  }

  /**
   * Traffic in the grammar of `--traffic`, such as `users 30 for 2m, users 30..120 think 1s for 5m, at most 3000 rps`; or the text of a
   * file in a format that needs no other file: k6 options or a Locust test as JSON, a metric of CloudWatch or Prometheus, a recording as CSV.
   *
   * @param text phases separated by commas, or the text of a file.
   * @param iteration of a virtual user, for k6 and Locust; without it, one request after the other.
   */
  public static parse(text: string, iteration: K6Iteration = {}): Traffic {
    checkTypes('Traffic.parse', { text, iteration }, { text: STRING, iteration: optionsOf(K6_ITERATION) });
    return Traffic.read(() => trafficFormatOf(text)?.parse(text, iterationOf(iteration)) ?? parseTraffic(text));
  }

  /**
   * The traffic of a k6 script, from its options: `stages`, `vus` with `duration`, or `scenarios`.
   *
   * @param options the options as JSON, as `k6 inspect` prints them.
   * @param iteration of a virtual user; without it, one request after the other.
   */
  public static fromK6(options: string, iteration: K6Iteration = {}): Traffic {
    checkTypes('Traffic.fromK6', { options, iteration }, { options: JSON_TEXT, iteration: optionsOf(K6_ITERATION) });
    return Traffic.read(() => parseK6(options, iterationOf(iteration)));
  }

  /**
   * The traffic of a Locust test: its users, spawn rate and run time, or the stages of a `LoadTestShape`, whose durations count from
   * the start of the test as they do there.
   *
   * @param test JSON such as `{"users": 50, "spawn_rate": 5, "run_time": "3m"}`, or a list of stages.
   * @param waitTime the average of `wait_time`; without it, users do not wait.
   */
  public static fromLocust(test: string, waitTime?: Duration): Traffic {
    checkTypes('Traffic.fromLocust', { test, waitTime }, { test: JSON_TEXT, waitTime: optional(DURATION) });
    return Traffic.read(() => parseLocust(test, { thinkSeconds: waitTime === undefined ? undefined : inSeconds(waitTime) }));
  }

  /**
   * A recording: lines of `t,rps`, after an optional header that says what the columns are: times as seconds, milliseconds or dates,
   * and requests per second, a count for each row, or users. A rate lasts until the next line.
   *
   * @param csv the lines, in any order; the traffic begins at the first time.
   */
  public static fromCsv(csv: string): Traffic {
    checkTypes('Traffic.fromCsv', { csv }, { csv: STRING });
    return Traffic.read(() => parseTrace(csv));
  }

  /**
   * Requests that follow the hours of the day, as a cosine around their mean, from a Monday at midnight.
   */
  public static daily(options: SeasonalTrafficOptions): Traffic {
    checkTypes('Traffic.daily', options, SEASONAL_TRAFFIC_OPTIONS);
    return Traffic.read(() => seasonalTraffic(seasonalLoadOf(options, 1, 100)));
  }

  /**
   * Requests that follow the hours of the day and the days of the week, from Monday.
   */
  public static weekly(options: SeasonalTrafficOptions): Traffic {
    checkTypes('Traffic.weekly', options, SEASONAL_TRAFFIC_OPTIONS);
    return Traffic.read(() => seasonalTraffic(seasonalLoadOf(options, 7, 50)));
  }

  private static of(part: TrafficPart): Traffic {
    const { known: to, errors } = knownNumber(part.kind === 'users' ? 'users' : 'requests per second', part.to);
    return new Traffic([errors.length === 0 ? part : { ...part, from: 0, to: to ?? 0 }], { errors });
  }

  private static read(reader: () => ScenarioTraffic): Traffic {
    const { traffic, errors } = tryRead(reader);
    return new Traffic(traffic.phases, { limit: traffic.clientLimitRequestsPerSecond, errors, remarks: traffic.remarks });
  }

  private constructor(
    private readonly parts: readonly TrafficPart[] | TrafficPhases,
    private readonly details: TrafficDetails,
  ) {}

  /**
   * This traffic followed by other traffic. The smaller client limit of both applies to the whole.
   *
   * @param next the traffic after it.
   */
  public followedBy(next: Traffic): Traffic {
    checkTypes('followedBy', { next }, { next: TRAFFIC });
    return new Traffic([...this.parts, ...next.parts], joinDetails(this.details, next.details));
  }

  /**
   * This traffic, then constant at its last value.
   *
   * @param duration how long.
   */
  public hold(duration: Duration): Traffic {
    checkTypes('hold', { duration }, { duration: DURATION });
    return this.followedBy(Traffic.of({ durationSeconds: secondsOrZero(duration) }));
  }

  /**
   * This traffic repeated.
   *
   * @param times a whole number from 1 to 10,000.
   */
  public repeat(times: number): Traffic {
    checkTypes('repeat', { times }, { times: NUMBER });
    const isCount = Number.isInteger(times) && times >= 1 && times <= 10_000;
    const errors = isCount ? [] : [`repeat must be given a whole number from 1 to 10000, got ${times}`];
    const parts = Array.from({ length: isCount ? times : 1 }, () => [...this.parts]).flat();
    return new Traffic(parts, { ...this.details, errors: [...this.details.errors, ...errors] });
  }

  /**
   * This traffic with users that wait between a response and the next request. Requests per second do not change.
   *
   * @param thinkTime the time between a response and the next request; can be a fraction of a millisecond.
   */
  public withThinkTime(thinkTime: Duration): Traffic {
    checkTypes('withThinkTime', { thinkTime }, { thinkTime: DURATION });
    return new Traffic(partsWith(this.parts, { thinkSeconds: inSeconds(thinkTime) }), this.details);
  }

  /**
   * This traffic with users whose requests are at least so far apart, as with `constant_pacing` of Locust: a user whose response comes
   * sooner waits for the rest. Requests per second do not change.
   *
   * @param pacing from a request to the next one; can be a fraction of a millisecond.
   */
  public withPacing(pacing: Duration): Traffic {
    checkTypes('withPacing', { pacing }, { pacing: DURATION });
    return new Traffic(partsWith(this.parts, { pacingSeconds: inSeconds(pacing) }), this.details);
  }

  /**
   * This traffic from a client that is limited to a rate, as a load generator is.
   *
   * @param requestsPerSecond above 0, at most 1,000,000.
   */
  public atMost(requestsPerSecond: number): Traffic {
    checkTypes('atMost', { requestsPerSecond }, { requestsPerSecond: ANY_NUMBER });
    const { known, errors } = knownNumber('the client limit', requestsPerSecond);
    return new Traffic(this.parts, { ...this.details, limit: known, errors: [...this.details.errors, ...errors] });
  }

  /**
   * The traffic in the grammar of `Traffic.parse`.
   */
  public toString(): string {
    return formatTraffic(this._traffic());
  }

  /**
   * @internal
   */
  public _traffic(): ScenarioTraffic {
    return trafficWith(joinedPhases(this.parts).phases, this.details);
  }

  /**
   * @internal
   */
  public _errors(): string[] {
    // text that could not be read has no phases, which is not another error.
    const { errors } = this.details;
    return errors.length > 0 ? [...errors] : [...joinedPhases(this.parts).errors, ...trafficErrors(this._traffic())];
  }
}
