import { type CollectionTag, type Document, parseDocument, type Scalar, type ScalarTag, type Tags, visit, YAMLMap, YAMLSeq } from 'yaml';
import { InputError } from '../../src/parse/input-error';
import type { TemplateValue } from '../../src/plan/template/template-value';

/** The short forms of CloudFormation's intrinsic functions: `!Sub` is `Fn::Sub`. */
const SHORT_FORMS = [
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or'],
  ...['Select', 'Split', 'Sub', 'ToJsonString', 'Transform', 'Ref', 'Condition'],
];

/** More values of aliases than this are a document that grows without end. */
const MAX_ALIASES = 100;

/** An anchor takes time by itself. */
const MAX_ANCHORS = 1000;
const ANCHOR = /(?<=^|[\s[{,])&\w/gm;

/**
 * Parses YAML as CloudFormation reads it: YAML 1.1 booleans stay text where they are quoted, and a tag is an intrinsic function.
 *
 * No error has a part of the document.
 */
export function parseYaml(text: string, name: string, option: string): TemplateValue {
  const refused = (reason: string): InputError => new InputError([`${option} must be JSON or YAML, got ${reason} in ${name}`]);
  if ((text.match(ANCHOR) ?? []).length > MAX_ANCHORS) throw refused(`more than ${MAX_ANCHORS} anchors`);
  try {
    const document = parseDocument(text, {
      customTags: [...SHORT_FORMS.flatMap(tagsOf), BOOLEAN],
      merge: true,
      // checked below in one pass: the library compares each key with each other.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const [error] = document.errors;
    if (error !== undefined)
      throw refused(`an error (${error.code.toLowerCase().replaceAll('_', ' ')}) in line ${lineOf(text, error.pos[0])}`);
    const [unknownTag] = document.warnings;
    if (unknownTag !== undefined) throw refused(`an unknown tag in line ${lineOf(text, unknownTag.pos[0])}`);
    const duplicate = duplicateKey(document);
    if (duplicate !== undefined) throw refused(`a key twice in line ${lineOf(text, duplicate)}`);
    return plain(document.toJS({ maxAliasCount: MAX_ALIASES }));
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw refused(error instanceof RangeError ? 'too many nested values' : 'more aliases than values');
  }
}

/** A tag on a text, a list and an object: `!Sub text`, `!Sub [text, {}]`, `!Transform {}`. */
function tagsOf(name: string): Tags[number][] {
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  const tag = `!${name}`;
  const wrap = (value: unknown): YAMLMap => {
    const map = new YAMLMap();
    map.set(key, value);
    return map;
  };
  const scalar: ScalarTag = {
    tag,
    default: false,
    // the same form as in JSON: `Fn::GetAtt` has a list.
    resolve: (text) => wrap(name === 'GetAtt' ? attributeOf(text) : text),
  };
  const collection = (kind: 'map' | 'seq'): CollectionTag => ({ tag, default: false, collection: kind, resolve: (value) => wrap(value) });
  return [scalar, collection('seq'), collection('map')];
}

function attributeOf(text: string): YAMLSeq {
  const [resource = '', ...rest] = text.split('.');
  const list = new YAMLSeq();
  list.items.push(resource, rest.join('.'));
  return list;
}

/** The booleans of YAML 1.1, which CloudFormation reads, besides `true` and `false`. */
const BOOLEAN: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: /^(?:yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/,
  resolve: (text) => /^(?:yes|on)$/i.test(text),
};

/** Where a key of a mapping is the second of its name; undefined if none is. */
function duplicateKey(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Map: (_, { items }) => {
      const names = new Set<unknown>();
      for (const { key } of items) {
        const { value, range } = key as Scalar;
        if (names.has(value) && value !== '<<') found ??= range?.[0] ?? 0;
        names.add(value);
      }
    },
  });
  return found;
}

/** The first line is 1. */
function lineOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

/** What has no JSON, such as a date or a key that is a list, is refused by the reader of the template. */
function plain(value: unknown): TemplateValue {
  return JSON.parse(JSON.stringify(value ?? null)) as TemplateValue;
}
