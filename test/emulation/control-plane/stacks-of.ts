import { setTimeout as wait } from 'node:timers/promises';
import { AwsApi } from './aws-api';

const VERSION = '2010-05-15';
const WAIT_SECONDS = 50;

/** What happened to a resource or a stack. */
export interface StackEvent {
  readonly resource: string;
  readonly status: string;
  readonly reason: string;
}

/** The stacks of an endpoint. */
export class Stacks {
  public readonly api: AwsApi;

  public constructor(url: string) {
    this.api = new AwsApi(url);
  }

  /** What an earlier attempt of the same test has left is deleted first. */
  public async create(name: string, template: object, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    const existing = await this.call('DescribeStacks', { StackName: name });
    if (!existing.includes('<Error>')) await this.delete(name);
    return this.change('CreateStack', name, template, parameters);
  }

  public update(name: string, template: object, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    return this.change('UpdateStack', name, template, parameters);
  }

  /** Returns the status in the end. */
  public async delete(name: string): Promise<string> {
    const id = field(await this.call('DescribeStacks', { StackName: name }), 'StackId');
    await this.call('DeleteStack', { StackName: name });
    return this.settled(id);
  }

  public call(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    return this.api.query('cloudformation', VERSION, action, parameters);
  }

  public async outputs(name: string): Promise<Readonly<Record<string, string>>> {
    const response = await this.call('DescribeStacks', { StackName: name });
    const members = response.matchAll(/<OutputKey>(.*?)<\/OutputKey>\s*<OutputValue>([\s\S]*?)<\/OutputValue>/g);
    return Object.fromEntries([...members].map(([, key, value]) => [key!, unescapeXml(value!)]));
  }

  public async physicalId(name: string, resource: string): Promise<string> {
    return field(await this.call('DescribeStackResource', { StackName: name, LogicalResourceId: resource }), 'PhysicalResourceId');
  }

  /** From the first to the last. */
  public async events(name: string): Promise<StackEvent[]> {
    const response = await this.call('DescribeStackEvents', { StackName: name });
    const events = response.split('<member>').slice(1).reverse();
    return events.map((event) => ({
      resource: field(event, 'LogicalResourceId'),
      status: field(event, 'ResourceStatus'),
      reason: field(event, 'ResourceStatusReason'),
    }));
  }

  /** The reason of each resource that failed. */
  public async failures(name: string): Promise<readonly string[]> {
    const failed = (await this.events(name)).filter(
      ({ status, resource }) => /^(CREATE|UPDATE|DELETE)_FAILED$/.test(status) && resource !== name,
    );
    return failed.map(({ resource, reason }) => `${resource}: ${reason}`);
  }

  /** The status of a stack that is no longer in progress. */
  public async settled(name: string): Promise<string> {
    const end = Date.now() + WAIT_SECONDS * 1000;
    for (;;) {
      const status = field(await this.call('DescribeStacks', { StackName: name }), 'StackStatus');
      if (!status.endsWith('_IN_PROGRESS') || Date.now() > end) return status;
      await wait(50);
    }
  }

  private async change(action: string, name: string, template: object, parameters: Readonly<Record<string, string>>): Promise<string> {
    const listed = Object.entries(parameters).flatMap(([key, value], index) => [
      [`Parameters.member.${index + 1}.ParameterKey`, key],
      [`Parameters.member.${index + 1}.ParameterValue`, value],
    ]);
    const response = await this.call(action, { StackName: name, TemplateBody: JSON.stringify(template), ...Object.fromEntries(listed) });
    // what is rejected at once has no stack.
    return response.includes('<Error>') ? field(response, 'Message') : this.settled(field(response, 'StackId'));
  }
}

/** The first element of a name, or nothing. */
export function field(xml: string, name: string): string {
  return unescapeXml(xml.match(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`))?.[1] ?? '');
}

function unescapeXml(text: string): string {
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#x27': "'", '#39': "'" };
  return text.replace(/&(#?\w+);/g, (whole, name: string) => names[name] ?? whole);
}
