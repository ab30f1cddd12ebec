import { existsSync } from 'node:fs';
import { type ValidationError, validationError } from '../parse/validation-error';
import { scriptTextOf } from './load-test-plan';
import type { LoadTestProps } from './load-test-props';
import type { LoadTestScript } from './load-test-script';
import { toolOf } from './program-files';
import type { Tool } from './start-command';

/** The endings of the scripts of a load generator, and its name. */
const LANGUAGES = {
  k6: { name: 'k6', language: 'JavaScript', ending: /\.([cm]?js|ts)$/, engine: 'LoadTestEngine.k6()' },
  locust: { name: 'Locust', language: 'Python', ending: /\.py$/, engine: 'LoadTestEngine.locust()' },
} as const;

const OTHER: Record<Tool, Tool> = { k6: 'locust', locust: 'k6' };

/** A file beside a script of k6: an import of it, or a file that it opens. */
const OTHER_FILE = /\bfrom\s+['"](\.[^'"]*)['"]|\bimport\s+['"](\.[^'"]*)['"]|\bopen\(\s*['"]([^'"]+)['"]/;

/** Returns an error for each reason that a script cannot be run. */
export function scriptErrors(props: LoadTestProps): ValidationError[] {
  const { script } = props;
  if (script === undefined) return [];
  return [...placeErrors(script, props), ...languageErrors(script, toolOf(props)), ...loadErrors(props)];
}

function placeErrors(script: LoadTestScript, props: LoadTestProps): ValidationError[] {
  const { _kind: kind, _value: value } = script;
  if (kind === 'image') {
    return [
      ...(value.startsWith('/')
        ? []
        : [validationError('script', 'be an absolute path in the image, such as /scripts/shop.js', `'${value}'`)]),
      ...(props.engine?._options.image === undefined ? [validationError('engine', 'have the image that has the script')] : []),
    ];
  }
  if (kind === 'file' && !existsSync(value)) return [validationError('script', 'be a file that exists', `'${value}'`)];
  const match = toolOf(props) === 'k6' ? OTHER_FILE.exec(scriptTextOf(props) ?? '') : null;
  if (match === null) return [];
  const other = match[1] ?? match[2] ?? match[3];
  return [
    validationError('script', 'be one file: bundle it, or use LoadTestScript.inImage with an image that has all files', `'${other}' in it`),
  ];
}

function languageErrors({ _kind: kind, _value: value }: LoadTestScript, tool: Tool): ValidationError[] {
  if (kind === 'text' || LANGUAGES[tool].ending.test(value)) return [];
  const { name, language } = LANGUAGES[tool];
  const other = LANGUAGES[OTHER[tool]];
  const hint = other.ending.test(value) ? `, or engine be ${other.engine}` : '';
  return [validationError('script', `be a ${language} file for ${name}${hint}`, `'${value}'`)];
}

/** What a script has itself, traffic cannot change. */
function loadErrors(props: LoadTestProps): ValidationError[] {
  const phases = [...(props.traffic?._traffic().phases ?? [])];
  return [
    ...(phases.some(({ thinkSeconds }) => thinkSeconds > 0)
      ? [validationError('traffic', 'have no think time with a script, which waits as it says')]
      : []),
    ...(toolOf(props) === 'locust' && phases.some(({ kind }) => kind === 'rps')
      ? [
          validationError(
            'traffic',
            'be users with a script of Locust, whose users wait for responses: use LoadTestEngine.k6() for requests per second',
          ),
        ]
      : []),
    ...(toolOf(props) === 'locust' && props.traffic?._traffic().clientLimitRequestsPerSecond !== undefined
      ? [validationError('traffic', 'have no limit with a script of Locust: use constant_throughput in it')]
      : []),
  ];
}
