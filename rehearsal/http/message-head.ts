/** The first line and the headers of a request. */
export interface RequestHead {
  readonly method: string;
  /** As it was sent: a path with its query, or a whole URL. */
  readonly url: string;
  /** 0 or 1: of HTTP/1.0 or HTTP/1.1. */
  readonly minorVersion: number;
  /** Names and values alternately, as they were sent. */
  readonly rawHeaders: readonly string[];
  /** Whether the connection may be used for another request. */
  readonly shouldKeepAlive: boolean;
  /** Whether it requests another protocol, such as WebSocket, or a tunnel. */
  readonly isUpgrade: boolean;
}

/** The first line and the headers of a response. */
export interface ResponseHead {
  readonly statusCode: number;
  readonly reason: string;
  /** Names and values alternately, as they were sent. */
  readonly rawHeaders: readonly string[];
}

/**
 * The value of a header, with the values of a repeated one joined as HTTP joins them; undefined if there is none.
 *
 * @param name in lower case.
 */
export function headerValue(rawHeaders: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (!isHeader(rawHeaders[index]!, name)) continue;
    if (value === undefined) value = rawHeaders[index + 1]!;
    else value += `${name === 'cookie' ? '; ' : ', '}${rawHeaders[index + 1]}`;
  }
  return value;
}

/** Whether a header is present. */
export function hasHeader(rawHeaders: readonly string[], name: string): boolean {
  for (let index = 0; index < rawHeaders.length; index += 2) if (isHeader(rawHeaders[index]!, name)) return true;
  return false;
}

/** Compares lengths first: most names differ in it. */
function isHeader(given: string, name: string): boolean {
  return given.length === name.length && (given === name || given.toLowerCase() === name);
}

/** A set of header names that finds out about most names without a copy in lower case. */
export class HeaderNames {
  private readonly namesByLength: (readonly string[] | undefined)[] = [];

  /** @param names in lower case. */
  public constructor(public readonly names: readonly string[]) {
    for (const name of names) this.namesByLength[name.length] = [...(this.namesByLength[name.length] ?? []), name];
  }

  public has(given: string): boolean {
    const names = this.namesByLength[given.length];
    if (names === undefined) return false;
    for (const name of names) {
      // bit 5 is what capital letters lack.
      if ((given.charCodeAt(0) | 0x20) === (name.charCodeAt(0) | 0x20) && given.toLowerCase() === name) return true;
    }
    return false;
  }
}

/** Removes the white space after values, which llhttp leaves there. */
export function trimValues(rawHeaders: string[]): void {
  for (let index = 1; index < rawHeaders.length; index += 2) {
    const last = rawHeaders[index]!.at(-1);
    if (last === ' ' || last === '\t') rawHeaders[index] = rawHeaders[index]!.replace(/[ \t]+$/, '');
  }
}
