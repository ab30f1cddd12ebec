// The load balancer of a rehearsal as a separate process, in front of one target.
import { LoadBalancer } from '../../rehearsal/load-balancer/local-load-balancer';
import { DEFAULTS } from '../../src/plan/default-plan';
import { SpedUpClock } from '../../src/time/sped-up-clock';

const { PORT, TARGET } = process.env;

async function main(): Promise<void> {
  const options = { clock: new SpedUpClock(1), healthCheck: DEFAULTS.healthCheck, initialHealthChecks: 1, port: Number(PORT) };
  const balancer = await LoadBalancer.start(options);
  balancer.register(Number(TARGET));
}

void main();
