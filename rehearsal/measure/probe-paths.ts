import { get } from 'node:http';

/** A response that is neither a success nor an error of the server, such as a redirect, or 404. */
export interface UnusualResponse {
  readonly path: string;
  readonly statusCode: number;
}

/** Requests each path once, and returns the responses that are probably not what is to be measured. */
export async function unusualResponses(url: string, paths: readonly string[], maxSeconds: number): Promise<readonly UnusualResponse[]> {
  const responses: UnusualResponse[] = [];
  for (const path of new Set(paths)) {
    const statusCode = await statusOf(new URL(path, url), maxSeconds);
    if (statusCode !== undefined && statusCode >= 300 && statusCode < 500) responses.push({ path, statusCode });
  }
  return responses;
}

/** The status of a response; undefined if there is none in time. The load that follows reports why. */
function statusOf(url: URL, maxSeconds: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(1000 * maxSeconds) }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', () => resolve(undefined));
  });
}
