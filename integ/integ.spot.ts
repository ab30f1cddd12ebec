/** ARM64 tasks on Fargate Spot, above an on-demand base. */
import { App, Stack } from 'aws-cdk-lib';
import { CpuArchitecture } from 'aws-cdk-lib/aws-ecs';
import { ScalableStatelessService } from 'cdk-scalable-stateless-service';
import { expectSettings, SMALL, testOf } from './expect-settings';

const app = new App();
const stack = new Stack(app, 'SpotTest');
const search = new ScalableStatelessService(stack, 'Search', {
  ...SMALL,
  cpuArchitecture: CpuArchitecture.ARM64,
  spotPercent: 75,
  onDemandBase: 1,
});

expectSettings(testOf(app, 'Spot', stack), search, { policies: { Cpu: {}, Requests: {} } });
