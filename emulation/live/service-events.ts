/** An event of a service, as `DescribeServices` returns it. */
export interface ServiceEvent {
  readonly createdAt: Date;
  readonly message: string;
}

/** ECS returns the last events of a service only. */
const MAX_EVENTS = 100;

/** The events of a live service. */
export class ServiceEvents {
  /** The newest first. */
  public readonly all: ServiceEvent[] = [];

  /** @param onEvent called with the text of each event. */
  public constructor(
    private readonly serviceName: string,
    private readonly onEvent: (text: string) => void,
  ) {}

  public add(text: string): void {
    this.all.unshift({ createdAt: new Date(), message: `(service ${this.serviceName}) ${text}` });
    this.all.length = Math.min(this.all.length, MAX_EVENTS);
    this.onEvent(text);
  }
}
