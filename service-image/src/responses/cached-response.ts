import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { LoadShedding } from '../overload/load-shedding.js';
import { SEARCH_PATH } from '../routes/paths.js';
import type { ResponseCache } from './response-cache.js';
import { sendResponse } from './send-response.js';

/** What a response from the cache depends on. */
export interface CachedResponseParts {
  readonly cache: ResponseCache;
  readonly shedding: LoadShedding;
  readonly isDraining: () => boolean;
}

const PREFIX = `${SEARCH_PATH}?`;

/**
 * Responds to a search from the cache before Fastify sees it, whose objects for a request cost as much as such a response.
 *
 * Only a query that Fastify has routed and the service has checked before is in the cache. All that is not an everyday request is left
 * to Fastify.
 */
export function respondFromCache(server: Server, parts: CachedResponseParts): void {
  const [listener] = server.listeners('request') as [RequestListener];
  server.off('request', listener);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const cached = cachedResponseTo(request, parts);
    if (cached === undefined) listener(request, response);
    else sendResponse(response, cached);
  });
}

function cachedResponseTo(request: IncomingMessage, { cache, shedding, isDraining }: CachedResponseParts): string | undefined {
  const { method, url = '' } = request;
  if (method !== 'GET' || !url.startsWith(PREFIX) || isDraining() || shedding.isOverloaded || !hasHost(request)) return undefined;
  return cache.hit(url.slice(PREFIX.length));
}

/** Reads what was sent: Node creates the object of all headers when it is first used. */
function hasHost({ rawHeaders }: IncomingMessage): boolean {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index].length === 4 && rawHeaders[index].toLowerCase() === 'host') return true;
  }
  return false;
}
