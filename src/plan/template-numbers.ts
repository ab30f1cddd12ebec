import type { Resource, Template, TemplateValue } from './template';

/** Reads numbers out of a template and gathers a sentence for each that is not one. */
export class TemplateNumbers {
  private readonly found: string[] = [];

  public constructor(private readonly template: Template) {}

  /** One sentence for each value that had to be a number and was not. */
  public get mistakes(): readonly string[] {
    return this.found;
  }

  /** A property that the template must state. */
  public required(resource: Resource, property: string): number {
    return this.of(`${resource.id} ${property}`, resource.properties[property]);
  }

  /** A property that AWS has a default for. */
  public optional(resource: Resource, property: string, fallback: number): number {
    return this.of(`${resource.id} ${property}`, resource.properties[property] ?? fallback);
  }

  /** A value from anywhere; `name` is what the sentence calls it. */
  public of(name: string, value: TemplateValue | undefined): number {
    const text = this.template.plain(value);
    const number = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(number)) {
      this.found.push(`${name} must be a number known at synthesis, got ${JSON.stringify(value) ?? 'nothing'}`);
    }
    return number;
  }
}
