/** Every path that is served, each by `GET` and `HEAD`. */
export const PATHS: ReadonlySet<string> = new Set([
  '/',
  '/products/search',
  '/health',
  '/health/live',
  '/health/deep',
  '/metrics',
  '/docs',
]);
