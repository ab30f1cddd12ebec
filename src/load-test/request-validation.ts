import { structElementErrors } from '../parse/struct-element';
import { type BrokenRule, type ValidationError, validationError } from '../parse/validation-error';
import { knownErrors, wholeNumberErrors } from '../service/prop-rules';
import type { LoadTestProps } from './load-test-props';
import type { LoadTestRequest } from './load-test-request';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What each request must have. */
const REQUEST = { struct: 'LoadTestRequest', required: ['path'] };

const PATH = /^\/[\x21-\x7e]*$/;

/** A header name of HTTP, and a value of one line (https://www.rfc-editor.org/rfc/rfc9110#section-5). */
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

/** Returns an error for each request that cannot be sent. */
export function requestErrors({ paths = [], requests = [], script }: LoadTestProps): (BrokenRule | ValidationError)[] {
  const incomplete = requests.flatMap((request, index) => structElementErrors(`requests[${index}]`, request, REQUEST));
  if (incomplete.length > 0) return incomplete;
  return [
    ...(script !== undefined && paths.length + requests.length > 0
      ? [validationError('script', 'be left out with paths or requests: it sends its own requests')]
      : []),
    ...paths.flatMap((path, index) => pathErrors(`paths[${index}]`, path)),
    ...requests.flatMap((request, index) => oneRequestErrors(`requests[${index}]`, request)),
  ];
}

function oneRequestErrors(name: string, { path, method, headers = {}, weight, expectedStatus }: LoadTestRequest): ValidationError[] {
  return [
    ...pathErrors(`${name}.path`, path),
    ...(method === undefined || METHODS.includes(method)
      ? []
      : [validationError(`${name}.method`, `be one of ${METHODS.join(', ')}`, `'${method}'`)]),
    ...Object.entries(headers).flatMap(([header, value]) => headerErrors(name, header, value)),
    ...knownErrors({ [`${name}.weight`]: weight, [`${name}.expectedStatus`]: expectedStatus }),
    ...wholeNumberErrors(`${name}.weight`, weight, 1, 100),
    ...wholeNumberErrors(`${name}.expectedStatus`, expectedStatus, 100, 599),
  ];
}

function pathErrors(name: string, path: string): ValidationError[] {
  return PATH.test(path) ? [] : [validationError(name, 'begin with a slash and have no spaces, such as /products/search?q=a', `'${path}'`)];
}

function headerErrors(name: string, header: string, value: string): ValidationError[] {
  return HEADER_NAME.test(header) && HEADER_VALUE.test(value)
    ? []
    : [validationError(`${name}.headers`, 'have names and values of one line in ASCII', `'${header}: ${value}'`)];
}
