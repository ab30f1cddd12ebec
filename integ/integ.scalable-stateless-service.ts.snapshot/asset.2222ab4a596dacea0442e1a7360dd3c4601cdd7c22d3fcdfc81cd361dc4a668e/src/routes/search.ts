import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerCache } from '../answers/answer-cache.js';
import type { AnswerWriter } from '../answers/answer-writer.js';
import { readQuery } from '../answers/search-query.js';
import { type LoadShedding, RETRY_AFTER_SECONDS } from '../overload/load-shedding.js';
import type { PricesClient } from '../prices/prices.js';
import { sendProblem } from '../problem.js';
import type { Search } from '../search/search.js';

/** What the route needs of the rest. */
export interface SearchParts {
  readonly search: Search;
  readonly answers: AnswerWriter;
  readonly shedding: LoadShedding;

  /** Left out where the same query has another answer each time. */
  readonly cache?: AnswerCache;

  /** Left out where products have no prices. */
  readonly prices?: PricesClient;
}

type SearchRequest = FastifyRequest<{ Querystring: string }>;

/** `GET /products/search` answers with the products that match a term. */
export const searchRoute: FastifyPluginAsync<SearchParts> = async (app, { search, answers, shedding, cache, prices }) => {
  app.get<{ Querystring: string }>('/products/search', prices === undefined ? answer : answerWithPrices(prices));

  function answer({ query }: SearchRequest, reply: FastifyReply): void {
    if (shedding.mayEnter()) send(reply, cache?.find(query) ?? found(query));
    else refuse(reply);
  }

  function found(text: string): Buffer {
    const query = readQuery(text);
    const started = performance.now();
    const written = answers.write(search(query), performance.now() - started);
    cache?.keep(text, written);
    return written;
  }

  /** Prices belong to somebody else and change: only what was found is kept. */
  function answerWithPrices(client: PricesClient) {
    return async ({ query }: SearchRequest, reply: FastifyReply): Promise<FastifyReply> => {
      if (!shedding.mayEnter()) return refuse(reply);
      const written = cache?.find(query) ?? found(query);
      const ids = answers.idsIn(written);
      const known = await shedding.during(() => (ids.length === 0 ? {} : client.of(ids)));
      return send(reply, Buffer.concat([written.subarray(0, -1), Buffer.from(`,"prices":${JSON.stringify(known)}}`)]));
    };
  }
};

function refuse(reply: FastifyReply): FastifyReply {
  return sendProblem(reply.header('retry-after', RETRY_AFTER_SECONDS), 503, 'the service has more to do than it can');
}

function send(reply: FastifyReply, body: Buffer): FastifyReply {
  return reply.header('content-type', 'application/json; charset=utf-8').send(body);
}
