// The load balancer of a rehearsal as a process of its own, in front of one target.
import { LoadBalancer } from '../../cli/rehearsal/load-balancer/load-balancer';
import { DEFAULTS } from '../../src/plan/default-plan';
import { WallTime } from '../../src/time/wall-time';

const { PORT, TARGET } = process.env;

async function main(): Promise<void> {
  const options = { time: new WallTime(1), healthCheck: DEFAULTS.healthCheck, initialHealthChecks: 1, port: Number(PORT) };
  const balancer = await LoadBalancer.start(options);
  balancer.register(Number(TARGET));
}

void main();
