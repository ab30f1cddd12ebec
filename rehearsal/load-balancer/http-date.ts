let date = '';
let dateSecond = 0;

/** The value of a `Date` header for now, which is the same for a second. */
export function httpDate(): string {
  const nowMillis = Date.now();
  const second = Math.floor(nowMillis / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    date = new Date(nowMillis).toUTCString();
  }
  return date;
}
