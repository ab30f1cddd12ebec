import { randomUUID } from 'node:crypto';
import { decode, encode } from 'cborg';
import { dateDecoder, dateEncoder, TAG_DATE_EPOCH } from 'cborg/taglib';
import type { AwsError, AwsObject, EmulatedService, Reply } from './aws-call';
import { parseQueryForm } from './query-form';
import { parseQueryXml, writeQueryError, writeQueryXml } from './query-xml';

/** The protocols in which the SDKs of today call the emulated services. */
export type WireProtocol = 'json-1.0' | 'json-1.1' | 'query' | 'cbor';

/** The XML namespaces of the services that have the query protocol. */
const NAMESPACES: Readonly<Partial<Record<EmulatedService, string>>> = {
  elasticloadbalancing: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  monitoring: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
};

/** Reads the input of a call from the body of its request. */
export function decodeInput(protocol: WireProtocol, body: Buffer): AwsObject {
  if (protocol === 'query') return parseQueryForm(new URLSearchParams(body.toString('utf8')));
  if (body.length === 0) return {};
  return protocol === 'cbor' ? decodeCbor(body) : (JSON.parse(body.toString('utf8')) as AwsObject);
}

/** Reads the output of a call from the reply of the control plane. */
export function decodeOutput(protocol: WireProtocol, operation: string, { body }: Reply): AwsObject {
  if (protocol === 'query') return parseQueryXml(operation, body.toString('utf8'));
  if (body.length === 0) return {};
  return protocol === 'cbor' ? decodeCbor(body) : (JSON.parse(body.toString('utf8')) as AwsObject);
}

/** Writes the output of a call. */
export function encodeOutput(protocol: WireProtocol, service: EmulatedService, operation: string, output: AwsObject): Reply {
  const requestId = randomUUID();
  switch (protocol) {
    case 'query':
      return reply(200, 'text/xml', writeQueryXml(operation, NAMESPACES[service] ?? '', output, requestId), requestId);
    case 'cbor':
      return reply(200, 'application/cbor', encodeCbor(output), requestId, { 'smithy-protocol': 'rpc-v2-cbor' });
    default:
      return reply(200, `application/x-amz-${protocol}`, JSON.stringify(output, jsonValue), requestId);
  }
}

/** Writes the error of a call. */
export function encodeError(protocol: WireProtocol, { code, message, statusCode }: AwsError): Reply {
  const requestId = randomUUID();
  switch (protocol) {
    case 'query':
      return reply(statusCode, 'text/xml', writeQueryError(code, message, requestId), requestId);
    case 'cbor': {
      const headers = { 'smithy-protocol': 'rpc-v2-cbor' };
      return reply(statusCode, 'application/cbor', encodeCbor({ __type: `com.amazonaws#${code}`, message }), requestId, headers);
    }
    default: {
      const headers = { 'x-amzn-errortype': code };
      return reply(statusCode, `application/x-amz-${protocol}`, JSON.stringify({ __type: code, message }), requestId, headers);
    }
  }
}

function reply(
  statusCode: number,
  contentType: string,
  body: string | Uint8Array,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const bytes = Buffer.from(body as string);
  return {
    statusCode,
    headers: { 'content-type': contentType, 'content-length': String(bytes.length), 'x-amzn-requestid': requestId, ...headers },
    body: bytes,
  };
}

/** JSON has timestamps as seconds since 1970. `JSON.stringify` passes a date as the text that it has made of it. */
function jsonValue(this: AwsObject, name: string, value: unknown): unknown {
  const given = this[name];
  return given instanceof Date ? given.getTime() / 1000 : value;
}

function decodeCbor(body: Buffer): AwsObject {
  return decode(body, { tags: { [TAG_DATE_EPOCH]: dateDecoder }, allowBigInt: false }) as AwsObject;
}

function encodeCbor(output: AwsObject): Uint8Array {
  return encode(output, { typeEncoders: { Date: dateEncoder }, float64: true, ignoreUndefinedProperties: true });
}
