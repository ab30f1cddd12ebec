import { array, assert, constantFrom, nat, property } from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { MessageParser } from '../../../rehearsal/http/message-parser';

const MAX_HEAD_BYTES = 1000;

function parserOf(kind: 'request' | 'response'): MessageParser {
  const parser = new MessageParser(kind, MAX_HEAD_BYTES);
  onTestFinished(() => parser.close());
  return parser;
}

interface Message {
  readonly head: unknown;
  readonly body: string;
}

/** Reads messages from pieces of bytes, up to the first malformed one. */
function readAll(parser: MessageParser, pieces: readonly string[]): { messages: Message[]; isMalformed: boolean } {
  const messages: Message[] = [];
  let body = '';
  for (const piece of pieces) {
    const bytes = Buffer.from(piece, 'latin1');
    let position = 0;
    while (position < bytes.length && !parser.isMalformed) {
      position = parser.read(bytes, position, bytes.length);
      for (let index = 0; index < parser.bodyRanges.length; index += 2)
        body += bytes.toString('latin1', parser.bodyRanges[index], parser.bodyRanges[index + 1]);
      if (!parser.isComplete) continue;
      messages.push({ head: parser.requestHead, body });
      body = '';
      parser.startNext();
    }
  }
  return { messages, isMalformed: parser.isMalformed };
}

/** Cuts a text at some of its characters. */
function cutAt(text: string, positions: readonly number[]): string[] {
  const sorted = [...new Set(positions.map((position) => position % text.length))].sort((one, other) => one - other);
  return [0, ...sorted].map((start, index) => text.slice(start, sorted[index] ?? text.length)).filter((piece) => piece !== '');
}

const GET = 'GET /a?b=c HTTP/1.1\r\nHost: shop\r\nX-Empty:\r\nX-Spaces:  one two \t\r\nX-Name: caf\u00e9\u00a0\r\n\r\n';
const POST = 'POST /order HTTP/1.1\r\nhost: shop\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED =
  'PUT /file HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n3;name=value\r\nabc\r\n0004\r\ndefg\r\n0\r\nX-Sum: 1\r\n\r\n';
const OLD = 'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n';

test('reads requests one after the other', () => {
  const { messages } = readAll(parserOf('request'), [GET + POST + CHUNKED + OLD]);
  expect(messages).toEqual([
    {
      head: {
        method: 'GET',
        url: '/a?b=c',
        minorVersion: 1,
        rawHeaders: ['Host', 'shop', 'X-Empty', '', 'X-Spaces', 'one two', 'X-Name', 'caf\u00e9\u00a0'],
        shouldKeepAlive: true,
        isUpgrade: false,
      },
      body: '',
    },
    { head: expect.objectContaining({ method: 'POST', url: '/order' }), body: 'hello' },
    { head: expect.objectContaining({ method: 'PUT', rawHeaders: ['Host', 'shop', 'Transfer-Encoding', 'chunked'] }), body: 'abcdefg' },
    { head: expect.objectContaining({ minorVersion: 0, shouldKeepAlive: true }), body: '' },
  ]);
});

test('reads the same, however the bytes are divided', () => {
  const texts = array(constantFrom(GET, POST, CHUNKED, OLD), { minLength: 1, maxLength: 4 });
  assert(
    property(texts, array(nat(2000), { maxLength: 30 }), (parts, positions) => {
      const text = parts.join('');
      const [whole, divided] = [new MessageParser('request', MAX_HEAD_BYTES), new MessageParser('request', MAX_HEAD_BYTES)];
      expect(readAll(divided, cutAt(text, positions))).toEqual(readAll(whole, [text]));
      whole.close();
      divided.close();
    }),
  );
});

test('finds the same byte malformed, however the bytes are divided', () => {
  const malformed = `${POST}POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`;
  for (let position = 1; position < malformed.length; position += 1) {
    const { messages, isMalformed } = readAll(parserOf('request'), cutAt(malformed, [position]));
    expect({ count: messages.length, isMalformed }).toEqual({ count: 1, isMalformed: true });
  }
});

