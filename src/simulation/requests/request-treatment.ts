import type { QueueingModel } from '../queueing/latency';

/** What happens to the requests that are sent to a task: served, refused because nothing listens, or held because it does not respond. */
export type RequestResult = 'served' | 'refused' | 'held';

/** What decides how many requests a task gets, and what becomes of them. */
export interface TreatmentFields {
  /** Whether the load balancer sends it new requests. */
  readonly isRouted: boolean;
  readonly requestResult: RequestResult;
  /** The speed of the task as a share of its normal speed. */
  readonly relativeSpeed: number;
  /** The share of its vCPUs that the task can use. */
  readonly cpuShare: number;
  /** Whether ECS has not begun to stop the task. */
  readonly isActive: boolean;
  /** Its weight in the target group, without a slow start; 0 if it gets no new requests. */
  readonly trafficShare: number;
  /** When its slow start began; undefined outside of slow start. */
  readonly slowStartedAtSeconds: number | undefined;
}

/** How the load balancer and the tasks treat requests: the same for all tasks that share it. */
export class RequestTreatment implements TreatmentFields {
  public readonly isRouted: boolean;
  public readonly requestResult: RequestResult;
  public readonly relativeSpeed: number;
  public readonly cpuShare: number;
  public readonly isActive: boolean;
  public readonly trafficShare: number;
  public readonly slowStartedAtSeconds: number | undefined;
  /** The weight of one of the tasks: below 1 in slow start or during a traffic shift. */
  public weight: number;
  /** The share of all requests that one of the tasks gets. */
  public shareOfTask = 0;

  /** @param queueingModel the model of one of the tasks; undefined if they do not serve. */
  public constructor(
    fields: TreatmentFields,
    public readonly queueingModel: QueueingModel | undefined,
  ) {
    this.isRouted = fields.isRouted;
    this.requestResult = fields.requestResult;
    this.relativeSpeed = fields.relativeSpeed;
    this.cpuShare = fields.cpuShare;
    this.isActive = fields.isActive;
    this.trafficShare = fields.trafficShare;
    this.slowStartedAtSeconds = fields.slowStartedAtSeconds;
    this.weight = fields.trafficShare;
  }

  public matches(other: TreatmentFields): boolean {
    return (
      this.isRouted === other.isRouted &&
      this.requestResult === other.requestResult &&
      this.relativeSpeed === other.relativeSpeed &&
      this.cpuShare === other.cpuShare &&
      this.isActive === other.isActive &&
      this.trafficShare === other.trafficShare &&
      this.slowStartedAtSeconds === other.slowStartedAtSeconds
    );
  }
}
