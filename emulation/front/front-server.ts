import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse, request as sendHttp } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from '../../src/parse/input-error';
import { AwsError, type AwsObject, type Operations, RefusedCall, type Reply } from './aws-call';
import { LOAD_BALANCING_VERSION, type RecognizedRequest, recognizeRequest } from './aws-request';
import type { ControlPlaneClient } from './control-plane-client';
import { decodeInput, decodeOutput, encodeError, encodeOutput } from './wire-protocols';

/** What the front needs, apart from the calls that it gets. */
export interface FrontParts {
  /** The port on 127.0.0.1; 0 takes any free one. */
  readonly port: number;
  /** Called for an error that is a bug of the emulation, which the client gets as an `InternalFailure`. */
  readonly onError: (error: unknown) => void;
}

/** Headers that are about one connection or the encoding on it, and are not passed on. */
const CONNECTION_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'expect', 'accept-encoding'];

/**
 * The address that every AWS client talks to. It answers the operations that the emulation knows more about than the control plane, and
 * passes all other requests on to the control plane as they are.
 */
export class FrontServer {
  private readonly server = createServer((request, response) => void this.handle(request, response));
  private controlPlane?: ControlPlaneClient;
  private operations: Operations = {};

  private constructor(private readonly parts: FrontParts) {}

  /** @throws InputError if the port is in use. */
  public static async start(parts: FrontParts): Promise<FrontServer> {
    const front = new FrontServer(parts);
    // deployments keep connections open for long between two calls.
    front.server.keepAliveTimeout = 0;
    try {
      front.server.listen(parts.port, '127.0.0.1');
      await once(front.server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      throw new InputError([`port ${parts.port} is already in use: leave --port out to use any free port`]);
    }
    return front;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on passes requests on to a control plane. Until then clients get 503, and try again. */
  public connect(controlPlane: ControlPlaneClient, operations: Operations): void {
    this.controlPlane = controlPlane;
    this.operations = operations;
  }

  /** Stops listening, and closes every connection. */
  public async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // only browsers send it: no page may deploy here, since what is deployed runs on this machine.
    if (request.headers.origin !== undefined) {
      response.writeHead(403).end();
      return;
    }
    const { controlPlane } = this;
    if (controlPlane === undefined) {
      response.writeHead(503, { 'retry-after': '1' }).end();
      return;
    }
    const recognized = recognizeRequest(request.headers, request.url ?? '/');
    if (recognized === undefined) {
      forward(controlPlane.url, request, response);
      return;
    }
    try {
      sendReply(response, await this.answer(controlPlane, recognized, request));
    } catch (error) {
      this.parts.onError(error);
      sendReply(response, encodeError(recognized.protocol, new AwsError('InternalFailure', String(error), 500)));
    }
  }

  private async answer(controlPlane: ControlPlaneClient, recognized: RecognizedRequest, request: IncomingMessage): Promise<Reply> {
    const { service, region, protocol } = recognized;
    const body = await readBody(request);
    const send = (): Promise<Reply> =>
      controlPlane.send({
        method: request.method ?? 'POST',
        path: request.url ?? '/',
        headers: { ...withoutConnectionHeaders(request), 'content-length': String(body.length) },
        body,
      });
    const { Action, Version, ...input } = decodeInput(protocol, body);
    const name = recognized.operation ?? String(Action);
    // the Classic Load Balancer has the same name in signatures, and another version.
    const isOther = service === 'elasticloadbalancing' && Version !== LOAD_BALANCING_VERSION;
    const operation = isOther ? undefined : this.operations[`${service} ${name}`];
    if (operation === undefined) return send();
    const passOn = async (): Promise<AwsObject> => {
      const reply = await send();
      if (reply.statusCode >= 400) throw new RefusedCall(reply);
      return decodeOutput(protocol, name, reply);
    };
    try {
      return encodeOutput(protocol, service, name, await operation({ service, operation: name, region, input }, passOn));
    } catch (error) {
      if (error instanceof RefusedCall) return error.reply;
      if (error instanceof AwsError) return encodeError(protocol, error);
      throw error;
    }
  }
}

/** Passes a request on, and the response back, as they arrive. */
function forward(url: string, request: IncomingMessage, response: ServerResponse): void {
  const options = { method: request.method, path: request.url, headers: request.headers, agent: false as const };
  const sent = sendHttp(url, options, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(response);
    reply.on('error', () => response.destroy());
  });
  sent.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  response.on('close', () => sent.destroy());
  request.pipe(sent);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function sendReply(response: ServerResponse, { statusCode, headers, body }: Reply): void {
  const sent = Object.entries(headers).filter(([name, value]) => value !== undefined && !CONNECTION_HEADERS.includes(name));
  response.writeHead(statusCode, Object.fromEntries(sent) as Record<string, string>).end(body);
}

function withoutConnectionHeaders({ headers }: IncomingMessage): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !CONNECTION_HEADERS.includes(name)));
}
