import { items, type TemplateValue } from './template-value';

const IPV4_BITS = 32;
const MAX_BLOCKS = 256;

/**
 * The blocks that `Fn::Cidr` returns: the first `count` ones of an IPv4 block that leave `hostBits` bits to their addresses; undefined if they do not
 * fit.
 */
export function cidrBlocks(block: string, count: number, hostBits: number): readonly string[] | undefined {
  const [, a = '', b = '', c = '', d = '', bits = ''] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block) ?? [];
  const prefixBits = IPV4_BITS - hostBits;
  if (![prefixBits, count].every(Number.isInteger)) return undefined;
  if (bits === '' || !(prefixBits >= Number(bits)) || !(hostBits >= 1) || !(count >= 1) || count > MAX_BLOCKS) return undefined;
  if (count > powerOfTwo(prefixBits - Number(bits))) return undefined;
  const address = [a, b, c, d].reduce((sum, part) => sum * 256 + Number(part), 0);
  const start = address - (address % powerOfTwo(IPV4_BITS - Number(bits)));
  return Array.from({ length: count }, (_, index) => `${dotted(start + index * powerOfTwo(hostBits))}/${prefixBits}`);
}

/** Exact, unlike a power that each machine computes its own way. */
function powerOfTwo(exponent: number): number {
  return Number(1n << BigInt(exponent));
}

function dotted(address: number): string {
  return [3, 2, 1, 0].map((place) => Math.floor(address / powerOfTwo(8 * place)) % 256).join('.');
}

/** What `Fn::Cidr` returns for its evaluated argument: the function, if only a deployment knows the block. */
export function evaluatedCidr(argument: TemplateValue): TemplateValue {
  const [block, count, hostBits] = items(argument);
  const blocks = typeof block === 'string' ? cidrBlocks(block, Number(count), Number(hostBits)) : undefined;
  return blocks ?? { 'Fn::Cidr': argument };
}
