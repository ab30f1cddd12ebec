import { existsSync, readFileSync } from 'node:fs';
import type {
  IPolicyValidationContextBeta1,
  IPolicyValidationPluginBeta1,
  PolicyValidationPluginReportBeta1,
  PolicyViolationBeta1,
} from 'aws-cdk-lib';
import { CHECKS } from '../lint/checks/checks';
import { type Finding, lintTemplate } from '../lint/lint-template';
import { parseTemplate } from '../lint/template/linted-template';
import { InputError } from '../parse/input-error';

/**
 * Properties of `EcsServiceChecks`.
 */
export interface EcsServiceChecksProps {
  /**
   * The ids of the checks that are left out, such as `redundancy`.
   *
   * @default - none: all checks run
   */
  readonly ignore?: string[];
}

/**
 * A policy validation plugin that checks each ECS service of an app at synthesis: its scaling, load balancer, target group and task definition.
 *
 * It checks any service, whichever construct created it. An error is what AWS rejects, or what cannot work, and fails the synthesis; a warning is
 * reported. What only the deployment knows is never found.
 *
 * Pass it to `Validations.of(app).addPlugins(…)`, or to `policyValidationBeta1` of an `App` or `Stage` where the CDK has no `Validations`.
 */
export class EcsServiceChecks implements IPolicyValidationPluginBeta1 {
  /**
   * The name of the plugin in the validation report.
   */
  public readonly name: string = 'EcsServiceChecks';

  /**
   * The ids of the checks that run.
   */
  public readonly ruleIds?: string[];

  /**
   * A plugin with all checks but those that are ignored.
   *
   * @param props the checks that are ignored
   * @throws InputError if `ignore` names a check that does not exist.
   */
  public constructor(props: EcsServiceChecksProps = {}) {
    const ids = CHECKS.map(({ id }) => id);
    const unknown = props.ignore?.find((id) => !ids.includes(id));
    if (unknown !== undefined) throw new InputError([`ignore must name checks among ${ids.join(', ')}, got '${unknown}'`]);
    this.ruleIds = ids.filter((id) => props.ignore?.includes(id) !== true);
  }

  /**
   * Checks the synthesized templates. The CDK calls it.
   */
  public validate(context: IPolicyValidationContextBeta1): PolicyValidationPluginReportBeta1 {
    const checks = CHECKS.filter(({ id }) => this.ruleIds?.includes(id) === true);
    const found = context.templatePaths.flatMap((path) => {
      const template = readTemplate(path);
      return template === undefined ? [] : lintTemplate(template, checks).map((finding) => ({ finding, path }));
    });
    return {
      success: found.every(({ finding }) => finding.severity !== 'error'),
      violations: found.map(({ finding, path }) => violationOf(finding, path)),
    };
  }
}

/** A template without resources has nothing to check. */
function readTemplate(path: string): ReturnType<typeof parseTemplate> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return parseTemplate(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function violationOf({ check, severity, resource, property, reason, fix, when }: Finding, templatePath: string): PolicyViolationBeta1 {
  return {
    ruleName: check,
    severity,
    description: when === undefined ? reason : `${reason}, if ${when}`,
    fix,
    violatingResources: [
      { resourceLogicalId: resource, templatePath, locations: [property === '' ? 'Properties' : `Properties.${property}`] },
    ],
  };
}
