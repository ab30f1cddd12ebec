/** What the clients of the benchmark look for, each term as often as any other. */
const TERMS = [
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

/** More than any cache of answers holds. */
const VARIED = 5000;

/** `popular` queries come again all the time; `varied` ones hardly ever do, and a third of them hold a number. */
export const PATHS = {
  popular: TERMS.map((term) => `/products/search?q=${term}`),
  varied: Array.from({ length: VARIED }, (_, index) => {
    const term = TERMS[index % TERMS.length] + (index % 3 === 0 ? `+${index % 97}` : '');
    return `/products/search?q=${term}&offset=${index % 1009}&limit=${1 + (index % 20)}`;
  }),
};
