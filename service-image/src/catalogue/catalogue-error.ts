/** A catalogue that cannot be read; the message has the place and the reason. */
export class CatalogueError extends Error {}
