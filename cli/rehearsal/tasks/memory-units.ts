export const BYTES_PER_MEBIBYTE = 2 ** 20;

export const KIBIBYTES_PER_MEBIBYTE = 1024;
