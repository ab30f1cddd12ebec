/** Timeouts and sizes of requests. A client that sends slowly must not occupy a connection for ever. */
export const SERVER_LIMITS = {
  // from the first byte to the last of a request.
  requestTimeout: 30_000,
  http: {
    // from the opening of a connection, or the first byte of a later request, to the end of the headers.
    headersTimeout: 10_000,
    // how often those timeouts are checked.
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: 16_384,
    // rejected with problem details instead, see admission.
    requireHostHeader: false,
  },
} as const;
