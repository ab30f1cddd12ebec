/** Sends requests to an endpoint of AWS's APIs, unsigned but for what says which service they are for. */
export class AwsApi {
  public constructor(private readonly url: string) {}

  /** A request with parameters as a form, and the response as XML. */
  public async query(service: string, version: string, action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Action: action, Version: version, ...parameters });
    return this.send(service, { 'content-type': 'application/x-www-form-urlencoded' }, body.toString());
  }

  /** A request in JSON. */
  public async json(service: string, target: string, input: object): Promise<Record<string, unknown>> {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    return JSON.parse(await this.send(service, headers, JSON.stringify(input)));
  }

  private async send(service: string, headers: Readonly<Record<string, string>>, body: string): Promise<string> {
    const authorization = `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const response = await fetch(this.url, { method: 'POST', headers: { ...headers, authorization }, body });
    return response.text();
  }
}
