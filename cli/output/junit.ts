import type { NamedCheckResult } from '../check/check-task';

/**
 * The results of checks as JUnit XML, which CI systems show as tests. It has no warnings: a warning is a test that has passed, with its text
 * as output.
 *
 * https://github.com/testmoapp/junitxml
 */
export function junitXml(service: string, results: readonly NamedCheckResult[]): string {
  const count = (status: NamedCheckResult['status']): number => results.filter((result) => result.status === status).length;
  const suite = `name="check ${escaped(service)}" tests="${results.length}" failures="${count('failed')}" skipped="${count('skipped')}" errors="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites>`,
    `  <testsuite ${suite}>`,
    ...results.map((result) => `    ${testCase(service, result)}`),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(service: string, { name, status, reason, fix }: NamedCheckResult): string {
  const start = `<testcase classname="${escaped(service)}" name="${escaped(name)}"`;
  const text = escaped([reason, ...(fix === undefined ? [] : [`→ ${fix}`])].join('\n'));
  switch (status) {
    case 'failed':
      return `${start}><failure message="${escaped(reason)}">${text}</failure></testcase>`;
    case 'skipped':
      return `${start}><skipped message="${escaped(reason)}"/></testcase>`;
    case 'warning':
      return `${start}><system-out>warning: ${text}</system-out></testcase>`;
    case 'ok':
      return `${start}><system-out>${text}</system-out></testcase>`;
  }
}

/** XML 1.0 has no other control characters than these, not even escaped. */
function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
      .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
      .replace(/\n/g, '&#10;')
  );
}
