import type { ServerResponse } from 'node:http';

const REASONS = {
  400: 'Bad Request',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** Answers in the load balancer's own name. An answer that a target has begun can only be cut off. */
export function answerItself(response: ServerResponse, statusCode: keyof typeof REASONS): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const title = `${statusCode} ${REASONS[statusCode]}`;
  response.writeHead(statusCode, REASONS[statusCode], { 'content-type': 'text/html' });
  response.end(`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\r\n`);
}
