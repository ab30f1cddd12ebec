import { printableText } from '../../src/parse/printable-text';
import type { AwsAction } from './aws-actions';
import { NotFoundError } from './aws-call-error';
import type { AwsCalls, CallInput } from './aws-calls';
import type { ServiceAddress } from './service-address';

/** As many names as fit into an error. */
const MAX_NAMES = 5;

/** The error for a service that does not exist, with those names that are closest to it. */
export async function serviceNotFound(calls: AwsCalls, { clusterName, name }: ServiceAddress): Promise<string> {
  const { region } = calls;
  const services = await namesOf(calls, 'ecs:ListServices', { cluster: clusterName, maxResults: 100 }, 'serviceArns');
  if (services !== undefined) {
    const found = services.length === 0 ? 'that cluster has no services' : `there are ${listed(services, name)}`;
    return `the cluster ${printableText(clusterName)} in ${region} has no service '${printableText(name)}': ${found}`;
  }
  const clusters = (await namesOf(calls, 'ecs:ListClusters', {}, 'clusterArns')) ?? [];
  const found = clusters.length === 0 ? 'there is none, is it another region?' : `there are ${listed(clusters, clusterName)}`;
  return `${region} has no cluster '${printableText(clusterName)}': ${found}`;
}

/** The names of all pages; undefined if the cluster does not exist. */
async function namesOf(calls: AwsCalls, action: AwsAction, input: CallInput, member: string): Promise<readonly string[] | undefined> {
  try {
    const names: string[] = [];
    let nextToken: unknown;
    do {
      const output = await calls.call(action, { ...input, ...(nextToken !== undefined && { nextToken }) });
      names.push(...((output[member] ?? []) as readonly string[]).map((arn) => arn.split('/').at(-1)!));
      nextToken = output.nextToken ?? undefined;
    } while (nextToken !== undefined && names.length < MAX_LISTED);
    return names;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** More are not compared with the name. */
const MAX_LISTED = 1000;

function listed(names: readonly string[], given: string): string {
  const closest = [...names].sort((a, b) => distance(a, given) - distance(b, given) || a.localeCompare(b));
  const shown = closest.slice(0, MAX_NAMES).map(printableText);
  return shown.join(', ') + (names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : '');
}

/** How many characters differ between two names, as Levenshtein counts them. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, character] of [...a].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...b].entries())
      next.push(Math.min(next[column]! + 1, row[column + 1]! + 1, row[column]! + Number(character !== other)));
    row = next;
  }
  return row.at(-1)!;
}
