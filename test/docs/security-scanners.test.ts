import { describe, expect, test } from 'vitest';
import { guardFindings, trivyFindings } from '../../bench/security-findings/scanners';

/** A template as the CDK writes it. */
const TEMPLATE = JSON.stringify(
  {
    Metadata: { Search: { Logs: {} } },
    Resources: {
      SearchLogs: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: [{ ExpirationInDays: 365 }] } } },
      SearchGroup: { Type: 'AWS::EC2::SecurityGroup' },
    },
    Parameters: { SearchGroup: { Type: 'String' } },
  },
  undefined,
  1,
);

const lineOf = (text: string): number => TEMPLATE.split('\n').findIndex((line) => line.includes(text)) + 1;

/** What trivy 0.74 writes: its resource is a range of lines, or a name where it is about a property. */
const trivyReport = (startLine: number) => ({
  Results: [
    { Target: 'other.template.json' },
    {
      Target: 'shop.template.json',
      Misconfigurations: [
        {
          ID: 'AWS-0090',
          Title: 'S3 Data should be versioned',
          CauseMetadata: { Resource: `shop.template.json:${startLine}-${startLine + 9}`, StartLine: startLine, EndLine: startLine + 9 },
        },
      ],
    },
  ],
});

describe('a finding of trivy is about the resource', () => {
  test.each([
    ['whose first line it names', lineOf('"SearchLogs"'), 'SearchLogs'],
    ['that has a property on its line', lineOf('ExpirationInDays'), 'SearchLogs'],
    ['after others', lineOf('"AWS::EC2::SecurityGroup"'), 'SearchGroup'],
  ])('%s', (_, line, resource) => {
    expect(trivyFindings(trivyReport(line), () => TEMPLATE)).toEqual([
      { rule: 'AWS-0090', title: 'S3 Data should be versioned', resource },
    ]);
  });

  test.each([
    ['metadata', lineOf('"Logs"')],
    ['parameters', lineOf('"String"')],
    ['nothing', 0],
  ])('and not about one where it names %s', (_, line) => {
    expect(trivyFindings(trivyReport(line), () => TEMPLATE)).toMatchObject([{ resource: `line ${line}` }]);
  });
});

describe('a finding of cfn-guard', () => {
  const clause = (path: string, toPath: string) => ({
    Clause: {
      Binary: {
        messages: {
          custom_message: '\n    Violation: S3 Bucket should not have the PublicReadWrite ACL.\n    Fix: Allow none.\n  ',
          error_message: null,
        },
        check: { Resolved: { from: { path, value: { Ref: 'SearchGroup' } }, to: { path: toPath, value: '/Resources/SearchGroup' } } },
      },
    },
  });

  test('is about each resource that breaks the rule, once, with the violation as its title', () => {
    const checks = [
      {
        Rule: {
          name: 'inner',
          messages: { custom_message: '' },
          checks: [clause('/Resources/SearchLogs/Properties', '/Resources/SearchGroup')],
        },
      },
      clause('/Resources/SearchLogs/Properties/Tags/0', '/Resources/SearchGroup'),
      clause('/Resources/SearchTask', ''),
    ];
    expect(guardFindings([{ not_compliant: [{ Rule: { name: 'NO_PUBLIC_ACL', checks } }] }])).toEqual(
      ['SearchLogs', 'SearchTask'].map((resource) => ({
        rule: 'NO_PUBLIC_ACL',
        title: 'S3 Bucket should not have the PublicReadWrite ACL.',
        resource,
      })),
    );
  });

  test('has an empty title where the rule has no message', () => {
    const checks = [
      { Clause: { Unary: { messages: { custom_message: null }, check: { Resolved: { value: { path: '/Resources/SearchTask' } } } } } },
    ];
    expect(guardFindings([{ not_compliant: [{ Rule: { name: 'ANY', checks } }] }])).toEqual([
      { rule: 'ANY', title: '', resource: 'SearchTask' },
    ]);
  });
});
