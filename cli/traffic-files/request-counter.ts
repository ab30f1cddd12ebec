import { InputError } from '../../src/parse/input-error';
import { daysSinceEpoch } from '../../src/traffic/recorded/recorded-times';

const [NEWLINE, SPACE, BRACKET] = [10, 32, 91];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A longer line is none of an access log. */
const MAX_LINE_BYTES = 2 ** 17;

/** The time of a line is in its first bytes. */
const MAX_TIME_BYTES = 512;

/** As many lines without a time, and none with one, are of another file. */
const MAX_OTHER_LINES = 20;

/** Counts the lines of access logs by the second of their time, from pieces of the logs. */
export class RequestCounter {
  public readonly counts = new Map<number, number>();
  public otherLines = 0;
  private requests = 0;
  /** The beginning of a line whose end is in the next piece. */
  private rest: Buffer = Buffer.alloc(0);
  private lastMinute = '';
  private lastMinuteSeconds = 0;

  public read(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let from = 0;
    const first = bytes.indexOf(NEWLINE);
    if (this.rest.length > 0 && first >= 0) {
      const line = Buffer.concat([this.rest, bytes.subarray(0, first)]);
      this.countLine(line, 0, line.length);
      this.rest = Buffer.alloc(0);
      from = first + 1;
    }
    for (let to = bytes.indexOf(NEWLINE, from); to >= 0; to = bytes.indexOf(NEWLINE, from)) {
      this.countLine(bytes, from, to);
      from = to + 1;
    }
    if (this.rest.length + bytes.length - from > MAX_LINE_BYTES)
      throw new InputError(['an access log must have short lines, got one that is longer than 128 KiB']);
    if (from < bytes.length) this.rest = Buffer.concat([this.rest, bytes.subarray(from)]);
  }

  public endFile(): void {
    if (this.rest.length > 0) this.countLine(this.rest, 0, this.rest.length);
    this.rest = Buffer.alloc(0);
  }

  public assertIsLog(): void {
    if (this.requests === 0)
      throw new InputError(['the file must be a log of requests, of an Application Load Balancer or in the common log format, got none']);
  }

  private countLine(bytes: Buffer, from: number, to: number): void {
    if (to - from < 2) return;
    const second = this.secondOf(bytes, from, to);
    if (second === undefined) {
      this.otherLines += 1;
      if (this.requests === 0 && this.otherLines > MAX_OTHER_LINES) this.assertIsLog();
      return;
    }
    this.requests += 1;
    this.counts.set(second, (this.counts.get(second) ?? 0) + 1);
  }

  /** The second of a line: the second word, as `2026-11-28T10:00:00.123456Z`, or in brackets as `28/Nov/2026:10:00:00 +0000`. */
  private secondOf(bytes: Buffer, from: number, to: number): number | undefined {
    const space = bytes.indexOf(SPACE, from);
    const at = space + 1;
    if (space > 0 && space < to && at + 20 <= to && bytes[at + 4] === 45 && bytes[at + 10] === 84) return this.isoSecond(bytes, at);
    const bracket = bytes.subarray(from, Math.min(to, from + MAX_TIME_BYTES)).indexOf(BRACKET);
    if (bracket < 0) return undefined;
    return this.commonSecond(bytes.toString('latin1', from + bracket + 1, Math.min(to, from + bracket + 27)));
  }

  private isoSecond(bytes: Buffer, at: number): number | undefined {
    const minute = bytes.toString('latin1', at, at + 16);
    if (minute !== this.lastMinute) {
      const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/.exec(minute);
      if (match === null) return undefined;
      const [year, month, day, hour, minutes] = match.slice(1).map(Number) as [number, number, number, number, number];
      this.lastMinute = minute;
      this.lastMinuteSeconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minutes * 60;
    }
    const second = 10 * (bytes[at + 17]! - 48) + bytes[at + 18]! - 48;
    return second >= 0 && second <= 60 ? this.lastMinuteSeconds + second : undefined;
  }

  private commonSecond(text: string): number | undefined {
    const match = /^(\d{1,2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text.trim());
    const month = match === null ? -1 : MONTHS.indexOf(match[2]!);
    if (match === null || month < 0) return undefined;
    const zone = (match[7] === '-' ? -1 : 1) * (Number(match[8]) * 3600 + Number(match[9]) * 60);
    const days = daysSinceEpoch(Number(match[3]), month + 1, Number(match[1]));
    return days * 86_400 + Number(match[4]) * 3600 + Number(match[5]) * 60 + Number(match[6]) - zone;
  }
}
