import type { Socket } from 'node:net';
import type { RequestHead } from '../../rehearsal/http/message-head';
import type { ClientRequest } from '../../rehearsal/load-balancer/client-request';
import { generatedResponseText, sendGeneratedResponse } from '../../rehearsal/load-balancer/generated-response';
import { HttpListener } from '../../rehearsal/load-balancer/http-listener';
import type { RequestListener } from '../../rehearsal/load-balancer/request-listener';
import type { ListenerAction, ListenerRule } from './evaluated-rules';
import type { WeightedTargetGroup } from './live-traffic';

/** What a listener finds target groups with. */
export interface TargetGroupLookup {
  /** What forwards requests to the targets of a target group; undefined if no service has it. */
  listenerOf(targetGroupArn: string): RequestListener | undefined;
  /** The target groups of a rule that ECS has changed; undefined if it has not. */
  weightsOf(ruleArn: string): readonly WeightedTargetGroup[] | undefined;
}

const IDLE_TIMEOUT_MILLIS = 60_000;

/** A port of this machine for a listener of a load balancer. It evaluates the listener's rules, and passes requests on to services. */
export class ListenerAddress implements RequestListener {
  private readonly server = new HttpListener(IDLE_TIMEOUT_MILLIS, this);
  private rules: readonly ListenerRule[] = [];

  private constructor(private readonly lookup: TargetGroupLookup) {}

  /** Listens on a free port. Without rules, each response is 503. */
  public static async start(lookup: TargetGroupLookup): Promise<ListenerAddress> {
    const address = new ListenerAddress(lookup);
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
    const rule = this.ruleFor(request.head);
    const action = rule?.action;
    if (action?.kind === 'forward') {
      const group = this.chooseGroup(action, rule?.arn);
      if (group === undefined) sendGeneratedResponse(request, 503);
      else group.onRequest(request);
    } else if (action?.kind === 'fixed-response')
      respond(request, action.statusCode, `content-type: ${action.contentType}\r\n`, action.body);
    else if (action?.kind === 'redirect') respond(request, action.statusCode, `location: ${action.url(request.head)}\r\n`, '');
    else sendGeneratedResponse(request, 503);
  }

  public onUpgrade(head: RequestHead, client: Socket, rest: Buffer): void {
    const rule = this.ruleFor(head);
    const group = rule?.action.kind === 'forward' ? this.chooseGroup(rule.action, rule.arn) : undefined;
    if (group !== undefined) group.onUpgrade(head, client, rest);
    else client.on('error', () => client.destroy()).end(generatedResponseText(503), () => client.destroy());
  }

  /** A malformed request has no target group, and so no service that counts it. */
  public onRejection(): void {}

  private ruleFor(head: RequestHead): ListenerRule | undefined {
    return this.rules.find((rule) => rule.matches(head));
  }

  private chooseGroup(action: ForwardAction, ruleArn: string | undefined): RequestListener | undefined {
    const targetGroups = (ruleArn === undefined ? undefined : this.lookup.weightsOf(ruleArn)) ?? action.targetGroups;
    const total = targetGroups.reduce((sum, { weight }) => sum + weight, 0);
    let left = Math.random() * total;
    const chosen = targetGroups.find(({ weight }) => {
      left -= weight;
      return weight > 0 && left < 0;
    });
    const { arn } = chosen ?? targetGroups[0] ?? {};
    return arn === undefined ? undefined : this.lookup.listenerOf(arn);
  }
}

type ForwardAction = Extract<ListenerAction, { kind: 'forward' }>;

/** Sends a response that a rule of the listener describes. */
function respond(request: ClientRequest, statusCode: number, headers: string, body: string): void {
  const bytes = Buffer.from(body);
  const head = `HTTP/1.1 ${statusCode} \r\nserver: awselb/2.0\r\n${headers}content-length: ${bytes.length}\r\n`;
  request.sendHead(statusCode, head, request.head.method === 'HEAD' ? 'none' : 'length');
  request.sendBody(bytes, 0, bytes.length);
  request.end();
}
