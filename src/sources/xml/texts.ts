// The English words of the XML source: card, options, what can be wrong, and why something was proposed.
import type { OptionTexts } from '../../contract/options.schema.ts';
import { count, figures } from '../../contract/type-evidence.ts';

export const XML_CARD = {
  title: 'XML',
  purpose: 'One XML document: each of some repeated element is a record.',
};

export const XML_OPTION_TEXTS: OptionTexts = {
  'path.title': 'Path of the records',
  'path.help':
    'Which elements are records: /catalog/item, //item anywhere, * for any name; a name without a prefix is one in any namespace. Not set, it is found from the start of the file.',
  'nested.title': 'Nested elements',
  'nested.help':
    'What becomes of elements inside of a record that hold further elements or attributes.',
  'nested.columns': 'A column for each value inside: address.city, price.currency',
  'nested.json': 'One column with their content as JSON',
  'names.title': 'Namespace prefixes',
  'names.help': 'What the prefixes of names become in the names of columns.',
  'names.local': 'Left out: dc:title is title',
  'names.prefixed': 'Kept as written: dc:title',
  'attributePrefix.title': 'Mark of attributes',
  'attributePrefix.help': 'What stands before the name of an attribute in the name of its column.',
  'textName.title': 'Name of own text',
  'textName.help':
    'What the text of a record itself is called, and of an element with attributes inside of JSON.',
  'whitespace.title': 'White space around values',
  'whitespace.help':
    'Whether spaces and line breaks at both ends of a text are part of it. Where the file says xml:space="preserve" they are.',
  'whitespace.keep': 'Part of the value',
  'whitespace.trim': 'Left out',
  'emptyValues.title': 'Empty values',
  'emptyValues.help':
    'What an element or attribute without content is. One that the file marks with xsi:nil is always null.',
  'emptyValues.auto': 'Empty text in columns of texts, null in columns of numbers, dates and such',
  'emptyValues.text': 'Empty text',
  'emptyValues.null': 'Null',
  'newKeys.title': 'Elements met later',
  'newKeys.help':
    'The columns are taken from the start of the file. What happens to an element or attribute that is met only further down.',
  'newKeys.add': 'It becomes a column: the export begins again with it',
  'newKeys.ignore': 'It is left out and counted',
  'newKeys.fail': 'Stop with an error that names it and the line',
};

export const WRONG_PATH =
  'it is no path of elements: names stand after “/” or “//”, such as /catalog/item';

/** What is wrong at a place. `name`: the element, attribute or entity it is about; `found`: what stands there. */
export const FAULT_SENTENCES = {
  end: (name: string) =>
    name === ''
      ? 'the file ends in the middle of it'
      : `the file ends, but <${name}> is not closed`,
  before: (_: string, found: string) => `an element is expected, not ${found}`,
  after: (_: string, found: string) =>
    `only one element stands at the top, but ${found} follows it`,
  'second-root': () => 'a second element stands at the top, where only one may',
  'no-root': () => 'it holds no element',
  name: (_: string, found: string) => `a name is expected, not ${found}`,
  tag: () => 'a “<” that begins no tag is written &lt;',
  'end-tag': () => 'an end tag is not written as </name>',
  mismatch: (name: string) => `the end tag is another than that of <${name}>, which is open`,
  slash: () => 'a “/” in a tag is not followed by “>”',
  attribute: (_: string, found: string) => `the name of an attribute is expected, not ${found}`,
  'attribute-space': (_: string, found: string) =>
    `white space is expected before an attribute, not ${found}`,
  equals: (_: string, found: string) => `“=” is expected after an attribute’s name, not ${found}`,
  quote: (_: string, found: string) => `the value of an attribute is not in quotes, but ${found}`,
  'lt-in-value': () => 'a “<” in the value of an attribute is written &lt;',
  'attribute-twice': (name: string) => `the attribute ${name} stands twice in a tag`,
  prefix: (name: string) => `nothing declares the prefix ${name} (xmlns:${name})`,
  character: (_: string, found: string) => `${found} is no character of XML`,
  'character-number': () => 'a reference is to no character of XML',
  reference: () => 'an “&” that begins no reference is written &amp;',
  entity: (name: string) =>
    `&${name}; is an entity that XML itself does not define; documents that define their own are not read`,
  'cdata-end': () => '“]]>” stands in a text, where it is written ]]&gt;',
  cdata: () => 'a CDATA section is not closed by “]]>”',
  comment: () => 'a comment is not closed by “-->”',
  'comment-dashes': () => '“--” stands inside of a comment',
  instruction: () => 'a processing instruction is not written as <?name …?>',
  declaration: () => 'the XML declaration is not written as <?xml version="1.0" encoding="…"?>',
  'declaration-place': () =>
    'an XML declaration, or an instruction called xml, stands elsewhere than at the very start',
  markup: () => 'a “<!” begins neither a comment nor anything else that may stand here',
  doctype: () => 'the document type is not written as XML has it',
  'doctype-place': () => 'a document type stands elsewhere than once before the first element',
} as const satisfies Record<string, (name: string, found: string) => string>;

export const XML_EVIDENCE = {
  repeated: (path: string, records: number) =>
    `${path} is the element that stands most often beside others of its name: ${figures(records)} times in the sample.`,
  deeper: (path: string, records: number, groups: number) =>
    `${path} stands ${figures(records)} times in ${count(groups, 'group', 'groups')} in the sample.`,
  single: (path: string) => `No element is repeated: ${path} is the one record.`,
  list: (column: string) => `“${column}” stands several times in a record: each value is a list.`,
  encoding: (declared: string, actual: string) =>
    `The XML declaration says ${declared}, but the text was read as ${actual}.`,
} as const;

export const LOSS_SENTENCES = {
  'key-left-out': 'An element or attribute that no column stands for was left out.',
  'mixed-text':
    'Text stood between elements: its pieces were joined, and their place among the elements is lost.',
  'default-left-out': 'Default values of attributes from the document type were not put in.',
} as const;
