import type { FastifyPluginAsync } from 'fastify';
import type { AnswerCache } from '../answers/answer-cache.js';
import type { AnswerWriter } from '../answers/answer-writer.js';
import { readQuery } from '../answers/search-query.js';
import type { Search } from '../search/search.js';

/** What the route needs of the rest. */
export interface SearchParts {
  readonly search: Search;
  readonly answers: AnswerWriter;

  /** Left out where the same query has another answer each time. */
  readonly cache?: AnswerCache;
}

/** `GET /products/search` answers with the products that match a term. */
export const searchRoute: FastifyPluginAsync<SearchParts> = async (app, { search, answers, cache }) => {
  app.get<{ Querystring: string }>('/products/search', (request, reply) => {
    reply.header('content-type', 'application/json; charset=utf-8').send(cache?.find(request.query) ?? answer(request.query));
  });

  function answer(text: string): string {
    const query = readQuery(text);
    const started = performance.now();
    const written = answers.write(search(query), performance.now() - started);
    cache?.keep(text, written);
    return written;
  }
};
