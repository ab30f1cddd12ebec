/** The service as a TypeScript project writes it, and its forecast beside the template. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { PropagatedTagSource } from 'aws-cdk-lib/aws-ecs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  AlarmMuteRule,
  CircuitBreakerThreshold,
  Deployment,
  Fault,
  InstanceScaling,
  ScalableStatelessInstances,
  ScalableStatelessService,
  Traffic,
  WebAcl,
  Workload,
} from 'cdk-scalable-stateless-service';

const app = new App();
const stack = new Stack(app, 'Shop');
const search = new ScalableStatelessService(stack, 'Search', {
  targetCpuUtilizationPercent: 70,
  requestsPerSecondPerTask: 1500,
  scaleOutCooldown: Duration.seconds(180),
  environment: { LOG_LEVEL: 'warn' },
  healthCheck: { interval: Duration.seconds(20) },
  logRetention: RetentionDays.ONE_WEEK,
  webAcl: WebAcl.managed({ requestsPerFiveMinutes: 5000 }),
  propagateTags: PropagatedTagSource.SERVICE,
  tmpfs: [{ containerPath: '/tmp', size: 64 }],
  deployment: Deployment.rolling({ circuitBreakerThreshold: CircuitBreakerThreshold.count(5) }),
  alarmMuteRules: [AlarmMuteRule.cron('0 2 * * SUN', Duration.hours(2))],
});
new CfnOutput(stack, 'Url', { value: search.url });
new ScalableStatelessInstances(stack, 'OnInstances', {
  vpc: search.vpc,
  scaling: InstanceScaling.simple({ scaleOutCpuUtilizationPercent: 20, scaleInCpuUtilizationPercent: 10, cooldown: Duration.minutes(2) }),
});
app.synth();

const outcome = search.forecast({
  traffic: Traffic.users(30)
    .followedBy(Traffic.rampUsers(120, Duration.minutes(5)))
    .hold(Duration.minutes(30)),
  workload: Workload.of({ cpuPerRequest: Duration.millis(0.12), baseLatency: Duration.millis(31) }),
  faults: [Fault.stopTask({ at: Duration.minutes(20) })],
  seeds: 20,
});
writeFileSync(join(app.outdir, 'forecast.json'), outcome.toJson());
