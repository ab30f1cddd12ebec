import { expect, test } from 'vitest';
import { LiveTraffic } from '../../../emulation/live/live-traffic';
import type { ServiceRecord } from '../../../emulation/live/service-records';

const RULE = 'production-rule';

const RECORD: ServiceRecord = {
  region: 'us-east-1',
  arn: 'service',
  name: 'web',
  clusterName: 'cluster',
  clusterArn: 'cluster-arn',
  settings: {
    loadBalancers: [
      {
        targetGroupArn: 'blue',
        advancedConfiguration: { alternateTargetGroupArn: 'green', productionListenerRule: RULE, testListenerRule: 'test' },
      },
    ],
  },
};

test('the weights of a rule, and the percentages of its revisions, are those of each whole percent and tenth of one', () => {
  for (let tenths = 1; tenths < 1000; tenths += 1) {
    const percent = tenths / 10;
    const traffic = new LiveTraffic(
      () => RECORD,
      () => percent / 100,
    );
    traffic.begin(1, true);
    traffic.handleStage('PRODUCTION_TRAFFIC_SHIFT');
    const rest = (1000 - tenths) / 10;
    expect(traffic.weightsOf(RULE)).toEqual([
      { arn: 'blue', weight: rest },
      { arn: 'green', weight: percent },
    ]);
    expect([0, 1].map((revision) => traffic.percentagesOf(revision).production)).toEqual([rest, percent]);
  }
});
