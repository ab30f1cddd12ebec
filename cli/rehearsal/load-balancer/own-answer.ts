import type { ServerResponse } from 'node:http';

const REASONS = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Time-out',
  414: 'Request-URI Too Large',
  463: 'Too Many Forwarding Addresses',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** What the load balancer answers in its own name. */
export type OwnStatus = keyof typeof REASONS;

/** Answers in the load balancer's own name. An answer that a target has begun can only be cut off. */
export function answerItself(response: ServerResponse, statusCode: OwnStatus): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // nobody knows where the next request begins behind one that was refused.
  if (statusCode < 500) response.shouldKeepAlive = false;
  const page = pageOf(statusCode);
  response.writeHead(statusCode, REASONS[statusCode], headersOf(page));
  response.end(page);
}

/** The same for a connection on which no request can be told from the next; it is to be closed behind the answer. */
export function ownAnswerText(statusCode: OwnStatus): string {
  const page = pageOf(statusCode);
  const headers = Object.entries({ ...headersOf(page), date: new Date().toUTCString(), connection: 'close' });
  return `HTTP/1.1 ${titleOf(statusCode)}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${page}`;
}

function headersOf(page: string): Record<string, string | number> {
  return { server: 'awselb/2.0', 'content-type': 'text/html', 'content-length': page.length };
}

function pageOf(statusCode: OwnStatus): string {
  const title = titleOf(statusCode);
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\r\n`;
}

function titleOf(statusCode: OwnStatus): string {
  return `${statusCode} ${REASONS[statusCode]}`;
}
