/** What the clients of the benchmark look for, each term as often as any other. */
export const TERMS = [
  'electronics',
  'books',
  'home',
  'sports',
  'clothing',
  'toys',
  'garden',
  'beauty',
  'music',
  'alpha',
  'delta',
  'laptop',
  'lamp',
  'aurora',
];
