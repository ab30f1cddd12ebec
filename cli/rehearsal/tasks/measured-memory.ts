import { readFileSync } from 'node:fs';
import { KIBIBYTES_PER_MEBIBYTE } from './memory-units';
import { unlessGone } from './proc-file';

/**
 * The memory that Linux processes hold together. Nothing once all of them have ended.
 *
 * What they have for themselves is added up. Of what they may share, their programs above all, only the largest part is counted: the
 * exact answer, the proportional set size, takes the kernel a millisecond and more for each process, as it goes through every page.
 */
export function measuredMemoryMiB(processIds: Iterable<number>): number | undefined {
  const sizes = [...processIds].map(residentKibibytes).filter((size) => size !== undefined);
  if (sizes.length === 0) return undefined;
  const own = sizes.reduce((sum, size) => sum + size.own, 0);
  return (own + Math.max(...sizes.map((size) => size.shared))) / KIBIBYTES_PER_MEBIBYTE;
}

function residentKibibytes(processId: number): { readonly own: number; readonly shared: number } | undefined {
  const status = unlessGone(() => readFileSync(`/proc/${processId}/status`, 'latin1')) ?? '';
  // a process that has ended and was not collected yet holds nothing.
  if (!status.includes('\nRssAnon:')) return undefined;
  const kibibytes = (name: string): number => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { own: kibibytes('RssAnon'), shared: kibibytes('RssFile') + kibibytes('RssShmem') };
}
