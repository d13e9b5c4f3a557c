// What an Avro file says of itself: its blocks with records and sizes, its codec, its schema and what else its head holds.
import { faultError } from '../../contract/fault.ts';
import type { DescribeContext, FileDescription } from '../../contract/source-plugin.ts';
import { figures } from '../../contract/type-evidence.ts';
import { blocksOf, readHead } from './container.ts';
import { FACTS } from './texts.ts';

const MOST_BLOCKS = 24;

const decoder = new TextDecoder();

export async function describeAvro({ input }: DescribeContext): Promise<FileDescription> {
  const { slices, name } = input;
  if (slices === undefined) throw new TypeError('the Avro source reads slices');
  try {
    const head = await readHead(slices);
    const blocks: string[][] = [];
    let blockCount = 0;
    let rowCount = 0;
    for await (const { rowCount: rows, from, to } of blocksOf(slices, head)) {
      blockCount++;
      rowCount += rows;
      if (blocks.length < MOST_BLOCKS) blocks.push([figures(rows), figures(to - from)]);
    }
    return {
      facts: {
        lines: [
          { label: FACTS.rows, value: figures(rowCount) },
          { label: FACTS.blocks, value: figures(blockCount) },
          { label: FACTS.codec, value: head.codec === 'null' ? FACTS.none : head.codec },
        ],
        tables: [
          {
            title: FACTS.blocks,
            columns: [
              { title: FACTS.rows, isNumber: true },
              { title: FACTS.bytes, isNumber: true },
            ],
            rows: blocks,
            more: blockCount - blocks.length,
          },
        ],
        texts: [
          { title: FACTS.schema, text: JSON.stringify(JSON.parse(head.schema), null, 1) },
          ...head.metadata
            .filter(({ key }) => !key.startsWith('avro.'))
            .map(({ key, value }) => ({ title: key, text: decoder.decode(value) })),
        ],
      },
    };
  } catch (thrown) {
    throw faultError(thrown, 'read.avro.corrupt', name, 'its records cannot be decoded');
  }
}
