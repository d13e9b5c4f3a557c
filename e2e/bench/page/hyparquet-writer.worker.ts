// The peer for writing Parquet: Arquero reads the CSV into typed columns, hyparquet-writer writes them.
import * as aq from 'arquero';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { answer, store } from './peer.ts';

answer(async ({ file }) => {
  const table = aq.fromCSV(await file.text());
  const columnData = table
    .columnNames()
    .map((name) => ({ name, data: table.array(name) as never }));
  return store(new Uint8Array(parquetWriteBuffer({ columnData })));
});
