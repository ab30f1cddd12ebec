import { expect, test } from 'vitest';
import { instanceSize } from '../../src/plan/instance-types';

test.each([
  ['t2.micro', 1, 1],
  ['t3.micro', 2, 1],
  ['t4g.nano', 2, 0.5],
  ['t2.large', 2, 8],
  ['m5.large', 2, 8],
  ['c7g.medium', 1, 2],
  ['c6i.4xlarge', 16, 32],
  ['r6a.xlarge', 4, 32],
])('%s has %d vCPU and %d GiB', (type, vcpu, gib) => {
  expect(instanceSize(type)).toEqual({ cpu: 1024 * vcpu, memoryMiB: 1024 * gib });
});

test.each(['p4d.24xlarge', 'm1.small', 'u-6tb1.metal', 'large', 'c6i.metal'])('%s is not in the table', (type) => {
  expect(instanceSize(type)).toBeUndefined();
});
