import { XMLParser } from 'fast-xml-parser';
import { type AwsObject, type AwsValue, structure } from './aws-call';

const PARSER = new XMLParser({ ignoreAttributes: true, parseTagValue: false, isArray: (name) => name === 'member' });

/** Reads the output of an operation from the XML of the query protocol. All plain values are strings. */
export function parseQueryXml(operation: string, xml: string): AwsObject {
  const document = PARSER.parse(xml) as AwsObject;
  const response = structure(document[`${operation}Response`]);
  return structure(withLists(response[`${operation}Result`] ?? {}));
}

function withLists(value: AwsValue): AwsValue {
  if (Array.isArray(value)) return value.map(withLists);
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as AwsObject;
  if (Array.isArray(fields.member)) return fields.member.map(withLists);
  return Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, withLists(inner)]));
}

/** Writes the output of an operation as the XML of the query protocol. */
export function writeQueryXml(operation: string, namespace: string, output: AwsObject, requestId: string): string {
  const result = Object.entries(output).map(([name, value]) => element(name, value));
  return (
    `<${operation}Response xmlns="${namespace}"><${operation}Result>${result.join('')}</${operation}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`
  );
}

/** Writes an error of an operation as the XML of the query protocol. */
export function writeQueryError(code: string, message: string, requestId: string): string {
  return (
    `<ErrorResponse><Error><Type>Sender</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error>` +
    `<RequestId>${requestId}</RequestId></ErrorResponse>`
  );
}

function element(name: string, value: AwsValue): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: AwsValue): string {
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('');
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null)
    return Object.entries(value as AwsObject)
      .map(([name, inner]) => element(name, inner))
      .join('');
  return escapeXml(String(value));
}

function escapeXml(written: string): string {
  return written.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
