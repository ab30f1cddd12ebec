import type { RehearsalObserver, RunningRehearsal } from '../../rehearsal/rehearsal';
import type { Fault } from '../../src/faults/fault-kinds';
import { startCountOf } from '../../src/plan/service-plan';
import type { ClientMeasurements } from '../../src/run/client';
import { failedCount } from '../../src/run/failures';
import type { TimelineRow } from '../../src/run/outcome';
import type { Scenario } from '../../src/run/scenario';
import type { Activity } from '../../src/scaling/activity';
import { trafficSeconds } from '../../src/traffic/traffic-phases';
import type { LiveState, LiveTotals, LiveValues } from '../live-view/live-state';
import { LiveView, type LiveViewOptions } from '../live-view/live-view';
import { TaskSampler } from './task-sampler';

/** The interval of frames. */
const REDRAW_MILLIS = 250;

/** The interval at which values are sampled: long enough to average over many requests. */
const SAMPLE_MILLIS = 1000;

/** The terminal of a display. */
type LiveTerminal = Pick<LiveViewOptions, 'input' | 'output' | 'environment'>;

/** Shows a rehearsal in the live view, with keys for faults. */
export class LiveDisplay implements RehearsalDisplay {
  /** False: events are shown on the alternate screen, whose content is lost at the end. */
  public readonly hasPrintedEvents = false;
  private readonly timeline: TimelineRow[] = [];
  private readonly activities: Activity[] = [];
  private readonly tasks: TaskSampler;
  private totals = { requests: 0, servedRequests: 0, failedRequests: 0 };
  private latestValues: LiveValues = {};
  private sampledAtMillis = 0;
  private desiredCount: number;
  private readonly manualFaults: Fault[] = [];
  private view?: LiveView;
  private timer?: NodeJS.Timeout;

  public constructor(
    private readonly scenario: Scenario,
    private readonly speed: number,
    private readonly terminal: LiveTerminal = { input: process.stdin, output: process.stdout, environment: process.env },
  ) {
    this.desiredCount = startCountOf(scenario.plan);
    this.tasks = new TaskSampler(scenario.plan.task, scenario.behavior);
  }

  public onReady(rehearsal: RunningRehearsal): void {
    this.view = LiveView.start({
      ...this.terminal,
      onFault: (fault) => {
        rehearsal.inject(fault);
        this.manualFaults.push(fault);
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
    if (performance.now() - this.sampledAtMillis >= SAMPLE_MILLIS) this.sample(rehearsal);
    this.view?.update(this.stateOf(rehearsal));
  }

  private sample({ client, fleet }: RunningRehearsal): void {
    this.sampledAtMillis = performance.now();
    const reading = client.takeMeasurements();
    this.totals = {
      requests: this.totals.requests + reading.requests,
      servedRequests: this.totals.servedRequests + reading.servedRequests,
      failedRequests: this.totals.failedRequests + failedCount(reading.failures),
    };
    this.latestValues = { ...liveValuesOf(reading), ...this.tasks.sample(fleet) };
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
      tasks: this.tasks.tasksOf(fleet),
      desiredCount: this.desiredCount,
      bounds,
      latestValues: this.latestValues,
      totals: { ...this.totals, lastFailure } satisfies LiveTotals,
      timeline: this.timeline,
      activities: this.activities,
      notScaled,
      events,
      faults: [...faults, ...this.manualFaults],
    };
  }
}

function liveValuesOf(reading: ClientMeasurements): LiveValues {
  const { seconds, requests, requiredRequests, servedRequests, failures, users, p50Millis, p95Millis, p99Millis } = reading;
  if (seconds === 0) return {};
  return {
    users,
    scenarioRequestsPerSecond: users === undefined && requiredRequests !== undefined ? requiredRequests / seconds : undefined,
    sentRequestsPerSecond: requests / seconds,
    servedRequestsPerSecond: servedRequests / seconds,
    failedRequests: failedCount(failures) / seconds,
    p50Millis,
    p95Millis,
    p99Millis,
  };
}

/** Shows a rehearsal while it runs. */
export interface RehearsalDisplay extends RehearsalObserver {
  /** Whether the events were printed, so that they need not be repeated at the end. */
  readonly hasPrintedEvents: boolean;
  /** Restores the terminal. Can be called more than once. */
  close(): void;
}
