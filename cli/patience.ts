/** Nobody should wait for longer without a word. */
export const PATIENCE_MILLIS = 2000;
