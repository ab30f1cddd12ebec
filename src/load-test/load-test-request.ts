/**
 * A request of a load test.
 */
export interface LoadTestRequest {
  /**
   * The path, with the query: `/products/search?q=a`.
   */
  readonly path: string;

  /**
   * The method: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.
   *
   * @default "GET"
   */
  readonly method?: string;

  /**
   * The headers.
   *
   * @default - none
   */
  readonly headers?: { readonly [name: string]: string };

  /**
   * The body, as text.
   *
   * @default - none
   */
  readonly body?: string;

  /**
   * How often this request is sent, in relation to the others: a whole number from 1 to 100.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * The status that a response must have, from 100 to 599. Any other response is a failed request.
   *
   * @default - any from 200 to 399
   */
  readonly expectedStatus?: number;
}
