/** A catalogue that cannot be read; the message says where and why. */
export class CatalogueError extends Error {}