test.each([
  ['a url', `GET /${'a'.repeat(MAX_HEAD_BYTES)} HTTP/1.1\r\n\r\n`],
  ['a header', `GET / HTTP/1.1\r\nX-Long: ${'a'.repeat(MAX_HEAD_BYTES)}\r\n\r\n`],
  ['headers', `GET / HTTP/1.1\r\n${'X-Some: aaaaaaaaaa\r\n'.repeat(MAX_HEAD_BYTES / 10)}\r\n`],
  ['a trailer', `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Long: ${'a'.repeat(MAX_HEAD_BYTES)}\r\n\r\n`],
])('%s beyond the limit is malformed', (_, text) => {
  expect(readAll(parserOf('request'), [text]).isMalformed).toBe(true);
});

test('an upgrade request ends with its headers', () => {
  const parser = parserOf('request');
  const text = 'GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n';
  const bytes = Buffer.from(`${text}hello`);
  expect(parser.read(bytes, 0, bytes.length)).toBe(text.length);
  expect(parser).toMatchObject({ isComplete: true, isMalformed: false, requestHead: { isUpgrade: true } });
});

test('reads a long head that comes at once', () => {
  const parser = new MessageParser('response', 100_000);
  onTestFinished(() => parser.close());
  const value = 'a'.repeat(9000);
  const bytes = Buffer.from(`HTTP/1.1 200 OK\r\nX-Long: ${value}\r\nX-Next: ${value}\r\nContent-Length: 0\r\n\r\n`);
  parser.read(bytes, 0, bytes.length);
  expect(parser.responseHead.rawHeaders).toEqual(['X-Long', value, 'X-Next', value, 'Content-Length', '0']);
});

test('a response without a length is complete when its connection ends', () => {
  const parser = parserOf('response');
  const bytes = Buffer.from('HTTP/1.1 200 Fine\r\n\r\nsome');
  parser.read(bytes, 0, bytes.length);
  expect(parser.isComplete).toBe(false);
  parser.end();
  expect(parser).toMatchObject({ isComplete: true, isMalformed: false, responseHead: { statusCode: 200, reason: 'Fine' } });
});

test('a response with a length is not complete when its connection ends before', () => {
  const parser = parserOf('response');
  const bytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nsome');
  parser.read(bytes, 0, bytes.length);
  parser.end();
  expect(parser.isComplete && !parser.isMalformed).toBe(false);
});

test('informational responses are skipped', () => {
  const parser = parserOf('response');
  const bytes = Buffer.from(
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 None\r\nX-Some: 1\r\n\r\n',
  );
  expect(parser.read(bytes, 0, bytes.length)).toBe(bytes.length);
  expect(parser).toMatchObject({ isComplete: true, responseHead: { statusCode: 204, reason: 'None', rawHeaders: ['X-Some', '1'] } });
});

test('the response to HEAD has no body, whatever its length says', () => {
  const parser = parserOf('response');
  parser.isToHead = true;
  const bytes = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n');
  parser.read(bytes, 0, bytes.length);
  expect(parser).toMatchObject({ isComplete: true, bodyRanges: [] });
});

test('reads a response without its headers, and where it ends all the same', () => {
  const parser = parserOf('response');
  parser.skipsHeaders = true;
  const bytes = Buffer.from('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nokmore');
  expect(parser.read(bytes, 0, bytes.length)).toBe(bytes.length - 'more'.length);
  expect(parser).toMatchObject({ isComplete: true, shouldKeepAlive: false, responseHead: { statusCode: 200, rawHeaders: [] } });
});

test('many parsers read at the same time, more than its first memory holds', () => {
  const parsers = Array.from({ length: 3000 }, () => new MessageParser('request', MAX_HEAD_BYTES));
  const [first, second] = [Buffer.from(POST.slice(0, 40)), Buffer.from(POST.slice(40))];
  for (const parser of parsers) parser.read(first, 0, first.length);
  for (const parser of parsers) parser.read(second, 0, second.length);
  expect(parsers.every(({ isComplete, requestHead }) => isComplete && requestHead.url === '/order')).toBe(true);
  for (const parser of parsers) parser.close();
});
