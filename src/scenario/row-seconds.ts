/** How long a row of a timeline is, but for the last one. */
export const ROW_SECONDS = 60;
