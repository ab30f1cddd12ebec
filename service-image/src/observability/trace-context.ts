import type { IncomingHttpHeaders } from 'node:http';

/** The trace of a request, as its sender states it. */
export interface TraceContext {
  readonly traceId: string;

  /** The span of the sender, where it is known. */
  readonly spanId?: string;

  /** Whether the trace is to be kept, where the sender has decided. */
  readonly isSampled?: boolean;
}

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(?:-|$)/;
const XRAY_ROOT = /(?:^|;)\s*(?:Root|Self)=1-([\da-f]{8})-([\da-f]{24})/i;
const XRAY_PARENT = /(?:^|;)\s*Parent=([\da-f]{16})/i;
const XRAY_SAMPLED = /(?:^|;)\s*Sampled=([01])/i;

/** Reads W3C `traceparent`, or what an Application Load Balancer adds; the former knows more, and a client may send both. */
export function traceContext(headers: IncomingHttpHeaders): TraceContext | undefined {
  return fromTraceparent(headers['traceparent']) ?? fromXRay(headers['x-amzn-trace-id']);
}

function fromTraceparent(header: unknown): TraceContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(String(header)) ?? [];
  return traceId === undefined ? undefined : { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** The root of an X-Ray trace is the same 32 digits in two parts. */
function fromXRay(header: unknown): TraceContext | undefined {
  const text = String(header);
  const [, time, rest] = XRAY_ROOT.exec(text) ?? [];
  if (time === undefined) return undefined;
  const sampled = XRAY_SAMPLED.exec(text)?.[1];
  return {
    traceId: `${time}${rest}`.toLowerCase(),
    spanId: XRAY_PARENT.exec(text)?.[1]?.toLowerCase(),
    isSampled: sampled === undefined ? undefined : sampled === '1',
  };
}
