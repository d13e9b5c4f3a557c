// Further cases of the byte-identity tests, taken from the registries: a new preset or charset is in without a word here.
import type { CharsetConfig } from '../../src/contract/config.ts';
import { charsets } from '../../src/charsets/registry.ts';
import { isSingleByte } from '../../src/charsets/single-byte.ts';
import { formats } from '../../src/formats/registry.ts';
import { part, type GateCase } from './cases.ts';

/** One text block, four batches when cut. */
const FEW_ROWS = 3_000;
/** Several deflate blocks. */
const SOME_ROWS = 12_000;
/** Above the size from which the command line uses lanes. */
const MANY_ROWS = 60_000;

export const presetCases: GateCase[] = formats.flatMap(({ id, presets }) =>
  [{ id: 'default', options: {} }, ...presets].flatMap((preset) =>
    // What a preset changes is written the same from whatever source: only the default goes through both.
    (preset.id === 'default' ? (['csv', 'rows'] as const) : (['csv'] as const)).map((source) => ({
      name: `${source} → ${id}, preset ${preset.id}`,
      source,
      rowCount: FEW_ROWS,
      format: part(id, preset.options),
      output: {},
    })),
  ),
);

const inCharset = (format: string, charset: CharsetConfig): GateCase => ({
  name: `csv → ${format} in ${charset.id}${charset.bom ? ' with a mark' : ''}, lacking: ${charset.onLoss}`,
  source: 'csv',
  rowCount: FEW_ROWS,
  format: part(format),
  output: { charset },
});

/** Of the single-byte charsets, which are tables of one kind, one goes through every policy. */
const policiesOf = (id: string): CharsetConfig['onLoss'][] => {
  if (id === 'windows-1252') return ['replace', 'transliterate', 'escape'];
  return isSingleByte(id) && id !== 'ascii' ? [] : ['replace'];
};

export const charsetCases: GateCase[] = charsets
  .filter((charset) => charset.canEncode)
  .flatMap(({ id }) =>
    id.startsWith('utf-')
      ? [false, true].map((bom) => inCharset('csv', { id, bom, onLoss: 'fail', replacement: '?' }))
      : policiesOf(id).map((onLoss) =>
          inCharset(onLoss === 'escape' ? 'ndjson' : 'csv', {
            id,
            bom: false,
            onLoss,
            replacement: '?',
          }),
        ),
  );

export const packedCases: GateCase[] = [
  ...[1, 6, 9].map((level): GateCase => ({
    name: `csv → csv, gzip level ${level}`,
    source: 'csv',
    rowCount: level === 6 ? MANY_ROWS : SOME_ROWS,
    format: part('csv'),
    output: { compression: part('gzip', { level }) },
  })),
  {
    name: 'csv → json, zip of four parts',
    source: 'csv',
    rowCount: SOME_ROWS,
    format: part('json'),
    output: { archive: part('zip'), split: { rows: 3500 } },
  },
];
