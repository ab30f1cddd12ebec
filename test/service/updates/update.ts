import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ScalableStatelessService, type ScalableStatelessServiceProps } from '../../../src';
import { newApp } from '../../synthesize';

type PropsIn = (stack: Stack) => ScalableStatelessServiceProps;

/** A resource of a template. */
interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string[];
  readonly UpdateReplacePolicy?: string;
}

/** The resources of a service before and after a change of its props, in a stack with account and region. */
export class Update {
  public readonly before: Record<string, Resource>;
  public readonly after: Record<string, Resource>;

  public constructor(before: PropsIn, after: PropsIn) {
    this.before = resourcesOf(before);
    this.after = resourcesOf(after);
  }

  /** The logical ids of a type that only one of the templates has, and those that both have. */
  public idsOf(type: string): { readonly removed: string[]; readonly kept: string[]; readonly added: string[] } {
    const before = idsIn(this.before, type);
    const after = idsIn(this.after, type);
    return {
      removed: before.filter((id) => !after.includes(id)),
      kept: before.filter((id) => after.includes(id)),
      added: after.filter((id) => !before.includes(id)),
    };
  }

  /** The names of the properties that change, of all resources of a type that are in both templates. */
  public changesOf(type: string): string[] {
    const names = this.idsOf(type).kept.flatMap((id) => {
      const [before, after] = [this.before[id]!.Properties ?? {}, this.after[id]!.Properties ?? {}];
      const all = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      return all.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    });
    return [...new Set(names)].sort();
  }
}

function resourcesOf(props: PropsIn): Record<string, Resource> {
  const stack = new Stack(newApp(), 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } });
  new ScalableStatelessService(stack, 'Web', { ...props(stack) });
  return Template.fromStack(stack).toJSON()['Resources'] as Record<string, Resource>;
}

function idsIn(resources: Record<string, Resource>, type: string): string[] {
  return Object.keys(resources).filter((id) => resources[id]!.Type === type);
}
