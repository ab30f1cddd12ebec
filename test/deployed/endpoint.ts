/** What stands in for AWS, where there is something. Nothing is ever asked of AWS itself here: an account would be billed. */
export const ENDPOINT = process.env['AWS_ENDPOINT_URL'];

const REGION = process.env['AWS_REGION'] ?? 'us-east-1';

/** The services that speak JSON, by what they call themselves. */
const TARGETS = {
  acm: 'CertificateManager',
  ecs: 'AmazonEC2ContainerServiceV20141113',
  ecr: 'AmazonEC2ContainerRegistry_V20150921',
  'application-autoscaling': 'AnyScaleFrontendService',
  logs: 'Logs_20140328',
} as const;

/** The services that speak forms and XML, by the versions of their APIs. */
const VERSIONS = {
  cloudformation: '2010-05-15',
  ec2: '2016-11-15',
  elasticloadbalancing: '2015-12-01',
  iam: '2010-05-08',
  monitoring: '2010-08-01',
} as const;

/** One call to a service that speaks JSON. */
export async function call(service: keyof typeof TARGETS, action: string, input: object) {
  const headers = { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `${TARGETS[service]}.${action}` };
  return JSON.parse(await send(service, JSON.stringify(input), headers));
}

/** One call to a service that speaks XML: the texts of all elements of a name, in their order. */
export async function query(service: keyof typeof VERSIONS, action: string, element: string): Promise<string[]> {
  const answer = await xml(service, action);
  return [...answer.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text]) => text!);
}

/** One call to a service that speaks XML. */
export function xml(service: keyof typeof VERSIONS, Action: string, input: Record<string, string> = {}): Promise<string> {
  const body = new URLSearchParams({ Action, Version: VERSIONS[service], ...input }).toString();
  return send(service, body, { 'Content-Type': 'application/x-www-form-urlencoded' });
}

/** A public zone of a name: its id. */
export async function createZone(name: string): Promise<string> {
  const body = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>`;
  const answer = await send('route53', body, { 'Content-Type': 'text/xml' }, '/2013-04-01/hostedzone');
  return /<Id>\/hostedzone\/([^<]*)<\/Id>/.exec(answer)![1]!;
}

/** The signature is not one: what stands in for AWS reads only where it is meant for. */
async function send(service: string, body: string, headers: Record<string, string>, path = '/'): Promise<string> {
  const scope = `test/20260101/${REGION}/${service}/aws4_request`;
  const Authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  const answer = await fetch(new URL(path, ENDPOINT!), { method: 'POST', headers: { ...headers, Authorization }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${service}: ${answer.status} ${text}`);
  return text;
}
