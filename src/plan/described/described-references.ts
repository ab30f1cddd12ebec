import { isObject, type Section, type TemplateValue } from '../template/template-value';
import { type DescribedService, isOfTargetTracking } from './service-description';

/** The part of an ARN, of a dimension and of a resource label that names a target group. */
const TARGET_GROUP_NAME = /targetgroup\/[^/"]+\/[0-9a-z]+/i;

/** The logical IDs of described resources: what kind of resource it is, and its name. */
export class DescribedReferences {
  /** The logical IDs of target groups that are not described, and that metrics name. */
  public readonly otherTargetGroups: readonly string[];
  private readonly ids = new Map<string, string>();
  /** By the end of their ARNs, with which metrics name them. */
  private readonly targetGroups = new Map<string, string>();

  public constructor({ loadBalancers, targetGroups, listeners, scalingPolicies, alarms }: DescribedService) {
    for (const { described } of targetGroups) this.addTargetGroup(String(described.TargetGroupArn));
    for (const { described } of loadBalancers) {
      const arn = String(described.LoadBalancerArn);
      this.add(arn, `load balancer ${arn.split('/')[2] ?? arn}`);
    }
    for (const [index, { described }] of listeners.entries()) this.add(String(described.ListenerArn), `listener ${index + 1}`);
    for (const { PolicyARN, PolicyName } of scalingPolicies) this.add(String(PolicyARN), `policy ${String(PolicyName)}`);
    for (const { AlarmName } of alarms) this.add(`alarm ${String(AlarmName)}`, `alarm ${String(AlarmName)}`);
    // a policy may scale on the requests of a target group that is not described.
    const metrics = [...scalingPolicies, ...alarms.filter(({ AlarmName }) => !isOfTargetTracking(String(AlarmName)))];
    const named = metrics.flatMap((each) => JSON.stringify(each).match(new RegExp(TARGET_GROUP_NAME, 'gi')) ?? []);
    const others = [...new Set(named)].filter((name) => !this.targetGroups.has(name));
    for (const name of others) this.addTargetGroup(name);
    this.otherTargetGroups = others.map((name) => this.ids.get(name)!);
  }

  /** The logical ID of what has an ARN; undefined if it is not described. */
  public idOf(arn: string): string | undefined {
    return this.ids.get(arn);
  }

  /** A value in which each ARN is a reference to its resource, and so is the name of a target group in a metric; `own` is the resource itself. */
  public linked(value: TemplateValue, own?: string): TemplateValue {
    if (typeof value === 'string') return value === own ? value : this.reference(value);
    if (Array.isArray(value)) return value.map((item) => this.linked(item as TemplateValue, own));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.linked(inner, own)]));
  }

  /** The properties of a resource, with references. */
  public linkedProperties(properties: Section, own?: string): Section {
    return this.linked(properties, own) as Section;
  }

  private reference(text: string): TemplateValue {
    const id = this.ids.get(text);
    if (id !== undefined) return { Ref: id };
    const name = TARGET_GROUP_NAME.exec(text)?.[0];
    const group = name === undefined ? undefined : this.targetGroups.get(name);
    if (group === undefined || !text.endsWith(name!)) return text;
    const reference = { 'Fn::GetAtt': [group, 'TargetGroupFullName'] };
    return text === name ? reference : { 'Fn::Join': ['', [text.slice(0, -name!.length), reference]] };
  }

  private addTargetGroup(arn: string): void {
    const name = TARGET_GROUP_NAME.exec(arn)?.[0] ?? arn;
    const id = `target group ${name.split('/')[1] ?? name}`;
    this.add(arn, id);
    this.targetGroups.set(name, this.ids.get(arn)!);
  }

  private add(arn: string, id: string): void {
    if (this.ids.has(arn)) return;
    const isTaken = [...this.ids.values()].includes(id);
    this.ids.set(arn, isTaken ? `${id} ${this.ids.size}` : id);
  }
}
