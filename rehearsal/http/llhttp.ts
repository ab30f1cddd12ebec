/** The functions of llhttp that are used here. Numbers are addresses in its memory, except where they are named otherwise. */
export interface Llhttp {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(byteCount: number): number;
  /** @param type {@link REQUEST} or {@link RESPONSE}. */
  llhttp_alloc(type: number): number;
  llhttp_free(parser: number): void;
  llhttp_reset(parser: number): void;
  llhttp_resume(parser: number): void;
  /** Reads bytes, and returns an error code. */
  llhttp_execute(parser: number, start: number, byteCount: number): number;
  /** To be called when the connection has ended. Returns an error code if a message is not complete. */
  llhttp_finish(parser: number): number;
  /** Where the last call of `llhttp_execute` stopped, if it returned an error code. */
  llhttp_get_error_pos(parser: number): number;
  llhttp_get_method(parser: number): number;
  llhttp_method_name(method: number): number;
  llhttp_get_http_minor(parser: number): number;
}

/** What llhttp calls while it reads; a result other than 0 stops it with that error code. `at` is an address in its memory. */
export interface LlhttpCallbacks {
  wasm_on_message_begin(parser: number): number;
  wasm_on_url(parser: number, at: number, byteCount: number): number;
  wasm_on_status(parser: number, at: number, byteCount: number): number;
  wasm_on_header_field(parser: number, at: number, byteCount: number): number;
  wasm_on_header_value(parser: number, at: number, byteCount: number): number;
  /** @returns 0, {@link SKIP_BODY} or {@link UPGRADE}. */
  wasm_on_headers_complete(parser: number, statusCode: number, upgrade: number, shouldKeepAlive: number): number;
  wasm_on_body(parser: number, at: number, byteCount: number): number;
  wasm_on_message_complete(parser: number): number;
}

// the types of a parser.
export const REQUEST = 1;
export const RESPONSE = 2;

// the results of `wasm_on_headers_complete`.
export const SKIP_BODY = 1;
export const UPGRADE = 2;

// error codes.
export const OK = 0;
export const PAUSED = 21;
export const PAUSED_UPGRADE = 22;
export const USER_ERROR = 24;

/** Loads llhttp, the parser of HTTP/1.1 that Node is built with, as undici ships it: WebAssembly, in its strict mode. */
export function loadLlhttp(callbacks: LlhttpCallbacks): Llhttp {
  const bytes = require('undici/lib/llhttp/llhttp-wasm.js') as Uint8Array;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: callbacks });
  return exports as Llhttp;
}

const methodNames: string[] = [];

/** The name of a method by its number in llhttp. */
export function methodNameOf(llhttp: Llhttp, method: number): string {
  methodNames[method] ??= cStringAt(llhttp, llhttp.llhttp_method_name(method));
  return methodNames[method];
}

function cStringAt({ memory }: Llhttp, address: number): string {
  const bytes = Buffer.from(memory.buffer);
  return bytes.toString('latin1', address, bytes.indexOf(0, address));
}
