import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Histogram } from './histogram.js';
import type { MetricSource } from './metrics.js';

const NAME = 'http_request_duration_seconds';
const BOUNDS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const STARTED = Symbol('when the request began');

interface RequestMessage {
  readonly server: Server;
  readonly request: IncomingMessage & { [STARTED]?: number };
  readonly response: ServerResponse;
}

/**
 * Request durations, by route and status class.
 *
 * It subscribes to the diagnostics channels of Node's server: a hook of Fastify would cost each request two listeners.
 */
export class RequestMetrics implements MetricSource {
  /** By path, then by the first digit of the status. */
  private readonly histograms = new Map<string, Histogram[]>();

  /** `routes` are the only paths that get a label of their own: paths that clients invent must not fill the memory. */
  constructor(
    private readonly server: Server,
    private readonly routes: ReadonlySet<string>,
  ) {
    subscribe('http.server.request.start', this.begin);
    subscribe('http.server.response.finish', this.finish);
  }

  close(): void {
    unsubscribe('http.server.request.start', this.begin);
    unsubscribe('http.server.response.finish', this.finish);
  }

  lines(): string[] {
    const lines = [...this.histograms].flatMap(([route, histograms]) =>
      // only the status classes that have occurred.
      Object.entries(histograms).flatMap(([kind, histogram]) => histogram.lines(NAME, `route="${route}",status="${kind}xx"`)),
    );
    return [`# HELP ${NAME} Time from the headers of a request to the end of its response.`, `# TYPE ${NAME} histogram`, ...lines];
  }

  private readonly begin = (message: unknown): void => {
    const { server, request } = message as RequestMessage;
    if (server === this.server) request[STARTED] = performance.now();
  };

  private readonly finish = (message: unknown): void => {
    const { server, request, response } = message as RequestMessage;
    if (server !== this.server || request[STARTED] === undefined) return;
    this.histogram(request.url ?? '', response.statusCode).observe((performance.now() - request[STARTED]) / 1000);
  };

  private histogram(url: string, status: number): Histogram {
    const end = url.indexOf('?');
    const path = end < 0 ? url : url.slice(0, end);
    const histograms = this.histograms.get(path) ?? this.histogramsOf(this.routes.has(path) ? path : 'other');
    histograms[Math.floor(status / 100)] ??= new Histogram(BOUNDS_SECONDS);
    return histograms[Math.floor(status / 100)];
  }

  private histogramsOf(route: string): Histogram[] {
    const histograms = this.histograms.get(route) ?? [];
    this.histograms.set(route, histograms);
    return histograms;
  }
}
