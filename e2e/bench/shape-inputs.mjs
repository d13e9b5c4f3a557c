// The benchmark's table in other kinds of files, each written by somebody else's writer and kept for the next time.
import { spawnSync } from 'node:child_process';
import { createWriteStream, existsSync, renameSync } from 'node:fs';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Zip, ZipDeflate, strToU8 } from 'fflate';

const duckdb = fileURLToPath(new URL('duckdb.node.mjs', import.meta.url));

/** @param {string} csv @param {'csv' | 'parquet' | 'ndjson' | 'xlsx'} kind */
export async function inputOfKind(csv, kind) {
  if (kind === 'csv') return csv;
  const path = csv.replace(/\.csv$/, `.${kind}`);
  if (existsSync(path)) return path;
  if (kind === 'xlsx') await writeWorkbook(csv, path);
  else {
    const options = kind === 'parquet' ? 'FORMAT parquet, COMPRESSION snappy' : 'FORMAT json';
    const sql = `COPY (SELECT * FROM read_csv('${csv}')) TO '${path}' (${options})`;
    const { status } = spawnSync(process.execPath, [duckdb, sql], { stdio: 'inherit' });
    if (status !== 0) throw new Error(`no ${kind} input`);
  }
  return path;
}

/** A plain workbook of one sheet: numbers as numbers, all else as inline text. */
async function writeWorkbook(csv, path) {
  const file = createWriteStream(`${path}.part`);
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    file.write(bytes);
  });
  const add = (name) => {
    const entry = new ZipDeflate(name, { level: 1 });
    zip.add(entry);
    return entry;
  };
  const whole = (name, text) => add(name).push(strToU8(text), true);
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const office = 'http://schemas.openxmlformats.org';
  whole(
    '[Content_Types].xml',
    `${head}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  );
  const relations = (type, target) =>
    `${head}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
  whole('_rels/.rels', relations('officeDocument', 'xl/workbook.xml'));
  whole('xl/_rels/workbook.xml.rels', relations('worksheet', 'worksheets/sheet1.xml'));
  whole(
    'xl/workbook.xml',
    `${head}<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  const sheet = add('xl/worksheets/sheet1.xml');
  sheet.push(strToU8(`${head}<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>`));
  const escape = (text) =>
    text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
  const { default: Papa } = await import('papaparse');
  let row = 0;
  let pending = '';
  const records = createReadStream(csv, 'utf8').pipe(Papa.parse(Papa.NODE_STREAM_INPUT));
  for await (const record of records) {
    row++;
    pending += `<row r="${row}">${record
      .map((cell, c) => {
        const at = `${String.fromCharCode(65 + c)}${row}`;
        if (cell === '') return '';
        return row > 1 && /^-?\d{1,15}(\.\d+)?$/.test(cell)
          ? `<c r="${at}"><v>${cell}</v></c>`
          : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`;
      })
      .join('')}</row>`;
    if (pending.length > 1 << 20) {
      sheet.push(strToU8(pending));
      pending = '';
      if (file.writableNeedDrain) await once(file, 'drain');
    }
  }
  sheet.push(strToU8(`${pending}</sheetData></worksheet>`), true);
  zip.end();
  file.end();
  await once(file, 'close');
  renameSync(`${path}.part`, path);
}
