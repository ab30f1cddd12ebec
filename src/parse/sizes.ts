const BYTES_PER_UNIT: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1000,
  KiB: 1024,
  MB: 1000 ** 2,
  MiB: 1024 ** 2,
  GB: 1000 ** 3,
  GiB: 1024 ** 3,
};

/** Reads `128MiB`, `20KiB` or `1000B` as bytes; undefined for anything else. */
export function parseSizeBytes(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([kKMG]i?B|B)$/.exec(text.trim()) ?? [];
  const bytes = unit === undefined ? undefined : BYTES_PER_UNIT[unit];
  return bytes === undefined ? undefined : Number(amount) * bytes;
}
