// Every source and every origin of bytes, one line each.
import type { OriginCard } from '../contract/origin-plugin.ts';
import type { SourceCard } from '../contract/source-plugin.ts';
import { arrowSource } from './arrow/source.ts';
import { avroSource } from './avro/source.ts';
import { csvSource } from './csv/source.ts';
import { fixedWidthSource } from './fixed-width/source.ts';
import { htmlSource } from './html/source.ts';
import { httpOrigin } from './http/origin.ts';
import { excelSource } from './excel/source.ts';
import { parquetSource } from './parquet/source.ts';
import { jsonSource } from './json/source.ts';
import { markdownSource } from './markdown/source.ts';
import { ndjsonSource } from './ndjson/source.ts';
import { rowsSource } from './rows/source.ts';
import { sqliteSource } from './sqlite/source.ts';
import { sqlSource } from './sql/source.ts';
import { textSource } from './text/source.ts';
import { xmlSource } from './xml/source.ts';

export const sources: SourceCard[] = [
  csvSource,
  fixedWidthSource,
  textSource,
  jsonSource,
  ndjsonSource,
  htmlSource,
  xmlSource,
  sqlSource,
  markdownSource,
  rowsSource,
  sqliteSource,
  parquetSource,
  arrowSource,
  avroSource,
  excelSource,
];

export const origins: OriginCard[] = [httpOrigin];
