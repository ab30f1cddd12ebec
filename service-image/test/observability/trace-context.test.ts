import { expect, test } from 'vitest';
import { traceContext } from '../../src/observability/trace-context.js';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

test.each([
  [{ traceparent: `00-${ID}-${SPAN}-01` }, { traceId: ID, spanId: SPAN, isSampled: true }],
  [{ traceparent: `00-${ID}-${SPAN}-00` }, { traceId: ID, spanId: SPAN, isSampled: false }],
  [{ traceparent: `cc-${ID}-${SPAN}-01-later` }, { traceId: ID, spanId: SPAN, isSampled: true }],
  [{ 'x-amzn-trace-id': `Root=1-4bf92f35-77b34da6a3ce929d0e0e4736` }, { traceId: ID }],
  [
    { 'x-amzn-trace-id': `Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=${SPAN};Sampled=1` },
    { traceId: ID, spanId: SPAN, isSampled: true },
  ],
  [
    { traceparent: `00-${ID}-${SPAN}-01`, 'x-amzn-trace-id': 'Root=1-00000000-000000000000000000000001' },
    { traceId: ID, spanId: SPAN, isSampled: true },
  ],
  [{}, undefined],
  [{ traceparent: `ff-${ID}-${SPAN}-01` }, undefined],
  [{ traceparent: `00-${'0'.repeat(32)}-${SPAN}-01` }, undefined],
  [{ traceparent: `00-${ID.toUpperCase()}-${SPAN}-01` }, undefined],
  [{ 'x-amzn-trace-id': 'Root=1-short' }, undefined],
])('%j says %j', (headers, expected) => {
  expect(traceContext(headers)).toEqual(expected);
});
