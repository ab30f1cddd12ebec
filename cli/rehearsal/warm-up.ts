/** At a quarter of a core, a runtime has compiled by then what it does often: after 2 seconds a request was seen to cost a fifth more. */
export const WARM_UP_SECONDS = 5;

/** A request that takes longer than this when nobody else asks is slow: its answers have to be waited for. */
export const SLOW_SECONDS = 0.5;
