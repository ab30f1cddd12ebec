import type { Client } from '../../src/scenario/client';
import { failedCount } from '../../src/scenario/failures';

/** Counts the answers that a client has got from one moment on. */
export class AnswersSeen {
  public count = 0;
  public failedCount = 0;
  private latencySeconds = 0;
  private readonly sinceMillis = performance.now();

  /** @param client read by nobody else. */
  public constructor(private readonly client: Client) {
    client.takeReading();
  }

  /** Looks again, and says whether there was an answer since the last look. */
  public look(): boolean {
    const reading = this.client.takeReading();
    this.count += reading.servedRequests;
    this.failedCount += failedCount(reading.failures);
    this.latencySeconds += reading.latencySeconds;
    return reading.servedRequests > 0;
  }

  public get seconds(): number {
    return (performance.now() - this.sinceMillis) / 1000;
  }

  public get meanLatencySeconds(): number {
    return this.count === 0 ? 0 : this.latencySeconds / this.count;
  }
}
