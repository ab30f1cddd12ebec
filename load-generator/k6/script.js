/** Sends the requests of the plan, one after the other. An iteration is one request and the think time, or lasts as long as the pacing. */
import { sleep } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';

const plan = JSON.parse(__ENV.LOAD_TEST);

/** After a failure a user waits at least as long as in a forecast: an outage causes no flood of requests. */
const SECONDS_AFTER_FAILURE = 0.1;

export const options = { discardResponseBodies: true };

/** Each request as often as its weight. */
const requests = plan.requests.flatMap((request) => {
  const expected = request.expectedStatus;
  const params = {
    headers: request.headers,
    redirects: 0,
    timeout: plan.timeoutSeconds * 1000,
    responseCallback: expected === undefined ? http.expectedStatuses({ min: 200, max: 399 }) : http.expectedStatuses(expected),
    tags: { name: request.path },
  };
  const prepared = {
    method: request.method ?? 'GET',
    url: [plan.url, request.path].join(''),
    body: request.body ?? null,
    params,
    expected,
  };
  return Array.from({ length: request.weight ?? 1 }, () => prepared);
});

// biome-ignore lint/style/noDefaultExport: k6 runs the default export.
export default function () {
  const thinkSeconds = Number(__ENV.THINK_SECONDS ?? 0);
  const { method, url, body, params, expected } = requests[(exec.vu.idInTest + exec.vu.iterationInScenario) % requests.length];
  const sentAt = Date.now();
  const { status } = http.request(method, url, body, params);
  const hasFailed = expected === undefined ? status < 200 || status > 399 : status !== expected;
  const seconds = hasFailed && __ENV.THINK_SECONDS !== undefined ? Math.max(thinkSeconds, SECONDS_AFTER_FAILURE) : thinkSeconds;
  const restSeconds = Number(__ENV.PACING_SECONDS ?? 0) - (Date.now() - sentAt) / 1000;
  const pauseSeconds = Math.max(seconds, restSeconds);
  if (pauseSeconds > 0) sleep(pauseSeconds);
}
