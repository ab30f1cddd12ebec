/** No search needs more: 200 characters are 2,400 when each is escaped. */
const MAX_LENGTH = 4096;

/** A URL that is rejected before routing; Fastify reads `statusCode`. */
class MalformedUrlError extends Error {
  constructor(
    message: string,
    readonly statusCode: number,
  ) {
    super(message);
  }
}

/** Finds URLs that are too long, and escapes such as `%zz`, which a query parser takes literally instead of failing. */
export function urlError(url: string): Error | undefined {
  if (url.length > MAX_LENGTH) return new MalformedUrlError(`the URL must have at most ${MAX_LENGTH} characters`, 414);
  return isWellFormed(url) ? undefined : new MalformedUrlError('the URL must hold valid percent-escapes of UTF-8 only', 400);
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
