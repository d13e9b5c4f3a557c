// The peer for workbooks: exceljs reads row by row, papaparse writes.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import ExcelJS from 'exceljs';
import Papa from 'papaparse';

const [input, output] = process.argv.slice(2);
const startedAt = performance.now();
const file = createWriteStream(output);
const book = new ExcelJS.stream.xlsx.WorkbookReader(input, {
  worksheets: 'emit',
  sharedStrings: 'cache',
  styles: 'ignore',
  hyperlinks: 'ignore',
  entries: 'ignore',
});
for await (const sheet of book)
  for await (const row of sheet)
    if (!file.write(`${Papa.unparse([row.values.slice(1)])}\n`)) await once(file, 'drain');
file.end();
await once(file, 'close');
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - startedAt }));
