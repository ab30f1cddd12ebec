import type { FastifyPluginAsync, FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
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
  app.get<{ Querystring: string }>('/products/search', { onRequest: refuse }, prices === undefined ? answer : answerWithPrices(prices));

  function refuse(_request: SearchRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
    if (shedding.mayEnter()) done();
    else sendProblem(reply.header('retry-after', RETRY_AFTER_SECONDS), 503, 'the service has more to do than it can');
  }

  function answer({ query }: SearchRequest, reply: FastifyReply): void {
    send(reply, cache?.find(query) ?? found(query));
  }

  function found(text: string): string {
    const query = readQuery(text);
    const started = performance.now();
    const written = answers.write(search(query), performance.now() - started);
    cache?.keep(text, written);
    return written;
  }

  /** Prices belong to somebody else and change: only what was found is kept. */
  function answerWithPrices(client: PricesClient) {
    return async ({ query }: SearchRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const written = cache?.find(query) ?? found(query);
      const ids = answers.idsIn(written);
      const known = await shedding.during(() => (ids.length === 0 ? {} : client.of(ids)));
      return send(reply, `${written.slice(0, -1)},"prices":${JSON.stringify(known)}}`);
    };
  }
};

function send(reply: FastifyReply, body: string): FastifyReply {
  return reply.header('content-type', 'application/json; charset=utf-8').send(body);
}
