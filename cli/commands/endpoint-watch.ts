import { once } from 'node:events';
import { connect } from 'node:net';
import { InputError } from '../../src/parse/input-error';

const INTERVAL_MILLIS = 1000;

/** Connections that fail one after the other until an endpoint has ended. */
const MAX_FAILURES = 3;

/** Watches an endpoint on this machine, such as an emulation of AWS: without it, the `cdk` command waits for a stack without an end. */
export class EndpointWatch {
  /** Rejects with an InputError when the endpoint accepts no more connections. */
  public readonly ended: Promise<never>;
  public hasEnded = false;
  private timer?: NodeJS.Timeout;
  private failures = 0;

  /** @param url of the endpoint; undefined for AWS itself, which does not end. */
  public constructor(private readonly url: string | undefined) {
    const isHere = url !== undefined && /^https?:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url);
    this.ended = new Promise<never>((_, reject) => {
      if (isHere) this.timer = setInterval(() => void this.check(new URL(url), reject), INTERVAL_MILLIS);
    });
    // a test case races against it; without one, it must not count as an unhandled rejection.
    this.ended.catch(() => {});
  }

  public stop(): void {
    clearInterval(this.timer);
  }

  private async check({ hostname, port }: URL, reject: (reason: InputError) => void): Promise<void> {
    this.failures = (await accepts(hostname, Number(port) || 80)) ? 0 : this.failures + 1;
    if (this.failures < MAX_FAILURES) return;
    this.stop();
    this.hasEnded = true;
    reject(
      new InputError([`the endpoint ${this.url} has ended, and with it what was deployed to it: start it again, and run the test again`]),
    );
  }
}

async function accepts(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return true;
  } catch (error) {
    // a busy endpoint may be late; one that has ended refuses.
    return (error as NodeJS.ErrnoException).code !== 'ECONNREFUSED';
  } finally {
    socket.destroy();
  }
}
