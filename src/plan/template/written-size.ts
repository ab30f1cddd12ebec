import { CPU_UNITS_PER_VCPU } from '../task-size';

const MIB_PER_GB = 1024;

/** The CPU units of a task as CloudFormation writes them: `512`, `".5 vCPU"` or `"0.5vcpu"`; undefined for anything else. */
export function cpuUnitsOf(text: string): number | undefined {
  return sizeOf(text, 'vCPU', CPU_UNITS_PER_VCPU);
}

/** The memory of a task in MiB as CloudFormation writes it: `1024`, `"1 GB"` or `".5GB"`; undefined for anything else. */
export function memoryMiBOf(text: string): number | undefined {
  return sizeOf(text, 'GB', MIB_PER_GB);
}

function sizeOf(text: string, unit: string, factor: number): number | undefined {
  const amount = new RegExp(`^(\\d*\\.?\\d+)\\s*${unit}$`, 'i').exec(text.trim())?.[1];
  if (amount !== undefined) return Number(amount) * factor;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}
