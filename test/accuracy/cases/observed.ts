import type { CaseExpectation, ScalingCase } from './scaling-case';

/** Values that a case reports in words, by the start of its id and what is expected. */
const REPORTED: Readonly<Record<string, number>> = {
  // the replacement was launched 30 seconds after the stop, and healthy after 60.
  'V04 event_time replacement_healthy': 60,
  // 82.0 and 79.3 seconds.
  'V21 activity_duration out': 80.7,
  'V21 activity_duration in': 33.9,
};

const MEASURED_ASSERTIONS = ['event_time', 'spacing', 'signal', 'metric_value', 'outage_s', 'activity_duration', 'deployment_duration'];

/** What was measured, as a number; undefined if the case only has a tolerance, or is a prediction of ours. */
export function observedOf({ id, grade }: ScalingCase, expectation: CaseExpectation): number | undefined {
  if (grade === 'model') return undefined;
  const { assertion, value, value_s: seconds, mean } = expectation;
  if (assertion === 'launch_s') return mean;
  if (!MEASURED_ASSERTIONS.includes(assertion)) return undefined;
  return REPORTED[keyOf(id, expectation)] ?? seconds ?? (typeof value === 'number' ? value : undefined);
}

/** What of this package was chosen so that a measured value comes out, by the case and what is expected. */
const FITTED: Readonly<Record<string, string>> = {
  'V01 signal cpu_pct': 'workload',
  'V01 signal throughput_rps': 'client limit',
  'V01 signal mean_latency_ms': 'workload',
  'V02 signal cpu_pct': 'workload',
  'V02 signal throughput_rps': 'workload',
  'V04 signal cpu_pct': 'workload',
  'V04 event_time replacement_healthy': 'replacement time',
  'V20 event_time scale_out[0]': 'metric delay',
  'V20 event_time running': 'provisioning',
  'V21 activity_duration in': 'shortest activity',
  'V22 activity_duration': 'shortest activity',
  'V22 event_time scheduled_action_effect': 'schedule delay',
  'V24 launch_s': 'image pull',
};

/** Names what was fitted to this very value, so that its error says nothing about accuracy. */
export function fittedOf({ id }: ScalingCase, expectation: CaseExpectation): string | undefined {
  return FITTED[keyOf(id, expectation)];
}

function keyOf(id: string, { assertion, event, signal, direction }: CaseExpectation): string {
  return [id.split('-')[0], assertion, event ?? signal ?? direction].filter((part) => part !== undefined).join(' ');
}
