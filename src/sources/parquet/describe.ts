// What a Parquet file says of itself: row groups, and the column chunks of the first with codec, encodings and sizes.
import { faultError } from '../../contract/fault.ts';
import type { DescribeContext, FileDescription } from '../../contract/source-plugin.ts';
import type { FactTable } from '../../contract/reread.ts';
import { figures } from '../../contract/type-evidence.ts';
import { codecName } from './codecs.ts';
import { readFooter, type RowGroup } from './footer.ts';
import { parquetOptions } from './options.ts';
import { readTree } from './schema-tree.ts';
import { FACTS } from './texts.ts';

const MOST_GROUPS = 12;
const MOST_CHUNKS = 60;

const ENCODINGS = [
  'plain',
  '',
  'dictionary',
  'RLE',
  'bit-packed',
  'delta',
  'delta length',
  'delta strings',
  'dictionary',
  'byte stream split',
];
/** Levels are always written so: it says nothing of the values. */
const LEVELS = [3, 4];

const packed = ({ chunks }: RowGroup): number =>
  chunks.reduce((sum, chunk) => sum + chunk.packedBytes, 0);

/** Of pages with a dictionary `plain` is that of the dictionary itself. */
function encodingsOf(encodings: readonly number[]): string {
  const names = encodings.filter((encoding) => !LEVELS.includes(encoding)).map(nameOf);
  const said = names.includes('dictionary') ? names.filter((name) => name !== 'plain') : names;
  return [...new Set(said.length > 0 ? said : encodings.map(nameOf))].join(', ');
}

const nameOf = (encoding: number): string => ENCODINGS[encoding] || `encoding ${encoding}`;

export async function describeParquet({ input }: DescribeContext): Promise<FileDescription> {
  const { slices, name } = input;
  if (slices === undefined) throw new TypeError('the Parquet source reads slices');
  try {
    const footer = await readFooter(slices, name);
    const { leaves } = readTree(footer.elements, parquetOptions.defaults);
    const { rowGroups } = footer;
    const first = rowGroups[0]?.chunks ?? [];
    return {
      facts: {
        lines: [
          { label: FACTS.rows, value: figures(footer.rowCount) },
          { label: FACTS.rowGroups, value: figures(rowGroups.length) },
          { label: FACTS.footer, value: FACTS.bytes(slices.sizeBytes - footer.start) },
          ...(footer.createdBy === null ? [] : [{ label: FACTS.writer, value: footer.createdBy }]),
          ...(footer.keys.length === 0
            ? []
            : [{ label: FACTS.keys, value: footer.keys.join(', ') }]),
        ],
        tables: [
          ...(rowGroups.length < 2 ? [] : [groupsTable(rowGroups)]),
          {
            title: FACTS.chunks,
            columns: [
              { title: FACTS.column, isNumber: false },
              { title: FACTS.codec, isNumber: false },
              { title: FACTS.encoding, isNumber: false },
              { title: FACTS.packed, isNumber: true },
            ],
            rows: first
              .slice(0, MOST_CHUNKS)
              .map((chunk, i) => [
                leaves[i]!.path,
                codecName(chunk.codec),
                encodingsOf(chunk.encodings),
                figures(chunk.packedBytes),
              ]),
            more: Math.max(0, first.length - MOST_CHUNKS),
          },
        ],
        texts: [],
      },
    };
  } catch (thrown) {
    throw faultError(thrown, 'read.parquet.corrupt', name, 'its pages cannot be decoded');
  }
}

function groupsTable(groups: readonly RowGroup[]): FactTable {
  return {
    title: FACTS.rowGroups,
    columns: [
      { title: FACTS.rows, isNumber: true },
      { title: FACTS.packed, isNumber: true },
    ],
    rows: groups
      .slice(0, MOST_GROUPS)
      .map((group) => [figures(group.rowCount), figures(packed(group))]),
    more: Math.max(0, groups.length - MOST_GROUPS),
  };
}
