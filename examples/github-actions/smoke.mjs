// Does the deployed service respond? Prints what it got; the exit code is 1 if a request fails once the first one has succeeded, or if none does.
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const [file, path = '/health', count = '100'] = process.argv.slice(2);
const [outputs] = Object.values(JSON.parse(readFileSync(file, 'utf8')));
const url = new URL(path, outputs.Url);

/** The name of a new load balancer takes a while to resolve. */
const FIRST_RESPONSE_SECONDS = 300;

async function statusOf(request) {
  try {
    return (await fetch(request, { signal: AbortSignal.timeout(10_000) })).status;
  } catch (error) {
    return error.cause?.code ?? error.name;
  }
}

const end = Date.now() + 1000 * FIRST_RESPONSE_SECONDS;
let first = await statusOf(url);
while (first !== 200 && Date.now() < end) {
  await setTimeout(2000);
  first = await statusOf(url);
}
const statuses = [first];
while (first === 200 && statuses.length < Number(count)) statuses.push(await statusOf(url));
const failed = statuses.filter((status) => status !== 200);
console.log(
  `${url}: ${statuses.length} requests, ${failed.length} failed${failed.length > 0 ? ` with ${[...new Set(failed)].join(', ')}` : ''}`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
