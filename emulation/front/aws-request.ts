import type { IncomingHttpHeaders } from 'node:http';
import type { EmulatedService } from './aws-call';
import type { WireProtocol } from './wire-protocols';

/** What the start of a request says of its call. The query protocol has the operation in the body. */
export interface RecognizedRequest {
  readonly service: EmulatedService;
  readonly region: string;
  readonly protocol: WireProtocol;
  readonly operation?: string;
}

/** The prefixes of `X-Amz-Target`, or names in the path of the RPC protocol. */
const SERVICE_OF_PREFIX: Readonly<Record<string, EmulatedService>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AnyScaleFrontendService: 'application-autoscaling',
  GraniteServiceVersion20100801: 'monitoring',
};

/** The services that have the query protocol. */
const QUERY_SERVICES: readonly string[] = ['elasticloadbalancing', 'monitoring'] satisfies EmulatedService[];

/** The version of the API of load balancers that ECS uses; the Classic Load Balancer has another one. */
export const LOAD_BALANCING_VERSION = '2015-12-01';

const DEFAULT_REGION = 'us-east-1';

/** Recognizes a request to an emulated service by its headers and its path; undefined for all others. */
export function recognizeRequest(headers: IncomingHttpHeaders, path: string): RecognizedRequest | undefined {
  const { region = DEFAULT_REGION, service: signedService = '' } = signedScope(headers.authorization);
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', operation] = target.split('.');
    const service = SERVICE_OF_PREFIX[prefix];
    const protocol = headers['content-type']?.includes('1.0') === true ? 'json-1.0' : 'json-1.1';
    return service && operation !== undefined ? { service, region, protocol, operation } : undefined;
  }
  const [, name = '', operation] = /^\/service\/([^/]+)\/operation\/([^/?]+)/.exec(path) ?? [];
  const rpcService = SERVICE_OF_PREFIX[name];
  if (rpcService !== undefined && operation !== undefined) return { service: rpcService, region, protocol: 'cbor', operation };
  const isForm = headers['content-type']?.includes('application/x-www-form-urlencoded') === true;
  if (!isForm || !QUERY_SERVICES.includes(signedService)) return undefined;
  return { service: signedService as EmulatedService, region, protocol: 'query' };
}

/** The region and the service that a request is signed for with Signature Version 4. */
function signedScope(authorization: string | undefined): { readonly region?: string; readonly service?: string } {
  const [, region, service] = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization ?? '') ?? [];
  return { region, service };
}
