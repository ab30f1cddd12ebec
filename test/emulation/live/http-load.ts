import { Agent, get } from 'node:http';

/** Requests that are sent at a rate, over connections that stay open, and what became of them. */
export class HttpLoad {
  public served = 0;
  /** The statuses other than 200, and the errors of connections. */
  public readonly failures: string[] = [];
  public readonly bodies = new Set<string>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly timer: NodeJS.Timeout;
  private requestsPerSecond: number;
  private due = 0;

  public constructor(
    private readonly hostAndPort: string,
    requestsPerSecond: number,
  ) {
    this.requestsPerSecond = requestsPerSecond;
    this.timer = setInterval(() => this.sendDue(), 1000 / TICKS_PER_SECOND);
  }

  public setRate(requestsPerSecond: number): void {
    this.requestsPerSecond = requestsPerSecond;
  }

  public stop(): void {
    clearInterval(this.timer);
    this.agent.destroy();
  }

  private sendDue(): void {
    for (this.due += this.requestsPerSecond / TICKS_PER_SECOND; this.due >= 1; this.due--) this.send();
  }

  private send(): void {
    get(`http://${this.hostAndPort}/`, { agent: this.agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => {
        if (response.statusCode === 200) this.served += 1;
        else this.failures.push(String(response.statusCode));
        this.bodies.add(body);
      });
    }).on('error', ({ message }) => this.failures.push(message));
  }
}

const TICKS_PER_SECOND = 50;
