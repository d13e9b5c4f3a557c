// Looks into a template before the run: what would stop it, and where its rows could go.
import { asExportError } from '../../../contract/errors.ts';
import type { EncoderContext, EncoderRoom } from '../../../contract/encoder.ts';
import type { FileRef } from '../../../contract/file-ref.ts';
import type { FilesSeen } from '../../../contract/format-plugin.ts';
import type { OptionChoice } from '../../../contract/options.ts';
import type { ExcelOptions } from '../options.ts';
import { columnLetters, sheetReference } from '../parts.ts';
import { moveAround, splitSheet } from './fill-sheet.ts';
import { openFilled, type Opened, within } from './open-filled.ts';
import { namedRanges, readBook, Template, type TemplateBook } from './open-template.ts';
import { findPlaceholders, readSharedTexts, repeatedCells } from './placeholders.ts';
import { TEMPLATE_TEXTS } from './texts.ts';

/** Sheets of more are not read only to offer the cell below their rows. */
const MOST_SHEET_BYTES = 4 * 1024 * 1024;
const MOST_OFFERED = 100;

type Context = Pick<EncoderContext<ExcelOptions>, 'options' | 'schema'>;
type Room = Pick<EncoderRoom, 'limits' | 'openFile'>;

/** What of a template's content stands in the way of these rows, and the targets to choose from. Throws what opening the file throws. */
export async function seeTemplate(context: Context, file: FileRef, room: Room): Promise<FilesSeen> {
  const opened = await room.openFile(file);
  const again: Room = { limits: room.limits, openFile: async () => opened };
  const findings: FilesSeen['findings'] = [];
  const tell = (thrown: unknown, option: keyof ExcelOptions): void => {
    const { code, message: sentence } = asExportError(thrown);
    if (code !== 'encode.excel.template') throw thrown;
    findings.push({ severity: 'error', option, code: 'excel.template', sentence });
  };
  let targets: OptionChoice[];
  try {
    const template = await Template.open(opened, room.limits);
    const book = await readBook(template);
    targets = await targetsOf(context, template, book);
  } catch (thrown) {
    tell(thrown, 'template');
    return { findings, choices: {} };
  }
  try {
    insistFree(await openFilled(context, file, again));
  } catch (thrown) {
    tell(thrown, targets.length > 0 ? 'templateTarget' : 'template');
  }
  return { findings, choices: { templateTarget: targets } };
}

/** Throws what lies over the rows that are replaced. */
function insistFree({ template, target, sheet }: Opened): void {
  const { first, last } = target;
  const move = { sheet: target.sheet.name, first, last, count: last - first + 1 };
  within(template, () => {
    moveAround(sheet.head, move);
    moveAround(sheet.tail, move);
  });
}

async function targetsOf(
  { schema }: Context,
  template: Template,
  book: TemplateBook,
): Promise<OptionChoice[]> {
  const shared = await readSharedTexts(template, book);
  const cells = await findPlaceholders(template, book, shared, (work) => within(template, work));
  const [repeated] = repeatedCells(cells, schema);
  const [only] = book.tables;
  const targets: OptionChoice[] = [];
  if (repeated !== undefined) {
    const row = `${sheetReference(repeated.sheet.name)}${repeated.row}:${repeated.row}`;
    targets.push({ value: '', label: TEMPLATE_TEXTS.byPlaceholders(row) });
  } else if (book.tables.length === 1)
    targets.push({ value: '', label: TEMPLATE_TEXTS.onlyTable(only!.name) });
  if (book.tables.length > 1 || repeated !== undefined)
    for (const { name, sheet } of book.tables)
      targets.push({ value: name, label: TEMPLATE_TEXTS.ofTable(name, sheet) });
  for (const { name, refers } of namedRanges(book))
    targets.push({ value: name, label: TEMPLATE_TEXTS.ofName(name, refers) });
  for (const { name, part } of book.sheets) {
    if ((template.members.get(part)?.sizeBytes ?? 0) > MOST_SHEET_BYTES) continue;
    const xml = await template.read(part);
    const { rows } = within(template, () => splitSheet(xml, name));
    const last = rows.findLast((row) =>
      row.cells.some(({ xml: cell }) => /<(?:v|is|f)[\s/>]/.test(cell)),
    );
    const column = Math.min(...(last?.cells.map((cell) => cell.column) ?? [1]));
    const cell = `${columnLetters(column)}${(last?.number ?? 0) + 1}`;
    targets.push({
      value: `${sheetReference(name)}${cell}`,
      label: TEMPLATE_TEXTS.ofSheet(name, cell),
    });
  }
  return targets.slice(0, MOST_OFFERED);
}
