// What the document says of itself before its records, and the schema beside it (XML 1.0 §3.2; W3C XML Schema Part 2).
import type { EncoderContext } from '../../contract/encoder.ts';
import type { DataType, Field, Schema } from '../../table/data-type.ts';
import { placeColumns } from './layout.ts';
import type { XmlOptions } from './options.ts';

/** A charset as an encoder's context has it. */
export type WrittenCharset = EncoderContext<unknown>['charset'];

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Text as the value of an attribute, in quotes. */
export function quoted(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
  return `"${escaped}"`;
}

/** The name that stands in an encoding declaration; UTF-16 without a mark has to say its order of bytes. */
function encodingName({ id, bom }: WrittenCharset): string {
  if (bom && id.startsWith('utf-16')) return 'UTF-16';
  return id === 'ascii' ? 'US-ASCII' : id.toUpperCase();
}

export function declarationOf(charset: WrittenCharset): string {
  return `<?xml version="1.0" encoding="${encodingName(charset)}"?>\n`;
}

const qualified = ({ prefix }: XmlOptions, name: string): string =>
  prefix === '' ? name : `${prefix}:${name}`;

/** The root's name with its namespaces, without brackets. */
export function rootTag(options: XmlOptions): string {
  const { namespace, prefix } = options;
  const own =
    namespace === '' ? '' : ` xmlns${prefix === '' ? '' : `:${prefix}`}=${quoted(namespace)}`;
  const xsi = options.nullHandling === 'nil' ? ` xmlns:xsi="${XSI}"` : '';
  return qualified(options, options.rootName) + own + xsi;
}

/** A DOCTYPE with the elements and attributes of the columns. */
export function doctypeOf(options: XmlOptions, schema: Schema, charset: string): string {
  const { columnsAs, nullHandling, namespace, prefix } = options;
  const root = qualified(options, options.rootName);
  const row = qualified(options, options.rowName);
  const placed = placeColumns(options, schema, charset);
  const attributes = placed.filter(({ as }) => as === 'attribute');
  const elements = placed.filter(({ as }) => as === 'element');
  const optional = nullHandling === 'omit' ? '?' : '';
  const nil = nullHandling === 'nil' ? [' xsi:nil (true) #IMPLIED'] : [];
  const lines = [`<!ELEMENT ${root} (${row})*>`];
  const spaces = [
    ...(namespace === ''
      ? []
      : [` xmlns${prefix === '' ? '' : `:${prefix}`} CDATA #FIXED ${quoted(namespace)}`]),
    ...(nullHandling === 'nil' ? [` xmlns:xsi CDATA #FIXED "${XSI}"`] : []),
  ];
  if (spaces.length > 0) lines.push(`<!ATTLIST ${root}${spaces.join('')}>`);
  if (columnsAs === 'fields') {
    const field = qualified(options, options.fieldName);
    lines.push(`<!ELEMENT ${row} (${field})*>`, `<!ELEMENT ${field} (#PCDATA)>`);
    lines.push(`<!ATTLIST ${field} name CDATA #REQUIRED${nil.join('')}>`);
  } else {
    const content = elements.map(({ name }) => name + optional).join(', ');
    lines.push(`<!ELEMENT ${row} ${content === '' ? 'EMPTY' : `(${content})`}>`);
    for (const name of new Set(elements.map((element) => element.name))) {
      lines.push(`<!ELEMENT ${name} (#PCDATA)>`);
      if (nil.length > 0) lines.push(`<!ATTLIST ${name}${nil.join('')}>`);
    }
    for (const { name } of attributes) lines.push(`<!ATTLIST ${row} ${name} CDATA #IMPLIED>`);
  }
  return `<!DOCTYPE ${root} [\n${lines.map((line) => `  ${line}\n`).join('')}]>\n`;
}

