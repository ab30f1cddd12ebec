/** By how much the keep-alive timeout of a server must exceed the idle timeout of the load balancer: timers differ, and many servers count in steps of a second. */
export const MIN_KEEP_ALIVE_MARGIN_SECONDS = 3;

/** By how much it does where it is set, or advised. */
export const KEEP_ALIVE_MARGIN_SECONDS = 5;
