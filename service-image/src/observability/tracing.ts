import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { traceContext } from './trace-context.js';

/** Where traces go. */
export interface TracingSettings {
  /** The base of the collector's address, to which `/v1/traces` is added. */
  readonly endpoint: string;
  readonly serviceName: string;

  /** The share of traces to keep that begin here, from 0 to 1; for others the sender has decided. */
  readonly ratio: number;
}

/** Traces requests and sends the traces over OTLP. */
export interface Tracing {
  watch(app: FastifyInstance): void;
}

/** A load balancer names a trace but no span in it. */
const UNSEEN_SPAN = '0000000000000001';

/** Loaded only where traces are wanted: the libraries behind it would double the time of every start. */
export function startTracing({ endpoint, serviceName, ratio }: TracingSettings): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  const root = new TraceIdRatioBasedSampler(ratio);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  return { watch: (app) => watch(app, provider, root) };
}

function watch(app: FastifyInstance, provider: BasicTracerProvider, root: TraceIdRatioBasedSampler): void {
  const tracer = provider.getTracer('search-service');
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', (request, _reply, done) => {
    const attributes = { 'http.request.method': request.method, 'url.path': request.url.split('?')[0] };
    const name = `${request.method} ${request.routeOptions.url ?? ''}`.trim();
    spans.set(request, tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parentOf(request, root)));
    done();
  });
  app.addHook('onResponse', (request, { statusCode }, done) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
  // the last spans are sent before the process exits.
  app.addHook('onClose', () => provider.shutdown());
}

function parentOf({ headers }: FastifyRequest, root: TraceIdRatioBasedSampler): Context {
  const sender = traceContext(headers);
  if (sender === undefined) return ROOT_CONTEXT;
  const { traceId, spanId = UNSEEN_SPAN } = sender;
  const isSampled = sender.isSampled ?? root.shouldSample(ROOT_CONTEXT, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
