import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { type LoadShedding, RETRY_AFTER_SECONDS } from '../overload/load-shedding.js';
import type { PricesClient } from '../prices/prices.js';
import { sendProblem } from '../problem.js';
import type { ResponseCache } from '../responses/response-cache.js';
import type { ResponseWriter } from '../responses/response-writer.js';
import { readQuery } from '../responses/search-query.js';
import { sendResponse } from '../responses/send-response.js';
import type { Search } from '../search/search.js';
import { SEARCH_PATH } from './paths.js';

/** What the route needs of the rest. */
export interface SearchParts {
  readonly search: Search;
  readonly writer: ResponseWriter;
  readonly shedding: LoadShedding;

  /** Left out where the same query has another response each time. */
  readonly cache?: ResponseCache;

  /** Left out where products have no prices. */
  readonly prices?: PricesClient;
}

type SearchRequest = FastifyRequest<{ Querystring: string }>;

/** `GET /products/search`: the products that match a term. */
export const searchRoute: FastifyPluginAsync<SearchParts> = async (app, { search, writer, shedding, cache, prices }) => {
  app.get<{ Querystring: string }>(SEARCH_PATH, prices === undefined ? respond : respondWithPrices(prices));

  function respond({ query }: SearchRequest, reply: FastifyReply): void {
    if (shedding.mayEnter()) send(reply, cache?.find(query) ?? found(query));
    else reject(reply);
  }

  function found(text: string): string {
    const query = readQuery(text);
    const started = performance.now();
    const written = writer.write(search(query), performance.now() - started);
    cache?.keep(text, written);
    return written;
  }

  /** Prices change: only the products are cached. */
  function respondWithPrices(client: PricesClient) {
    return async ({ query }: SearchRequest, reply: FastifyReply): Promise<FastifyReply> => {
      if (!shedding.mayEnter()) return reject(reply);
      const written = cache?.find(query) ?? found(query);
      const ids = writer.idsIn(written);
      const known = await shedding.during(() => (ids.length === 0 ? {} : client.of(ids)));
      return send(reply, writer.addPrices(written, known));
    };
  }
};

function reject(reply: FastifyReply): FastifyReply {
  return sendProblem(reply.header('retry-after', RETRY_AFTER_SECONDS), 503, 'the service is overloaded');
}

/** Past Fastify, which would encode the text again, and send it apart from the headers. */
function send(reply: FastifyReply, body: string): FastifyReply {
  sendResponse(reply.hijack().raw, body, reply.getHeader('connection')?.toString());
  return reply;
}
