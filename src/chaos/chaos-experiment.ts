import type { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';

/**
 * An experiment template of AWS FIS. An experiment starts with `startCommand`, from the console, from a pipeline or from an integration test.
 */
export class ChaosExperiment {
  /** @internal */
  public static _of(template: CfnExperimentTemplate): ChaosExperiment {
    return new ChaosExperiment(template);
  }

  private constructor(
    /**
     * The experiment template, for what has no prop here.
     */
    public readonly template: CfnExperimentTemplate,
  ) {}

  /**
   * The id of the experiment template.
   */
  public get experimentTemplateId(): string {
    return this.template.attrId;
  }

  /**
   * The command of the AWS CLI that starts an experiment.
   */
  public get startCommand(): string {
    return `aws fis start-experiment --experiment-template-id ${this.experimentTemplateId}`;
  }
}
