/** The service as a TypeScript project writes it, and its forecast beside the template. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Fault, Firewall, ScalableStatelessService, Traffic, Workload } from 'cdk-scalable-stateless-service';

const app = new App();
const stack = new Stack(app, 'Shop');
const search = new ScalableStatelessService(stack, 'Search', {
  targetCpuUtilizationPercent: 70,
  requestsPerSecondPerTask: 1500,
  scaleOutCooldown: Duration.seconds(180),
  environment: { LOG_LEVEL: 'warn' },
  healthCheck: { interval: Duration.seconds(20) },
  logRetention: RetentionDays.ONE_WEEK,
  firewall: Firewall.managed({ requestsPerFiveMinutes: 5000 }),
});
new CfnOutput(stack, 'Url', { value: search.url });
app.synth();

const outcome = search.forecast({
  traffic: Traffic.users(30)
    .then(Traffic.rampUsers(120, Duration.minutes(5)))
    .hold(Duration.minutes(30)),
  workload: Workload.measured({ cpuPerRequest: Duration.millis(0.12), baseLatency: Duration.millis(31) }),
  faults: [Fault.stopTask({ at: Duration.minutes(20) })],
  seeds: 20,
});
writeFileSync(join(app.outdir, 'forecast.json'), outcome.toJson());
