import { field, type TemplateValue } from '../../src/plan/template/template-value';
import { fileName } from './input-file';
import { parseDocument, readDocument } from './parsed-document';

/** Reads a template from a file: JSON, YAML, or what `aws cloudformation get-template` prints of one. */
export async function readTemplateDocument(option: string, path: string): Promise<TemplateValue> {
  const document = await readDocument(option, path);
  const body = field(document, 'TemplateBody');
  if (body === undefined) return document;
  return typeof body === 'string' ? parseDocument(body, `the TemplateBody of '${fileName(path)}'`, option) : body;
}
