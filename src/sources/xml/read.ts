// Reads the records of an XML document as batches of text blocks.
import { conformColumns, createConformer } from '../../contract/conform.ts';
import type { ReadContext } from '../../contract/source-plugin.ts';
import type { Batch, Column } from '../../table/batch.ts';
import type { TextBlock } from '../../table/text-block.ts';
import { GrowingSchema } from './growth.ts';
import { INCOMPLETE, WRONG } from './lexer.ts';
import { XmlNaming } from './naming.ts';
import type { XmlOptions } from './options.ts';
import { PathMatcher } from './path.ts';
import { RecordFinder } from './record-finder.ts';
import { XmlRows } from './rows.ts';
import { FINISHED, START } from './scan.ts';
import { LOSS_SENTENCES } from './texts.ts';
import { XmlWindow } from './window.ts';

/** Throws SchemaGrowth for what an inferred schema cannot hold. */
export async function* readXml(context: ReadContext<XmlOptions>): AsyncGenerator<Batch> {
  const { input, options, schema, limits, signal } = context;
  if (input.kind !== 'bytes') throw new TypeError('the XML source reads bytes');
  const columns: Column[] = schema.fields.map((_, index) => ({ storage: 'text', index }));
  const conform = createConformer(conformColumns(schema, context.columns), schema, 'xml');
  const batchOf = (given: TextBlock): Batch => {
    const { block, selection } = conform(given, [], context);
    return { schema, rowCount: block.rowCount, selection, columns: columns.slice(), block };
  };
  const window = new XmlWindow(input, limits);
  try {
    await window.begin();
    signal.throwIfAborted();
    const { scan } = window;
    const naming = new XmlNaming(options);
    const finder = new RecordFinder(scan, new PathMatcher(options.path!), naming);
    const growing = new GrowingSchema(schema, limits.columns);
    const rows = new XmlRows(
      scan,
      schema,
      options,
      naming,
      growing,
      limits.columns,
      context.wanted,
    );
    const { block } = rows.cells;
    for (let token = START; token !== FINISHED;) {
      token = finder.next();
      if (token === START) {
        const { recordAt } = finder;
        token = rows.row(finder.isKept, window.lineOf(recordAt), window.base + recordAt);
        if (token === INCOMPLETE) finder.goBack();
      }
      if (token === WRONG) throw window.faultError();
      if (token !== INCOMPLETE && token !== FINISHED && !block.isFull) continue;
      signal.throwIfAborted();
      if (growing.surveyTo !== null) {
        if (block.rowCount > 0) block.take();
        if (window.base + scan.at >= growing.surveyTo || token === FINISHED) throw growing.growth();
      } else if (block.rowCount > 0) {
        for (const loss of rows.takeLosses()) context.lose(loss);
        yield batchOf(block.take());
      }
      if (token === INCOMPLETE) await window.more();
    }
    if (scan.defaultCount > 0)
      context.lose({
        code: 'xml.default-left-out',
        sentence: LOSS_SENTENCES['default-left-out'],
        count: scan.defaultCount,
      });
  } finally {
    await window.close();
  }
}
