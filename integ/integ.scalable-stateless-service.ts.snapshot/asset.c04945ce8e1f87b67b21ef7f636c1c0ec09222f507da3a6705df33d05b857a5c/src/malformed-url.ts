import type { FastifyRequest } from 'fastify';

/** A URL whose escapes cannot be decoded; `statusCode` is what Fastify looks for. */
class MalformedUrlError extends Error {
  readonly statusCode = 400;
}

/** Refuses escapes such as `%zz`, which a query parser takes literally instead of complaining. */
export async function refuseMalformedUrl(request: FastifyRequest): Promise<void> {
  try {
    decodeURIComponent(request.url);
  } catch {
    throw new MalformedUrlError('the URL must hold valid percent-escapes of UTF-8 only');
  }
}
