import type { ServerResponse } from 'node:http';

const REASON_PHRASES = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Time-out',
  414: 'Request-URI Too Large',
  463: 'Too Many Forwarding Addresses',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** The status codes of responses that the load balancer generates itself. */
export type GeneratedStatus = keyof typeof REASON_PHRASES;

/** Sends a response that the load balancer generates. If the target's response has begun, the connection is closed instead. */
export function sendGeneratedResponse(response: ServerResponse, statusCode: GeneratedStatus): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // it is not known where a rejected request ends and the next one starts.
  if (statusCode < 500) response.shouldKeepAlive = false;
  const page = htmlPageOf(statusCode);
  response.writeHead(statusCode, REASON_PHRASES[statusCode], headersOf(page));
  response.end(page);
}

/** The same response as a string, for a socket without a parsed request. The connection has to be closed after it. */
export function generatedResponseText(statusCode: GeneratedStatus): string {
  const page = htmlPageOf(statusCode);
  const headers = Object.entries({ ...headersOf(page), date: new Date().toUTCString(), connection: 'close' });
  return `HTTP/1.1 ${statusTextOf(statusCode)}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${page}`;
}

function headersOf(page: string): Record<string, string | number> {
  return { server: 'awselb/2.0', 'content-type': 'text/html', 'content-length': page.length };
}

function htmlPageOf(statusCode: GeneratedStatus): string {
  const title = statusTextOf(statusCode);
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\r\n`;
}

function statusTextOf(statusCode: GeneratedStatus): string {
  return `${statusCode} ${REASON_PHRASES[statusCode]}`;
}
