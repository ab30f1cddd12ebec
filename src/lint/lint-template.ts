import type { TemplateValue } from '../plan/template/template-value';
import type { Check, Severity } from './checks/check';
import { CHECKS } from './checks/checks';
import { evaluations } from './template/linted-template';

/** What a check finds in a template. */
export interface Finding {
  /** The id of the check. */
  readonly check: string;
  readonly severity: Severity;

  /** The logical ID of the resource. */
  readonly resource: string;

  /** Where in its properties, such as `DefaultActions.0`. */
  readonly property: string;

  /** The construct that the CDK created it for; undefined for other templates. */
  readonly constructPath?: string;
  readonly reason: string;

  /** What to write instead. */
  readonly fix: string;

  /** The values of parameters under which it is found, if they are not the defaults, such as `Stage is prod`. */
  readonly when?: string;
}

/** Runs all checks on a template, for each choice of its parameters that makes a difference. */
export function lintTemplate(source: TemplateValue, checks: readonly Check[] = CHECKS): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (const template of evaluations(source)) {
    for (const { id, severity, find } of checks) {
      for (const { resource, property, reason, fix } of find(template)) {
        const key = JSON.stringify([id, resource.id, property]);
        if (findings.has(key)) continue;
        findings.set(key, {
          check: id,
          severity,
          resource: resource.id,
          property,
          ...(resource.constructPath !== undefined && { constructPath: resource.constructPath }),
          reason,
          fix,
          ...(template.label !== '' && { when: template.label }),
        });
      }
    }
  }
  return [...findings.values()].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}
