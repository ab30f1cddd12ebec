import fc from 'fast-check';

/**
 * A setup file: property tests draw the same examples in each run, so that a run fails because of a change and not by chance.
 * `PROPERTY_SEED=random npx vitest run test/scaling` draws others; a property that fails prints its seed and its smallest example.
 */
const SEED = 20_261_130;

const { PROPERTY_SEED } = process.env;
if (PROPERTY_SEED !== 'random') fc.configureGlobal({ seed: PROPERTY_SEED === undefined ? SEED : Number(PROPERTY_SEED) });
