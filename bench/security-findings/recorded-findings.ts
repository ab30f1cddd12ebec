/** One finding of a scanner. */
export interface Finding {
  readonly rule: string;
  readonly title: string;

  /** The logical id of the resource that it is about. */
  readonly resource: string;
}

/** What a scanner has found, rule by rule. */
export interface RecordedFindings {
  readonly version: string;
  readonly findings: readonly RecordedFinding[];
}

/** A rule that is broken. */
export interface RecordedFinding {
  readonly rule: string;
  readonly title: string;

  /** The types of the resources that it is about. */
  readonly types: string;
  readonly count: number;
}

/** The resources of the construct and of what the CDK adds for it; all others are of a variant. */
const OF_THE_CONSTRUCT = /^(Search|Custom)/;

/** The findings about the construct by their rules, in the order of the rules. */
export function recordOf(found: readonly Finding[], types: ReadonlyMap<string, string>): RecordedFinding[] {
  const findings = found.filter(({ resource }) => OF_THE_CONSTRUCT.test(resource));
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return rules.map((rule) => {
    const all = findings.filter((finding) => finding.rule === rule);
    const typesOfRule = new Set(all.map(({ resource }) => types.get(resource) ?? resource));
    return { rule, title: all[0]!.title, types: [...typesOfRule].sort().join(', '), count: all.length };
  });
}
