/** The ports that clients use where a URL has none. */
export const HTTP_PORT = 80;
export const HTTPS_PORT = 443;
