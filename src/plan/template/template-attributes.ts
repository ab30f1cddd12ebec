import { describeValue } from '../../parse/describe-value';
import { howToGive, MAX_NAME_CHARACTERS } from './missing-names';
import type { Resource } from './resource';
import type { Template } from './template';
import { field, items, type TemplateValue } from './template-value';

/** Reads numbers from a template, and collects an error for each value that is not a number. */
export class TemplateNumbers {
  private readonly foundErrors: string[] = [];

  public constructor(private readonly template: Template) {}

  /** An error for each value that is not a number. */
  public get errors(): readonly string[] {
    return this.foundErrors;
  }

  /** A required property. */
  public required(resource: Resource, property: string): number {
    return this.of(`${resource.id} ${property}`, resource.properties[property]);
  }

  /** A property that AWS has a default for. */
  public optional(resource: Resource, property: string, fallback: number): number {
    return this.of(`${resource.id} ${property}`, resource.properties[property] ?? fallback);
  }

  /** A value from anywhere; `name` is its name in an error. */
  public of(name: string, value: TemplateValue | undefined): number {
    return this.written(name, value, finiteNumber);
  }

  /** A number with a unit that CloudFormation allows, which `read` reads. */
  public written(name: string, value: TemplateValue | undefined, read: (text: string) => number | undefined): number {
    const text = this.template.resolvedText(value);
    const number = text === undefined ? undefined : read(text);
    if (number === undefined) this.foundErrors.push(`${name} must be a number, got ${this.describe(value)}`);
    return number ?? Number.NaN;
  }

  private describe(value: TemplateValue | undefined): string {
    const [first, ...others] = this.template.missingNames(value);
    if (first === undefined) return value === undefined ? 'nothing' : describeValue(value);
    const names = [first, ...others].map((name) => name.slice(0, MAX_NAME_CHARACTERS)).join(', ');
    return `${names}, which only a deployment knows: ${howToGive(first)}`;
  }
}

function finiteNumber(text: string): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** The value of an attribute in a list such as `[{ Key, Value }]`; undefined if it is not set. */
export function attributeOf(list: TemplateValue | undefined, key: string): TemplateValue | undefined {
  const attribute = items(list).find((candidate) => field(candidate, 'Key') === key);
  return field(attribute, 'Value');
}

/** The value of an attribute of a target group; undefined if it is not set. */
export function targetGroupAttribute({ properties }: Resource, key: string): TemplateValue | undefined {
  return attributeOf(properties.TargetGroupAttributes, key);
}

/** The load balancer of a target group, and the listener rules that forward to it. */
export interface LoadBalancerOfTemplate {
  /** Undefined if it is not in the template. */
  readonly balancer: Resource | undefined;
  readonly rules: readonly Resource[];
}

/** Finds the listener or the listener rules that forward to a target group. */
export function loadBalancerOf(template: Template, targetGroup: Resource): LoadBalancerOfTemplate {
  const forwardsTo = (actions: TemplateValue | undefined): boolean =>
    template.referencedResource(actions, targetGroup.type)?.id === targetGroup.id;
  const rules = template
    .resourcesOfType('AWS::ElasticLoadBalancingV2::ListenerRule')
    .filter(({ properties }) => forwardsTo(properties.Actions));
  const listener =
    template.resourcesOfType('AWS::ElasticLoadBalancingV2::Listener').find(({ properties }) => forwardsTo(properties.DefaultActions)) ??
    rules.map(({ properties }) => template.referencedResource(properties.ListenerArn, 'AWS::ElasticLoadBalancingV2::Listener'))[0];
  return {
    rules,
    balancer: template.referencedResource(listener?.properties.LoadBalancerArn, 'AWS::ElasticLoadBalancingV2::LoadBalancer'),
  };
}

/** The connection idle timeout of the load balancer; undefined if it is not set. */
export function readIdleTimeout(template: Template, targetGroup: Resource): TemplateValue | undefined {
  const { balancer } = loadBalancerOf(template, targetGroup);
  return attributeOf(balancer?.properties.LoadBalancerAttributes, 'idle_timeout.timeout_seconds');
}
