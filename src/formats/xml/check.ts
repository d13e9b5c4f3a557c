// What can be said about xml options and columns before the run.
import { shorten } from '../../contract/errors.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { Schema } from '../../table/data-type.ts';
import { holdsElements } from './grammar.ts';
import { isAttribute, isUnicode, placeColumns, writtenName } from './layout.ts';
import { isXmlName, replacedName } from './names.ts';
import type { XmlOptions } from './options.ts';
import { CHECK_TEXTS } from './texts.ts';

/** Conflicts and losses of these options for these columns. */
export function checkXml(options: XmlOptions, schema: Schema, charset: string): FormatFinding[] {
  return [...optionErrors(options, schema, charset), ...losses(options, schema, charset)];
}

export function optionErrors(
  options: XmlOptions,
  schema: Schema,
  charset: string,
): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (
    option: keyof XmlOptions,
    code: string,
    sentence: string,
    remedy?: FormatFinding['remedy'],
  ): void => {
    findings.push({ severity: 'error', option, code, sentence, ...(remedy && { remedy }) });
  };
  const write = writtenName(options, charset);
  const elementNames: (keyof XmlOptions & ('rootName' | 'rowName' | 'fieldName' | 'itemName'))[] = [
    'rootName',
    'rowName',
    ...(options.columnsAs === 'fields' ? (['fieldName'] as const) : []),
    ...(options.nested === 'elements' ? (['itemName'] as const) : []),
  ];
  for (const option of elementNames) {
    const given = options[option];
    if (isXmlName(given) && (isUnicode(charset) || write(given) === given)) continue;
    const name = replacedName(given, !isUnicode(charset));
    error(option, 'xml.bad-name', CHECK_TEXTS.badName(shorten(given)), {
      title: CHECK_TEXTS.otherName(shorten(name)),
      options: { [option]: name },
    });
  }
  const { prefix, namespace } = options;
  if (prefix !== '' && !isXmlName(prefix))
    error('prefix', 'xml.bad-name', CHECK_TEXTS.badName(shorten(prefix)), {
      title: CHECK_TEXTS.dropPrefix,
      options: { prefix: '' },
    });
  else if (/^xml/i.test(prefix) || prefix === 'xsi')
    error('prefix', 'xml.reserved-prefix', CHECK_TEXTS.reservedPrefix(prefix), {
      title: CHECK_TEXTS.dropPrefix,
      options: { prefix: '' },
    });
  else if (prefix !== '' && namespace === '')
    error('prefix', 'xml.prefix-without-namespace', CHECK_TEXTS.nameTaken, {
      title: CHECK_TEXTS.dropPrefix,
      options: { prefix: '' },
    });
  // oxlint-disable-next-line no-control-regex -- no such character is part of an address
  if (/[\u0000- \u007f<>"]/.test(namespace))
    error('namespace', 'xml.bad-namespace', CHECK_TEXTS.badNamespace);
  for (const name of options.columnsAs === 'elements' ? options.attributeColumns : [])
    if (!schema.fields.some((field) => field.name === name))
      error('attributeColumns', 'xml.unknown-column', CHECK_TEXTS.unknownColumn(shorten(name)));
  const attributes = schema.fields.filter(({ name }) => isAttribute(options, name));
  if (options.nullHandling === 'nil' && attributes.length > 0)
    error('nullHandling', 'xml.nil-attribute', CHECK_TEXTS.nilAttribute, {
      title: CHECK_TEXTS.omitNulls,
      options: { nullHandling: 'omit' },
    });
  if (options.cdata !== 'never' && !isUnicode(charset))
    error('cdata', 'xml.cdata-charset', CHECK_TEXTS.cdataCharset(charset), {
      title: CHECK_TEXTS.noCdata,
      options: { cdata: 'never' },
    });
  const nested = schema.fields.filter((field) => holdsElements(options, field));
  if (options.grammar === 'doctype' && nested.some(({ name }) => !isAttribute(options, name)))
    error('grammar', 'xml.nested-doctype', CHECK_TEXTS.nestedGrammar, {
      title: CHECK_TEXTS.nestedAsJson,
      options: { nested: 'json' },
    });
  return findings;
}

function losses(options: XmlOptions, schema: Schema, charset: string): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const loss = (code: string, sentence: string, option?: string, column?: string): void => {
    findings.push({
      severity: 'loss',
      code,
      sentence,
      ...(option !== undefined && { option }),
      ...(column !== undefined && { column }),
    });
  };
  const write = writtenName(options, charset);
  for (const { position, as, name } of placeColumns(options, schema, charset)) {
    if (as === 'field') continue;
    const own = schema.fields[position]!.name;
    if (write(own) !== own)
      loss(
        'xml.name-changed',
        CHECK_TEXTS.nameChanged(shorten(own, 40), shorten(write(own), 40)),
        'nameHandling',
        own,
      );
    if (name.slice(name.indexOf(':') + 1) !== write(own))
      loss(
        'xml.name-repeated',
        CHECK_TEXTS.nameRepeated(shorten(own), shorten(name)),
        undefined,
        own,
      );
  }
  if (options.nullHandling === 'empty')
    loss('xml.null-as-empty', CHECK_TEXTS.nullAsEmpty, 'nullHandling');
  for (const field of schema.fields)
    if (holdsElements(options, field) && !isAttribute(options, field.name))
      loss('xml.nested-as-elements', CHECK_TEXTS.nestedChanged, 'nested', field.name);
  return findings;
}
