/** How long and how large anything that arrives may be. A client that sends in drops must not hold a connection for ever. */
export const SERVER_LIMITS = {
  // from the first byte to the last of a request.
  requestTimeout: 30_000,
  http: {
    // from the opening of a connection, or the first byte of a later request, to the end of the headers.
    headersTimeout: 10_000,
    // how often those times are looked at.
    connectionsCheckingInterval: 2_000,
    maxHeaderSize: 16_384,
    // refused with a problem instead, see admission.
    requireHostHeader: false,
  },
} as const;
