import type { Traffic, TrafficPhase } from './traffic';

/** The traffic as far as it came before a run was ended, in seconds of the scenario above 0. */
export function trafficUntil(traffic: Traffic, endSeconds: number): Traffic {
  const phases: TrafficPhase[] = [];
  let startSeconds = 0;
  for (const phase of traffic.phases) {
    const leftSeconds = endSeconds - startSeconds;
    if (leftSeconds <= 0) break;
    phases.push(leftSeconds >= phase.durationSeconds ? phase : cut(phase, leftSeconds));
    startSeconds += phase.durationSeconds;
  }
  return { ...traffic, phases };
}

function cut(phase: TrafficPhase, durationSeconds: number): TrafficPhase {
  const { from, to } = phase;
  return { ...phase, durationSeconds, to: from + (to - from) * (durationSeconds / phase.durationSeconds) };
}
