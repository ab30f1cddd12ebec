import type { Severity } from '../../src/lint/checks/check';

/** A finding, with where it is. */
export interface LocatedFinding {
  readonly check: string;
  readonly severity: Severity;
  readonly resource: string;
  readonly property?: string;
  readonly reason: string;
  readonly fix: string;

  /** The values of parameters under which it is found, such as `Stage is prod`. */
  readonly when?: string;

  /** The file of the template. */
  readonly file: string;
}

/** A rule of a report. */
export interface ReportedRule {
  readonly id: string;
  readonly severity: Severity;
  readonly finds: string;
  readonly consequence: string;
}

/** The page that explains each check, by its id. */
const HELP_PAGE = 'https://github.com/cdk-scalable-stateless-service/cdk-scalable-stateless-service/blob/main/docs/lint.md';

/**
 * Writes findings as SARIF 2.1.0, which code hosts show beside the code.
 *
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 *
 * @param unchecked what was not checked, as text.
 */
export function sarifLog(
  findings: readonly LocatedFinding[],
  rules: readonly ReportedRule[],
  version: string,
  unchecked: readonly string[],
): object {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'ecs-rehearsal lint', semanticVersion: version, informationUri: HELP_PAGE, rules: rules.map(ruleDescriptor) },
        },
        invocations: [
          { executionSuccessful: true, toolExecutionNotifications: unchecked.map((text) => ({ level: 'note', message: { text } })) },
        ],
        results: findings.map((finding) => resultOf(finding, rules)),
      },
    ],
  };
}

function ruleDescriptor({ id, severity, finds, consequence }: ReportedRule): object {
  return {
    id,
    shortDescription: { text: `Finds ${finds}.` },
    fullDescription: { text: `${consequence}.` },
    helpUri: `${HELP_PAGE}#${id}`,
    defaultConfiguration: { level: severity },
  };
}

function resultOf(
  { check, severity, resource, property = '', reason, fix, when, file }: LocatedFinding,
  rules: readonly ReportedRule[],
): object {
  const place = property === '' ? resource : `${resource}.Properties.${property}`;
  const condition = when === undefined ? '' : `, if ${when}`;
  return {
    ruleId: check,
    ruleIndex: rules.findIndex(({ id }) => id === check),
    level: severity,
    message: { text: `${resource}: ${reason}${condition}. To fix: ${fix}.` },
    locations: [
      {
        // code hosts show a result only with a line.
        physicalLocation: { artifactLocation: { uri: encodeURI(file.replaceAll('\\', '/')) }, region: { startLine: 1 } },
        logicalLocations: [{ name: resource, fullyQualifiedName: `Resources.${place}`, kind: 'resource' }],
      },
    ],
  };
}
