import type { ServerResponse } from 'node:http';

/** Sends a response of the writer: a text with a character for each byte, which Node sends together with the headers. */
export function sendResponse(response: ServerResponse, body: string, connection?: string): void {
  const headers = ['content-type', 'application/json; charset=utf-8', 'content-length', String(body.length)];
  if (connection !== undefined) headers.push('connection', connection);
  response.writeHead(200, headers).end(body, 'latin1');
}
