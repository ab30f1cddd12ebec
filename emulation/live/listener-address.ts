import type { Socket } from 'node:net';
import type { RequestHead } from '../../rehearsal/http/message-head';
import type { ClientRequest } from '../../rehearsal/load-balancer/client-request';
import { generatedResponseText, sendGeneratedResponse } from '../../rehearsal/load-balancer/generated-response';
import { HttpListener } from '../../rehearsal/load-balancer/http-listener';
import type { RequestListener } from '../../rehearsal/load-balancer/request-listener';
import type { ListenerAction, ListenerRule } from './evaluated-rules';

/** Finds the load balancing of the service that has a target group; undefined if none has. */
export type TargetGroupLookup = (targetGroupArn: string) => RequestListener | undefined;

const IDLE_TIMEOUT_MILLIS = 60_000;

/** A port of this machine for a listener of a load balancer. It evaluates the listener's rules, and passes requests on to services. */
export class ListenerAddress implements RequestListener {
  private readonly server = new HttpListener(IDLE_TIMEOUT_MILLIS, this);
  private rules: readonly ListenerRule[] = [];

  private constructor(private readonly serviceOf: TargetGroupLookup) {}

  /** Listens on a free port. Without rules, each response is 503. */
  public static async start(serviceOf: TargetGroupLookup): Promise<ListenerAddress> {
    const address = new ListenerAddress(serviceOf);
    await address.server.listen(0);
    return address;
  }

  /** Where clients reach it: `127.0.0.1:40123`. */
  public get hostAndPort(): string {
    return `127.0.0.1:${this.server.port}`;
  }

  public setRules(rules: readonly ListenerRule[]): void {
    this.rules = rules;
  }

  public stop(): Promise<void> {
    return this.server.close();
  }

  public onRequest(request: ClientRequest): void {
    const action = this.actionFor(request.head);
    if (action?.kind === 'forward') {
      const service = this.chooseService(action);
      if (service === undefined) sendGeneratedResponse(request, 503);
      else service.onRequest(request);
    } else if (action?.kind === 'fixed-response')
      respond(request, action.statusCode, `content-type: ${action.contentType}\r\n`, action.body);
    else if (action?.kind === 'redirect') respond(request, action.statusCode, `location: ${action.url(request.head)}\r\n`, '');
    else sendGeneratedResponse(request, 503);
  }

  public onUpgrade(head: RequestHead, client: Socket, rest: Buffer): void {
    const action = this.actionFor(head);
    const service = action?.kind === 'forward' ? this.chooseService(action) : undefined;
    if (service !== undefined) service.onUpgrade(head, client, rest);
    else client.on('error', () => client.destroy()).end(generatedResponseText(503), () => client.destroy());
  }

  /** A malformed request has no target group, and so no service that counts it. */
  public onRejection(): void {}

  private actionFor(head: RequestHead): ListenerAction | undefined {
    return this.rules.find((rule) => rule.matches(head))?.action;
  }

  private chooseService({ targetGroups }: Extract<ListenerAction, { kind: 'forward' }>): RequestListener | undefined {
    const services = targetGroups.map(({ arn, weight }) => ({ service: this.serviceOf(arn), weight }));
    const total = services.reduce((sum, { weight }) => sum + weight, 0);
    let left = Math.random() * total;
    for (const { service, weight } of services) {
      left -= weight;
      if (weight > 0 && left < 0) return service;
    }
    return services[0]?.service;
  }
}

/** Sends a response that a rule of the listener describes. */
function respond(request: ClientRequest, statusCode: number, headers: string, body: string): void {
  const bytes = Buffer.from(body);
  const head = `HTTP/1.1 ${statusCode} \r\nserver: awselb/2.0\r\n${headers}content-length: ${bytes.length}\r\n`;
  request.sendHead(statusCode, head, request.head.method === 'HEAD' ? 'none' : 'length');
  request.sendBody(bytes, 0, bytes.length);
  request.end();
}
