/** The path of searches. */
export const SEARCH_PATH = '/products/search';

/** Every path that is served, each by `GET` and `HEAD`. */
export const PATHS: ReadonlySet<string> = new Set(['/', SEARCH_PATH, '/health', '/health/live', '/health/deep', '/metrics', '/docs']);
