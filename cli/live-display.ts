import type { Activity } from '../src/scaling/activity';
import type { ClientReading } from '../src/scenario/client';
import { failedCount } from '../src/scenario/failures';
import type { Fault } from '../src/scenario/fault';
import type { TimelineRow } from '../src/scenario/outcome';
import type { Scenario } from '../src/scenario/scenario';
import { trafficSeconds } from '../src/scenario/traffic';
import type { LiveReading, LiveState, LiveTotals } from './live/live-state';
import { LiveView, type LiveViewOptions } from './live/live-view';
import { LiveTasks } from './live-tasks';
import type { RunningRehearsal } from './rehearsal/rehearsal';
import type { RehearsalDisplay } from './rehearsal-display';

/** Often enough to look alive. */
const REDRAW_MILLIS = 250;

/** What a second of the wall clock brought is shown, so that single requests do not make the numbers jump. */
const READING_MILLIS = 1000;

/** What a rehearsal is shown on. */
type LiveTerminal = Pick<LiveViewOptions, 'input' | 'output' | 'environment'>;

/** A rehearsal on a screen that is drawn again and again, with keys that let faults happen. */
export class LiveDisplay implements RehearsalDisplay {
  /** The screen is gone at the end, and what it showed with it. */
  public readonly keepsEvents = false;
  private readonly timeline: TimelineRow[] = [];
  private readonly activities: Activity[] = [];
  private readonly tasks: LiveTasks;
  private totals = { requests: 0, servedRequests: 0, failedRequests: 0 };
  private now: LiveReading = {};
  private readAtMillis = 0;
  private desiredCount: number;
  private readonly faultsByHand: Fault[] = [];
  private view?: LiveView;
  private timer?: NodeJS.Timeout;

  public constructor(
    private readonly scenario: Scenario,
    private readonly speed: number,
    private readonly terminal: LiveTerminal = { input: process.stdin, output: process.stdout, environment: process.env },
  ) {
    this.desiredCount = scenario.plan.policy.minCapacity;
    this.tasks = new LiveTasks(scenario.plan.task);
  }

  public onReady(rehearsal: RunningRehearsal): void {
    this.view = LiveView.start({
      ...this.terminal,
      onFault: (fault) => {
        rehearsal.befall(fault);
        this.faultsByHand.push(fault);
      },
      onQuit: () => rehearsal.end(),
    });
    this.timer = setInterval(() => this.draw(rehearsal), REDRAW_MILLIS);
  }

  public onRow(row: TimelineRow): void {
    this.timeline.push(row);
  }

  public onActivity(activity: Activity): void {
    this.activities.push(activity);
    this.desiredCount = activity.toCapacity;
  }

  public close(): void {
    clearInterval(this.timer);
    this.view?.close();
  }

  private draw(rehearsal: RunningRehearsal): void {
    if (performance.now() - this.readAtMillis >= READING_MILLIS) this.read(rehearsal);
    this.view?.update(this.stateOf(rehearsal));
  }

  private read({ client, fleet }: RunningRehearsal): void {
    this.readAtMillis = performance.now();
    const reading = client.takeReading();
    this.totals = {
      requests: this.totals.requests + reading.requests,
      servedRequests: this.totals.servedRequests + reading.servedRequests,
      failedRequests: this.totals.failedRequests + failedCount(reading.failures),
    };
    this.now = { ...liveReading(reading), ...this.tasks.read(fleet) };
  }

  private stateOf({ url, nowSeconds, fleet, events, notScaled, bounds, lastFailure }: RunningRehearsal): LiveState {
    const { plan, behavior, seed, traffic, faults = [] } = this.scenario;
    return {
      plan,
      behavior,
      seed,
      url,
      speed: this.speed,
      nowSeconds,
      totalSeconds: trafficSeconds(traffic),
      tasks: this.tasks.of(fleet),
      desiredCount: this.desiredCount,
      bounds,
      now: this.now,
      totals: { ...this.totals, lastFailure } satisfies LiveTotals,
      timeline: this.timeline,
      activities: this.activities,
      notScaled,
      events,
      faults: [...faults, ...this.faultsByHand],
    };
  }
}

function liveReading(reading: ClientReading): LiveReading {
  const { seconds, requests, askedRequests, servedRequests, failures, users, p50Millis, p95Millis } = reading;
  if (seconds === 0) return {};
  return {
    users,
    askedPerSecond: users === undefined && askedRequests !== undefined ? askedRequests / seconds : undefined,
    offeredPerSecond: requests / seconds,
    requestsPerSecond: servedRequests / seconds,
    failedRequests: failedCount(failures),
    p50Millis,
    p95Millis,
  };
}
