// What Arrow data says of itself: its form, its record batches with rows and sizes, its dictionaries.
import { faultError } from '../../contract/fault.ts';
import type { DescribeContext, FileDescription } from '../../contract/source-plugin.ts';
import { openArrow } from './messages.ts';
import { FACTS, figures } from './texts.ts';

const MOST_BATCHES = 24;

export async function describeArrow({ input, limits }: DescribeContext): Promise<FileDescription> {
  const { slices, name } = input;
  if (slices === undefined) throw new TypeError('the Arrow source reads slices');
  try {
    const arrow = await openArrow(slices, limits.columns);
    const batches: string[][] = [];
    let rowCount = 0;
    let batchCount = 0;
    let dictionaryCount = 0;
    const codecs = new Set<string>();
    for await (const { message, bodyBytes } of arrow.messages()) {
      if (message.kind === 'dictionary') dictionaryCount++;
      if (message.kind !== 'batch') continue;
      const { layout } = message;
      batchCount++;
      rowCount += layout.rowCount;
      codecs.add(layout.compression);
      if (batches.length < MOST_BATCHES)
        batches.push([figures(layout.rowCount), layout.compression, figures(bodyBytes)]);
    }
    return {
      facts: {
        lines: [
          { label: FACTS.form, value: arrow.isFile ? FACTS.file : FACTS.stream },
          { label: FACTS.rows, value: figures(rowCount) },
          { label: FACTS.batches, value: figures(batchCount) },
          { label: FACTS.codec, value: [...codecs].join(', ') || FACTS.none },
          { label: FACTS.dictionaries, value: figures(dictionaryCount) },
        ],
        tables: [
          {
            title: FACTS.batches,
            columns: [
              { title: FACTS.rows, isNumber: true },
              { title: FACTS.codec, isNumber: false },
              { title: FACTS.bytes, isNumber: true },
            ],
            rows: batches,
            more: batchCount - batches.length,
          },
        ],
        texts: [],
      },
    };
  } catch (thrown) {
    throw faultError(thrown, 'read.arrow.corrupt', name, 'its messages cannot be decoded');
  }
}
