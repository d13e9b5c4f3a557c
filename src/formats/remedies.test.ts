// One click does what it promises: every remedy of every format's check, under each value of each option.
import { describe, expect, it } from 'vitest';
import { ExportError } from '../contract/errors.ts';
import type { OptionField } from '../contract/options.ts';
import type { FormatFinding } from '../contract/format-finding.ts';
import type { FormatCard } from '../contract/format-plugin.ts';
import { schemaOf } from '../table/builders.ts';
import { type DataType, INT64, type TimeUnit, UTF8 } from '../table/data-type.ts';
import { formats } from './registry.ts';

const timestamp = (unit: TimeUnit, zone: string | null): DataType => ({
  kind: 'timestamp',
  unit,
  zone,
});
const { fields: inner } = schemaOf([['x y', timestamp('ns', 'Asia/Tokyo')]]);

/** Everything that some format cannot hold, under names that some cannot write. */
const schema = schemaOf([
  ['id', INT64],
  ['order', INT64],
  ['a b', { kind: 'int', bits: 64, signed: false }],
  ['select', UTF8],
  ['city', UTF8],
  ['city', UTF8],
  ['', { kind: 'float', bits: 64 }],
  ['price', { kind: 'decimal', precision: 38, scale: 10 }],
  ['paid', { kind: 'bool' }],
  ['day', { kind: 'date' }],
  ['clock', { kind: 'time', unit: 'us' }],
  ['plain', timestamp('ns', null)],
  ['placed', timestamp('us', 'Europe/Berlin')],
  ['utc', timestamp('ms', 'UTC')],
  ['bytes', { kind: 'binary' }],
  ['document', { kind: 'json' }],
  ['tags', { kind: 'list', item: UTF8 }],
  ['inner', { kind: 'struct', fields: inner }],
  ['pairs', { kind: 'map', key: UTF8, value: INT64 }],
  ['kind', { kind: 'dictionary', index: 8, value: UTF8 }],
]);

/** What an option may be set to, as far as it can be told from outside. */
function valuesOf(field: OptionField): Record<string, unknown>[] {
  const own: Record<string, unknown>[] = (field.choices ?? []).map(({ value }) => ({
    [field.id]: value,
  }));
  if (field.kind === 'switch' || typeof field.default === 'boolean')
    own.push({ [field.id]: true }, { [field.id]: false });
  if (typeof field.default === 'string' && field.choices === undefined)
    own.push({ [field.id]: '' }, { [field.id]: 'sqlite_x y' });
  return [...own, ...(field.examples ?? []).map(({ options }) => options)];
}

function findingsOf(card: FormatCard, options: unknown, charset: string): FormatFinding[] {
  try {
    return card.check?.({ options, schema, charset }) ?? [];
  } catch (thrown) {
    // Columns that an option names and nobody has.
    if (!(thrown instanceof ExportError)) throw thrown;
    return [{ severity: 'error', code: thrown.code, sentence: thrown.message }];
  }
}

const keyOf = ({ severity, code, option, column }: FormatFinding): string =>
  [severity, code, option, column].join(' ');

const errorCount = (findings: readonly FormatFinding[]): number =>
  findings.filter(({ severity }) => severity === 'error').length;

describe.each(formats.map((card) => [card.id, card] as const))('remedies of %s', (_id, card) => {
  const settings = [{}, ...card.options.fields.flatMap(valuesOf)];

  it('take away what they are for, and bring no error with them', () => {
    let tried = 0;
    for (const charset of ['utf-8', 'windows-1252', 'utf-16le'])
      for (const values of settings) {
        const parsed = card.options.parse(values);
        if (parsed.issues) continue;
        const findings = findingsOf(card, parsed.value, charset);
        for (const finding of findings) {
          const changes = finding.remedy?.options ?? {};
          if (Object.keys(changes).length === 0) continue;
          const what = `${finding.code} of ${JSON.stringify(values)} by ${JSON.stringify(changes)}`;
          const mended = card.options.parse({ ...values, ...changes });
          expect(mended.issues, what).toBeUndefined();
          const left = findingsOf(card, mended.value, charset);
          expect(left.map(keyOf), what).not.toContain(keyOf(finding));
          expect(errorCount(left), what).toBeLessThanOrEqual(errorCount(findings));
          tried++;
        }
      }
    const promised = card.losses.some(({ remedy, isCounted }) => remedy && !isCounted);
    if (promised) expect(tried).toBeGreaterThan(0);
  });

  it('of its losses are options that it has', () => {
    for (const { code, remedy, option } of card.losses) {
      const ids = card.options.fields.map(({ id }) => id);
      if (option !== undefined) expect(ids, code).toContain(option);
      const parsed = card.options.parse(remedy?.options ?? {});
      expect(parsed.issues, code).toBeUndefined();
    }
  });
});
