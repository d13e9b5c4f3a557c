// Makes workbooks from the XML of their parts, and reads workbooks through inspect and read as the engine does.
import { strToU8, zipSync } from 'fflate';
import { DEFAULT_LIMITS, type Limits } from '../../contract/config.ts';
import type { ByteInput, ByteSlices } from '../../contract/source-input.ts';
import type { ReadContext, SourceInspection } from '../../contract/source-plugin.ts';
import type { Loss } from '../../contract/report.ts';
import { cellText } from '../../table/cell-text.ts';
import { typeName } from '../../table/data-type.ts';
import { inspectExcel } from './inspect.ts';
import type { ExcelOptions } from './options.ts';
import { readExcel } from './read.ts';

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** What a made workbook holds; all XML is put in as it is. */
export interface MadeBook {
  /** Content of each `sheetData`. */
  rows?: string;
  /** The whole sheet instead of `rows`. */
  sheet?: string;
  /** Before `sheetData`. */
  head?: string;
  sharedStrings?: string;
  /** Codes of number formats: cells name them by `s`, 1 for the first. */
  formats?: string[];
  workbookPr?: string;
  definedNames?: string;
  /** Parts beside or instead of the usual ones. */
  parts?: Record<string, string>;
  /** Not packed, which takes less time for what is large. */
  isStored?: boolean;
}

/** The bytes of a workbook with one sheet, “Sheet1”. */
export function bookOf(made: MadeBook): Uint8Array {
  const { rows = '', head = '', formats = [] } = made;
  const relation = (id: number, kind: string, target: string): string =>
    `<Relationship Id="rId${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  const relations = (all: string): string => `<Relationships>${all}</Relationships>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relations(relation(1, 'officeDocument', 'xl/workbook.xml')),
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${made.workbookPr ?? ''}<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>${made.definedNames ?? ''}</workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      relation(1, 'worksheet', 'worksheets/sheet1.xml') +
        relation(2, 'styles', 'styles.xml') +
        relation(3, 'sharedStrings', 'sharedStrings.xml'),
    ),
    'xl/styles.xml': `<styleSheet><numFmts>${formats.map((code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.map((_, i) => `<xf numFmtId="${200 + i}"/>`).join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${made.sharedStrings ?? ''}</sst>`,
    'xl/worksheets/sheet1.xml':
      made.sheet ?? `<worksheet xmlns="${MAIN}">${head}<sheetData>${rows}</sheetData></worksheet>`,
    ...made.parts,
  };
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
    { level: made.isStored === true ? 0 : 6 },
  );
}

export interface ReadBook {
  inspection: SourceInspection<ExcelOptions>;
  /** `name: type` of each column. */
  columns: string[];
  rows: (string | null)[][];
  losses: Loss[];
  /** 1-based row of the sheet of each row. */
  lines: number[];
}

function slicesOf(bytes: Uint8Array): ByteSlices {
  return {
    sizeBytes: bytes.length,
    read: async (from, to) => bytes.slice(from, to),
  };
}

/** All cells of a sheet or table. */
export async function readBook(
  bytes: Uint8Array,
  question: Partial<ExcelOptions> & { table?: string; limits?: Partial<Limits> } = {},
  change: Partial<ReadContext<ExcelOptions>> = {},
): Promise<ReadBook> {
  const slices = slicesOf(bytes);
  const input: ByteInput = {
    kind: 'bytes',
    name: 'test.xlsx',
    sizeBytes: bytes.length,
    once: false,
    open: () => {
      throw new TypeError('read in slices');
    },
    slices,
  };
  const { table, limits: changed, ...given } = question;
  const limits = { ...DEFAULT_LIMITS, ...changed };
  const inspection = await inspectExcel({
    given,
    columns: [],
    ...(table !== undefined && { table }),
    input,
    sample: bytes.subarray(0, 4096),
    profiles: true,
    isWhole: false,
    sizeBytes: bytes.length,
    name: input.name,
    limits,
  });
  const schema = change.schema ?? inspection.schema;
  const rows: (string | null)[][] = [];
  const losses: Loss[] = [];
  const lines: number[] = [];
  const batches = readExcel({
    input,
    options: inspection.options,
    schema,
    columns: [],
    ...(inspection.table !== undefined && { table: inspection.table }),
    limits,
    signal: new AbortController().signal,
    reject() {},
    lose: (loss) => losses.push(loss),
    ...change,
  });
  for await (const batch of batches)
    for (let row = 0; row < batch.rowCount; row++) {
      rows.push(schema.fields.map((_, column) => cellText(batch, row, column)));
      lines.push(batch.block!.lines![row]!);
    }
  return {
    inspection,
    columns: schema.fields.map((field) => `${field.name}: ${typeName(field.type)}`),
    rows,
    losses,
    lines,
  };
}
