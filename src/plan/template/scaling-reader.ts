import type { Resource } from './resource';
import type { Template } from './template';
import type { TemplateNumbers } from './template-attributes';
import type { TemplateValue } from './template-value';

/** Reads the scaling rules of a service or group from a template, and collects a text for each setting that is ignored. */
export class ScalingReader {
  /** The metrics of the alarms of target-tracking policies that the plan ignores. AWS creates and bills them all the same. */
  public ignoredAlarmMetrics = 0;
  private readonly texts: string[] = [];

  public constructor(
    public readonly template: Template,
    public readonly numbers: TemplateNumbers,
    /** The service or group that is scaled. */
    public readonly scaled: Resource,
  ) {}

  /** A text for each scaling setting of the template that the plan ignores. */
  public get ignored(): readonly string[] {
    return this.texts;
  }

  public ignore(text: string): void {
    this.texts.push(text);
  }

  public text(value: TemplateValue | undefined): string | undefined {
    return this.template.resolvedText(value);
  }

  /** A number that may be missing. */
  public optionalNumber(name: string, value: TemplateValue | undefined): number | undefined {
    return value === undefined ? undefined : this.numbers.of(name, value);
  }

  public isTrue(value: TemplateValue | undefined): boolean {
    return this.text(value) === 'true';
  }
}
