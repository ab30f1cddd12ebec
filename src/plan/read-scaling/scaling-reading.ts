import type { Resource, Template, TemplateValue } from '../template';
import type { TemplateNumbers } from '../template-numbers';

/** A template whose scaling rules are being read, and what of them is left out. */
export class ScalingReading {
  private readonly sentences: string[] = [];

  public constructor(
    public readonly template: Template,
    public readonly numbers: TemplateNumbers,
    /** The service or group that is scaled. */
    public readonly scaled: Resource,
  ) {}

  /** One sentence for each thing that the template says about scaling and the plan does not hold. */
  public get ignored(): readonly string[] {
    return this.sentences;
  }

  public ignore(sentence: string): void {
    this.sentences.push(sentence);
  }

  public text(value: TemplateValue | undefined): string | undefined {
    return this.template.plain(value);
  }

  /** A number that may be missing. */
  public maybe(name: string, value: TemplateValue | undefined): number | undefined {
    return value === undefined ? undefined : this.numbers.of(name, value);
  }

  public isTrue(value: TemplateValue | undefined): boolean {
    return this.text(value) === 'true';
  }
}
