// The peer that writes workbooks: papaparse reads, exceljs' streaming writer writes row by row.
import { createReadStream } from 'node:fs';
import ExcelJS from 'exceljs';
import Papa from 'papaparse';

const [input, output] = process.argv.slice(2);
const startedAt = performance.now();
const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: output, useStyles: true });
const sheet = book.addWorksheet('data', { views: [{ state: 'frozen', ySplit: 1 }] });
let isHeader = true;
for await (const record of createReadStream(input, 'utf8').pipe(
  Papa.parse(Papa.NODE_STREAM_INPUT, { dynamicTyping: true }),
)) {
  const row = sheet.addRow(record);
  if (isHeader) row.font = { bold: true };
  isHeader = false;
  row.commit();
}
sheet.commit();
await book.commit();
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - startedAt }));
