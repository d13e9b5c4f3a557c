// All formats, one line each.
import type { FormatCard } from '../contract/format-plugin.ts';
import { avroFormat } from './avro/format.ts';
import { arrowFormat } from './arrow/format.ts';
import { csvFormat } from './csv/format.ts';
import { excelFormat } from './excel/format.ts';
import { htmlFormat } from './html/format.ts';
import { jsonFormat } from './json/format.ts';
import { markdownFormat } from './markdown/format.ts';
import { ndjsonFormat } from './ndjson/format.ts';
import { parquetFormat } from './parquet/format.ts';
import { sqliteFormat } from './sqlite/format.ts';
import { textFormat } from './text/format.ts';
import { sqlFormat } from './sql/format.ts';
import { xmlFormat } from './xml/format.ts';

export const formats: FormatCard[] = [
  csvFormat,
  ndjsonFormat,
  jsonFormat,
  xmlFormat,
  sqlFormat,
  htmlFormat,
  excelFormat,
  markdownFormat,
  textFormat,
  parquetFormat,
  arrowFormat,
  avroFormat,
  sqliteFormat,
];
