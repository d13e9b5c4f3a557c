// The peer on the command line: papaparse reads a file and writes it again, chunk by chunk.
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import Papa from 'papaparse';

const [input, output] = process.argv.slice(2);
const file = createWriteStream(output);
const parsed = createReadStream(input, 'utf8').pipe(Papa.parse(Papa.NODE_STREAM_INPUT));
let records = [];
const flush = async () => {
  const text = `${Papa.unparse(records, { newline: '\n' })}\n`;
  records = [];
  if (!file.write(text)) await once(file, 'drain');
};
for await (const record of parsed) {
  records.push(record);
  if (records.length === 10_000) await flush();
}
if (records.length > 0) await flush();
file.end();
await once(file, 'close');