/** The XML Schema type whose values the texts of a column are; null: any text. */
export function schemaType(type: DataType): string | null {
  switch (type.kind) {
    case 'bool':
      return 'xs:boolean';
    case 'int':
      if (type.bits === 64) return type.signed ? 'xs:long' : 'xs:unsignedLong';
      if (type.bits === 32) return type.signed ? 'xs:int' : 'xs:unsignedInt';
      if (type.bits === 16) return type.signed ? 'xs:short' : 'xs:unsignedShort';
      return type.signed ? 'xs:byte' : 'xs:unsignedByte';
    case 'float':
      return type.bits === 64 ? 'xs:double' : 'xs:float';
    case 'decimal':
      return 'xs:decimal';
    case 'binary':
      return 'xs:base64Binary';
    case 'date':
      return 'xs:date';
    case 'time':
      return 'xs:time';
    case 'timestamp':
      return 'xs:dateTime';
    case 'dictionary':
      return schemaType(type.value);
    default:
      return null;
  }
}

const NESTED = new Set<DataType['kind']>(['list', 'struct', 'map', 'json']);

/** Whether the column's values become elements of their own. */
export function holdsElements({ nested }: XmlOptions, { type }: Field): boolean {
  return nested === 'elements' && NESTED.has(type.kind);
}

/** The document's XML Schema. */
export function schemaOf(options: XmlOptions, schema: Schema, charset: WrittenCharset): string {
  const { columnsAs, nullHandling, namespace } = options;
  const placed = placeColumns(options, schema, charset.id);
  const typeOf = (position: number): string =>
    schemaType(schema.fields[position]!.type) ?? 'xs:string';
  /** An empty element is a value of text alone. */
  const isOpen = nullHandling === 'empty';
  const bare = (name: string): string => name.slice(name.indexOf(':') + 1);
  const nillable = nullHandling === 'nil' ? ' nillable="true"' : '';
  const least = nullHandling === 'omit' ? ' minOccurs="0"' : '';
  const elements = placed.flatMap(({ position, as, name }) => {
    if (as !== 'element') return [];
    const start = `<xs:element name=${quoted(bare(name))}${least}${nillable}`;
    if (holdsElements(options, schema.fields[position]!))
      return [
        `${start}><xs:complexType mixed="true"><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence></xs:complexType></xs:element>`,
      ];
    const type = typeOf(position);
    if (!isOpen || type === 'xs:string') return [`${start} type="${type}"/>`];
    return [
      `${start}><xs:simpleType><xs:union memberTypes="${type}"><xs:simpleType><xs:restriction base="xs:string"><xs:length value="0"/></xs:restriction></xs:simpleType></xs:union></xs:simpleType></xs:element>`,
    ];
  });
  const attributes = placed.flatMap(({ position, as, name }) =>
    as === 'attribute'
      ? [`<xs:attribute name=${quoted(name)} type="${isOpen ? 'xs:string' : typeOf(position)}"/>`]
      : [],
  );
  const field = `<xs:element name=${quoted(options.fieldName)} minOccurs="0" maxOccurs="unbounded"${nillable}><xs:complexType mixed="true"><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/></xs:sequence><xs:attribute name="name" type="xs:string" use="required"/></xs:complexType></xs:element>`;
  const content = columnsAs === 'fields' ? [field] : elements;
  const target =
    namespace === ''
      ? ''
      : ` targetNamespace=${quoted(namespace)} xmlns=${quoted(namespace)} elementFormDefault="qualified"`;
  const lines = [
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"${target}>`,
    `  <xs:element name=${quoted(options.rootName)}>`,
    '    <xs:complexType>',
    '      <xs:sequence>',
    `        <xs:element name=${quoted(options.rowName)} minOccurs="0" maxOccurs="unbounded">`,
    '          <xs:complexType>',
    '            <xs:sequence>',
    ...content.map((line) => `              ${line}`),
    '            </xs:sequence>',
    ...attributes.map((line) => `            ${line}`),
    '          </xs:complexType>',
    '        </xs:element>',
    '      </xs:sequence>',
    '    </xs:complexType>',
    '  </xs:element>',
    '</xs:schema>',
  ];
  return `${declarationOf(charset)}${lines.join('\n')}\n`;
}
