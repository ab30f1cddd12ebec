import type { Infrastructure } from './infrastructure';
import { CPU_UNITS_PER_VCPU, type TaskSize } from './task-size';

/** vCPUs by instance size, for families in which `large` has two and each size doubles. */
const VCPUS_OF_SIZE: Readonly<Record<string, number>> = {
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
  '8xlarge': 32,
  '12xlarge': 48,
  '16xlarge': 64,
  '24xlarge': 96,
};

/** GiB for each vCPU. */
const GIB_PER_VCPU_OF_FAMILY: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Burstable instances: vCPUs and GiB. https://aws.amazon.com/ec2/instance-types/ */
const BURSTABLE_SIZES: Readonly<Record<string, readonly [number, number]>> = {
  't2.nano': [1, 0.5],
  't2.micro': [1, 1],
  't2.small': [1, 2],
  't2.medium': [2, 4],
  't2.large': [2, 8],
  't2.xlarge': [4, 16],
  't2.2xlarge': [8, 32],
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  '2xlarge': [8, 32],
};

const MIB_PER_GIB = 1024;

/** The CPU and memory of an instance type; undefined for a type that is not in the table. */
export function instanceSize(type: string): TaskSize | undefined {
  const [, family, size] = /^([a-z]\d[a-z]*)\.(\w+)$/.exec(type) ?? [];
  if (family === undefined || size === undefined) return undefined;
  if (family.startsWith('t')) return sizeOf(BURSTABLE_SIZES[type] ?? (family === 't2' ? undefined : BURSTABLE_SIZES[size]));
  const vcpu = size === 'medium' && family.includes('g') ? 1 : VCPUS_OF_SIZE[size];
  const memory = GIB_PER_VCPU_OF_FAMILY[family[0]!];
  // families before 2015 have other sizes.
  if (vcpu === undefined || memory === undefined || Number(family[1]) < 4) return undefined;
  return sizeOf([vcpu, vcpu * memory]);
}

/** The CPU architecture of an instance type: a `g` after the generation is AWS Graviton. */
export function instanceArchitecture(type: string): Infrastructure['architecture'] {
  return /^[a-z]+\d+[a-z]*g/.test(type) ? 'ARM64' : 'X86_64';
}

function sizeOf(size: readonly [number, number] | undefined): TaskSize | undefined {
  return size && { cpu: size[0] * CPU_UNITS_PER_VCPU, memoryMiB: size[1] * MIB_PER_GIB };
}
