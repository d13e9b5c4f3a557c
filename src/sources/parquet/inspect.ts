// Says what a Parquet file holds, from its footer alone.
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import type { Schema } from '../../table/data-type.ts';
import { codecName } from './codecs.ts';
import { faultError } from '../../contract/fault.ts';
import { readFooter } from './footer.ts';
import { parquetOptions, type ParquetOptions } from './options.ts';
import { readTree, type TreeNode } from './schema-tree.ts';
import { EVIDENCE } from './texts.ts';

export async function inspectParquet(
  context: InspectContext<ParquetOptions>,
): Promise<SourceInspection<ParquetOptions>> {
  const { input, given, name } = context;
  if (input?.slices === undefined) throw new TypeError('the Parquet source reads slices');
  const options: ParquetOptions = { ...parquetOptions.defaults, ...given };
  try {
    const footer = await readFooter(input.slices, name);
    const { columns, leaves } = readTree(footer.elements, options);
    const codecs = new Set(
      footer.rowGroups.flatMap((group) => group.chunks.map((chunk) => chunk.codec)),
    );
    codecs.delete(0);
    const evidence = [
      {
        option: '',
        sentence: EVIDENCE.file(
          footer.rowCount,
          footer.rowGroups.length,
          [...codecs].map(codecName),
          footer.createdBy,
        ),
      },
    ];
    const bare = leaves.filter(
      ({ element }) =>
        element.physical === 6 && element.logical === null && element.converted === null,
    );
    if (bare.length > 0)
      evidence.push({ option: 'bareBytes', sentence: EVIDENCE.bareBytes(pathsOf(bare)) });
    const old = leaves.filter(({ element }) => element.physical === 3);
    if (old.length > 0) evidence.push({ option: 'int96', sentence: EVIDENCE.int96(pathsOf(old)) });
    return {
      options,
      evidence,
      schema: schemaOf(columns),
      columns: [],
      sampledRows: 0,
      isWhole: false,
      estimatedRows: footer.rowCount,
    };
  } catch (thrown) {
    throw faultError(thrown, 'read.parquet.corrupt', name, 'its pages cannot be decoded');
  }
}

const MOST_PATHS = 5;

function pathsOf(leaves: readonly { path: string }[]): string[] {
  const paths = leaves.slice(0, MOST_PATHS).map((leaf) => leaf.path);
  if (leaves.length > MOST_PATHS) paths.push('…');
  return paths;
}

function schemaOf(columns: readonly TreeNode[]): Schema {
  return {
    fields: columns.map(({ name, type, nullable }) => ({ name, type, nullable, origin: 'native' })),
  };
}
