import type { ClientRequest } from './client-request';
import { httpDate } from './http-date';

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
export function sendGeneratedResponse(request: ClientRequest, statusCode: GeneratedStatus): void {
  if (request.isHeadSent) {
    request.cutOff();
    return;
  }
  // it is not known where a rejected request ends and the next one starts.
  if (statusCode < 500) request.isLast = true;
  const page = Buffer.from(htmlPageOf(statusCode));
  request.sendHead(statusCode, headOf(statusCode, page.length), request.head.method === 'HEAD' ? 'none' : 'length');
  request.sendBody(page, 0, page.length);
  request.end();
}

/** The same response as a string, for a connection without a parsed request. The connection has to be closed after it. */
export function generatedResponseText(statusCode: GeneratedStatus): string {
  const page = htmlPageOf(statusCode);
  return `${headOf(statusCode, page.length)}connection: close\r\n\r\n${page}`;
}

function headOf(statusCode: GeneratedStatus, length: number): string {
  const date = httpDate();
  return `HTTP/1.1 ${statusTextOf(statusCode)}\r\nserver: awselb/2.0\r\ndate: ${date}\r\ncontent-type: text/html\r\ncontent-length: ${length}\r\n`;
}

function htmlPageOf(statusCode: GeneratedStatus): string {
  const title = statusTextOf(statusCode);
  return `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\r\n`;
}

function statusTextOf(statusCode: GeneratedStatus): string {
  return `${statusCode} ${REASON_PHRASES[statusCode]}`;
}
