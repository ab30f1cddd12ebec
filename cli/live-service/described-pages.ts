import { items, type Section } from '../../src/plan/template/template-value';
import type { AwsAction } from './aws-actions';
import type { AwsCalls, CallInput } from './aws-calls';

/** More pages than this are an endpoint that never ends. */
const MAX_PAGES = 50;

/** The names of the token of the next page, in the output and in the input. */
const TOKENS: readonly (readonly [string, string])[] = [
  ['nextToken', 'nextToken'],
  ['NextToken', 'NextToken'],
  ['NextMarker', 'Marker'],
];

/** The items of a member of the output of an action, of all its pages. */
export async function describeAll(calls: AwsCalls, action: AwsAction, input: CallInput, member: string): Promise<readonly Section[]> {
  const all: Section[] = [];
  let page: CallInput | undefined = input;
  for (let count = 0; page !== undefined && count < MAX_PAGES; count++) {
    const output = await calls.call(action, page);
    all.push(...(items(output[member]) as readonly Section[]));
    const token = TOKENS.find(([name]) => typeof output[name] === 'string' && output[name] !== '');
    page = token === undefined ? undefined : { ...input, [token[1]]: output[token[0]] };
  }
  return all;
}
