/** Something that is no request, and what is wrong with it. */
export interface MalformedRequest {
  readonly what: string;
  readonly bytes: Buffer;
}

const HOST = 'Host: task\r\n';

/** What arrives sooner or later at a port that is open: scanners, broken clients, connections that break. */
export const MALFORMED_REQUESTS: readonly MalformedRequest[] = [
  request('garbage', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 this is TLS, or something like it'),
  request('NUL bytes', '\0\0\0\0\r\n\r\n'),
  request('a NUL byte in the path', `GET /\0 HTTP/1.1\r\n${HOST}\r\n`),
  request('a path that does not decode', `GET /%E0%A4%A?q=%zz HTTP/1.1\r\n${HOST}\r\n`),
  request('an unknown method', `BREW / HTTP/1.1\r\n${HOST}\r\n`),
  request('an unknown version', `GET / HTTP/9.9\r\n${HOST}\r\n`),
  request('no Host', 'GET / HTTP/1.1\r\n\r\n'),
  request('a header without a colon', `GET / HTTP/1.1\r\n${HOST}nonsense\r\n\r\n`),
  request('headers of 256 KiB', `GET / HTTP/1.1\r\n${HOST}X-Long: ${'a'.repeat(256 * 1024)}\r\n\r\n`),
  request('a path of 64 KiB', `GET /${'a'.repeat(64 * 1024)} HTTP/1.1\r\n${HOST}\r\n`),
  request('half a request line', 'GET /prod'),
  request('half a head', `GET / HTTP/1.1\r\n${HOST}Accept: `),
  request('half a body', `POST / HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"half":`),
  request('a body that is no JSON', `POST / HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 5\r\n\r\n{{{\0}`),
  request('a length that is no number', `POST / HTTP/1.1\r\n${HOST}Content-Length: many\r\n\r\n`),
  request('two lengths that differ', `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX`),
  request('a chunk without an end', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nX`),
];

/** Each character is a byte. */
function request(what: string, text: string): MalformedRequest {
  return { what, bytes: Buffer.from(text, 'latin1') };
}
