import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';

/** A URL whose escapes cannot be decoded; `statusCode` is what Fastify looks for. */
class MalformedUrlError extends Error {
  readonly statusCode = 400;
}

/** Refuses escapes such as `%zz`, which a query parser takes literally instead of complaining. */
export function refuseMalformedUrl({ url }: Pick<FastifyRequest, 'url'>, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  if (isWellFormed(url)) done();
  else done(new MalformedUrlError('the URL must hold valid percent-escapes of UTF-8 only'));
}

function isWellFormed(url: string): boolean {
  if (!url.includes('%')) return true;
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}
