import { request as sendHttp } from 'node:http';
import { type AwsObject, type EmulatedService, RefusedCall, type Reply } from './aws-call';
import { LOAD_BALANCING_VERSION } from './aws-request';
import { writeQueryForm } from './query-form';
import { decodeOutput } from './wire-protocols';

/** The services that are called here: also CloudWatch Logs, whose calls of clients are passed on as they are. */
type CalledService = EmulatedService | 'logs';

/** How the services are called that have a JSON protocol. */
const JSON_TARGETS: Readonly<Partial<Record<CalledService, { readonly prefix: string; readonly version: string }>>> = {
  ecs: { prefix: 'AmazonEC2ContainerServiceV20141113', version: '1.1' },
  'application-autoscaling': { prefix: 'AnyScaleFrontendService', version: '1.1' },
  monitoring: { prefix: 'GraniteServiceVersion20100801', version: '1.0' },
  logs: { prefix: 'Logs_20140328', version: '1.1' },
};

/** An HTTP request to the control plane. */
export interface ControlPlaneRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Calls the operations of the control plane. */
export class ControlPlaneClient {
  /** @param url the address at which the control plane itself is reached. */
  public constructor(public readonly url: string) {}

  /**
   * Calls an operation.
   *
   * @throws RefusedCall if the control plane refuses it.
   */
  public async call(service: CalledService, region: string, operation: string, input: AwsObject): Promise<AwsObject> {
    const target = JSON_TARGETS[service];
    const authorization = `AWS4-HMAC-SHA256 Credential=EMULATION/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const isQuery = target === undefined;
    const body = Buffer.from(isQuery ? writeQueryForm(operation, LOAD_BALANCING_VERSION, input) : JSON.stringify(input));
    const headers = isQuery
      ? { authorization, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
      : { authorization, 'content-type': `application/x-amz-json-${target.version}`, 'x-amz-target': `${target.prefix}.${operation}` };
    const reply = await this.send({ method: 'POST', path: '/', headers: { ...headers, 'content-length': String(body.length) }, body });
    if (reply.statusCode >= 400) throw new RefusedCall(reply);
    return decodeOutput(isQuery ? 'query' : 'json-1.1', operation, reply);
  }

  /** Sends a request, and returns the whole response. */
  public send({ method, path, headers, body }: ControlPlaneRequest): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const sent = sendHttp(this.url, { method, path, headers, agent: false }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const received = Buffer.concat(parts);
          resolve({ statusCode: response.statusCode ?? 502, headers: response.headers, body: received });
        });
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
