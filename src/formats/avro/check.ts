// What can be said about avro options and columns before the run.
import { shorten } from '../../contract/errors.ts';
import { lossesOf, type FormatFinding } from '../../contract/format-finding.ts';
import type { DataType, Schema } from '../../table/data-type.ts';
import { isUtc } from '../../table/value-text.ts';
import type { AvroOptions } from './options.ts';
import { fieldNames } from './schema.ts';
import { CHECK_TEXTS } from './texts.ts';

const NAMESPACE = /^$|^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

export function optionErrors(options: AvroOptions, schema: Schema): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (
    option: keyof AvroOptions,
    code: string,
    sentence: string,
    remedy?: FormatFinding['remedy'],
  ): void => {
    findings.push({ severity: 'error', option, code, sentence, ...(remedy && { remedy }) });
  };
  if (!NAMESPACE.test(options.namespace))
    error('namespace', 'avro.bad-namespace', CHECK_TEXTS.badNamespace, {
      title: CHECK_TEXTS.noNamespace,
      options: { namespace: '' },
    });
  for (const key of Object.keys(options.metadata))
    if (key.startsWith('avro.'))
      error('metadata', 'avro.bad-key', CHECK_TEXTS.badKey(shorten(key)));
  for (const name of options.uuidColumns) {
    const field = schema.fields.find((each) => each.name === name);
    if (field === undefined)
      error('uuidColumns', 'avro.unknown-column', CHECK_TEXTS.unknownColumn(shorten(name)));
    else if (plain(field.type).kind !== 'utf8')
      error('uuidColumns', 'avro.not-text', CHECK_TEXTS.notText(shorten(name)));
  }
  return findings;
}

const plain = (type: DataType): DataType => (type.kind === 'dictionary' ? plain(type.value) : type);

/** Conflicts and losses of these options for these columns. */
export function checkAvro(options: AvroOptions, schema: Schema): FormatFinding[] {
  const findings = optionErrors(options, schema);
  const names = fieldNames(schema.fields.map(({ name }) => name));
  for (const [at, { name, type: own }] of schema.fields.entries()) {
    const loss = lossesOf(findings, name);
    const type = plain(own);
    const written = names[at]!;
    if (written !== name)
      loss('avro.name-changed', CHECK_TEXTS.nameChanged(shorten(name, 40), shorten(written, 40)));
    if (type.kind === 'timestamp' && type.zone !== null && !isUtc(type.zone))
      loss('avro.zone', CHECK_TEXTS.zone(type.zone));
    if (type.kind === 'decimal' && options.decimals === 'double')
      loss('avro.decimal-as-double', CHECK_TEXTS.double, 'decimals', {
        title: CHECK_TEXTS.exactDecimals,
        options: { decimals: 'decimal' },
      });
    if (type.kind === 'int' && type.bits === 64 && !type.signed)
      loss('avro.unsigned-as-decimal', CHECK_TEXTS.unsigned);
    const isNested = ['list', 'struct', 'map'].includes(type.kind);
    if (type.kind === 'json' || (isNested && options.nested === 'json'))
      loss('avro.json-as-text', CHECK_TEXTS.json);
  }
  return findings;
}
