// The words of the xml format: its card, its options, its losses and conflicts.

export const CARD_TEXTS = {
  title: 'XML',
  purpose: 'One document with an element for each record: for older systems, feeds and publishing.',
};

export const OPTION_TEXTS = {
  'rootName.title': 'Root element',
  'rootName.help': 'The name of the element that holds all records.',
  'rowName.title': 'Record element',
  'rowName.help': 'The name of the element that is one record.',
  'columnsAs.title': 'Columns',
  'columnsAs.help': 'What a column of a record becomes.',
  'columnsAs.elements': 'Elements: <city>Lima</city>',
  'columnsAs.attributes': 'Attributes: city="Lima"',
  'columnsAs.fields': 'Elements with the name beside: <field name="city">Lima</field>',
  'attributeColumns.title': 'Columns as attributes',
  'attributeColumns.help':
    'Names of columns that stand as attributes of the record, while the others are elements: ids, as a rule.',
  'fieldName.title': 'Field element',
  'fieldName.help': 'The name of the element that holds a value, its column named beside it.',
  'nullHandling.title': 'Nulls',
  'nullHandling.help': 'How a missing value is written. Empty text is always an empty element.',
  'nullHandling.omit': 'Left out',
  'nullHandling.empty': 'As an empty element',
  'nullHandling.nil': 'As xsi:nil="true"',
  'nested.title': 'Nested values',
  'nested.help': 'How lists and structures inside a value are written.',
  'nested.elements': 'As elements',
  'nested.json': 'As JSON text',
  'itemName.title': 'List element',
  'itemName.help': 'The name of the element that is one value of a list.',
  'declaration.title': 'Declaration',
  'declaration.help': 'Begins the document with <?xml version="1.0" …?>, which names its charset.',
  'prettyPrint.title': 'Indent',
  'prettyPrint.help':
    'Writes each element on a line of its own, indented by two spaces; else each record is one line.',
  'cdata.title': 'CDATA',
  'cdata.help': 'Whether text stands in <![CDATA[…]]>, where & and < need no escape.',
  'cdata.never': 'Never',
  'cdata.needed': 'Where text holds & or <',
  'cdata.always': 'Around all text',
  'illegalCharacters.title': 'Characters XML lacks',
  'illegalCharacters.help':
    'What is written for control characters and others that no XML document can hold; each is counted.',
  'illegalCharacters.escape': 'As _x0001_, which can be read back',
  'illegalCharacters.replace': 'As �',
  'illegalCharacters.remove': 'Nothing',
  'illegalCharacters.fail': 'Stop with an error',
  'nameHandling.title': 'Names XML lacks',
  'nameHandling.help': 'What becomes of column names that are no XML names, such as “unit price”.',
  'nameHandling.escape': 'unit_x0020_price, which can be read back',
  'nameHandling.replace': 'unit_price',
  'namespace.title': 'Namespace',
  'namespace.help': 'The address that names the vocabulary of the elements; empty for none.',
  'prefix.title': 'Namespace prefix',
  'prefix.help':
    'Stands before the names of elements, as in p:record; empty makes the namespace the default one.',
  'grammar.title': 'Grammar',
  'grammar.help': 'Says which elements and types the document has, so that a reader can check it.',
  'grammar.none': 'None',
  'grammar.doctype': 'DOCTYPE in the document',
  'grammar.xsd': 'XML Schema in a file of its own',
} as const;

export const PRESET_TEXTS = {
  readable: { title: 'For people', help: 'Indented, nulls left out.' },
  attributes: {
    title: 'Attributes',
    help: 'A short element per record with its values as attributes.',
  },
};

export const LOSS_TEXTS = {
  'xml.illegal-escaped': 'Characters that XML lacks were written as _xHHHH_.',
  'xml.illegal-replaced': 'Characters that XML lacks were replaced by �.',
  'xml.illegal-removed': 'Characters that XML lacks were left out.',
} as const;

export type CountedLoss = keyof typeof LOSS_TEXTS;

export const CHECK_TEXTS = {
  badName: (text: string): string => `“${text}” is no XML name.`,
  otherName: (name: string): string => `Use “${name}”`,
  nameTaken: 'The root and the namespace prefix need each other: a prefix names a namespace.',
  dropPrefix: 'Write no prefix',
  badNamespace: 'A namespace is an address without spaces.',
  reservedPrefix: (prefix: string): string => `The prefix “${prefix}” belongs to the standard.`,
  nilAttribute: 'An attribute cannot be nil.',
  omitNulls: 'Leave nulls out',
  cdataCharset: (charset: string): string =>
    `Inside CDATA there is no way to write a character that ${charset} lacks.`,
  noCdata: 'Write no CDATA',
  nestedGrammar: 'A DOCTYPE cannot say which elements nested values have.',
  nestedAsJson: 'Write nested values as JSON text',
  nameChanged: (name: string, written: string): string =>
    `“${name}” is no XML name and is written as “${written}”.`,
  nameRepeated: (name: string, written: string): string =>
    `A second “${name}” is written as “${written}”.`,
  nullAsEmpty: 'Null and empty text are both written as an empty element.',
  nestedChanged: 'Nested values are written as elements, which do not say numbers from text.',
  unknownColumn: (name: string): string => `There is no column “${name}” to write as an attribute.`,
} as const;
