// Opens the workbook that is filled: its parts, sheets, tables and names, and the rows that are to be replaced.
import type { Limits } from '../../../contract/config.ts';
import { ExportError, shorten } from '../../../contract/errors.ts';
import type { FormatFile } from '../../../contract/file-ref.ts';
import { listZip, readZipMember, type ZipMember } from '../../../contract/zip-reader.ts';
import { attribute, plainText, plainXml } from './part-xml.ts';
import { formulaTokens } from './row-move.ts';
import { TEMPLATE_TEXTS } from './texts.ts';

/** Parts that are changed are held in memory. */
const MOST_PART_BYTES = 64 * 1024 * 1024;

interface TemplateRelationship {
  id: string;
  /** The last word of its type. */
  type: string;
  /** Name of the part it leads to; null where it leads out of the file. */
  part: string | null;
}

export interface TemplateSheet {
  name: string;
  part: string;
}

export interface TemplateTable {
  name: string;
  sheet: string;
  part: string;
  columns: string[];
  /** Its rows of values, and its first column from 1. */
  first: number;
  last: number;
  column: number;
}

/** The rows that are replaced, and the columns that the data may take. Rows and columns count from 1. */
export interface TemplateTarget {
  sheet: TemplateSheet;
  first: number;
  last: number;
  /** Which columns of the sheet take which columns of the data, these by their position. */
  places: { column: number; position: number }[];
  /** Whether values of this column are samples: those of the target's columns that the data has nothing for. */
  mayDrop(column: number): boolean;
}

/** `B` is 2. */
export function columnNumber(letters: string): number {
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

/** Throws `encode.excel.template` for everything that cannot be filled. */
export class Template {
  readonly name: string;
  readonly #file: FormatFile;
  readonly #limits: Limits;
  readonly members = new Map<string, ZipMember>();

  private constructor(file: FormatFile, limits: Limits) {
    this.name = file.name;
    this.#file = file;
    this.#limits = limits;
  }

  static async open(file: FormatFile, limits: Limits): Promise<Template> {
    const template = new Template(file, limits);
    const head = await file.slices.read(0, Math.min(4, file.slices.sizeBytes));
    if (head[0] !== 0x50 || head[1] !== 0x4b) throw template.error(TEMPLATE_TEXTS.noWorkbook);
    for (const member of await listZip(file.slices, file.name))
      template.members.set(member.name, member);
    const types = await template.read('[Content_Types].xml', TEMPLATE_TEXTS.noWorkbook);
    const names = [...template.members.keys()];
    if (/macroEnabled/i.test(types) || names.some((name) => name.endsWith('vbaProject.bin')))
      throw template.error(TEMPLATE_TEXTS.macros);
    if (names.some((name) => name.startsWith('_xmlsignatures/')))
      throw template.error(TEMPLATE_TEXTS.signed);
    return template;
  }

  error(detail: string): ExportError {
    return new ExportError('encode.excel.template', { name: this.name, detail });
  }

  /** Its bytes as they are, unpacked piece by piece. */
  bytes(part: string): AsyncGenerator<Uint8Array> {
    return readZipMember(this.#file.slices, this.members.get(part)!, this.name, this.#limits);
  }

  /** A part in plain form. */
  async read(part: string, otherwise = TEMPLATE_TEXTS.missing(shorten(part))): Promise<string> {
    const member = this.members.get(part);
    if (member === undefined) throw this.error(otherwise);
    if (member.sizeBytes > MOST_PART_BYTES)
      throw this.error(TEMPLATE_TEXTS.tooLarge(shorten(part)));
    const bytes = new Uint8Array(member.sizeBytes);
    let at = 0;
    for await (const piece of this.bytes(part)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    try {
      return plainXml(bytes);
    } catch (thrown) {
      const detail = shorten(thrown instanceof Error ? thrown.message : String(thrown), 200);
      throw this.error(TEMPLATE_TEXTS.broken(shorten(part), detail));
    }
  }

  /** Relationships of a part; the root has the name ''. None where it has no list of them. */
  async relationships(part: string): Promise<TemplateRelationship[]> {
    const folder = part.slice(0, part.lastIndexOf('/') + 1);
    const list = `${folder}_rels/${part.slice(folder.length)}.rels`;
    if (!this.members.has(list)) return [];
    const tags = (await this.read(list)).match(/<(?:\w+:)?Relationship\s[^>]*>/g) ?? [];
    return tags.map((tag) => ({
      id: attribute(tag, 'Id') ?? '',
      type: (attribute(tag, 'Type') ?? '').replace(/^.*\//, ''),
      part:
        attribute(tag, 'TargetMode') === 'External'
          ? null
          : resolvePart(folder, attribute(tag, 'Target') ?? ''),
    }));
  }
}

function resolvePart(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = folder.split('/').slice(0, -1);
  for (const step of target.split('/'))
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  return path.join('/');
}

export interface TemplateBook {
  /** Name of the part. */
  part: string;
  xml: string;
  sheets: TemplateSheet[];
  tables: TemplateTable[];
  relationships: TemplateRelationship[];
}

/** What the workbook holds. */
export async function readBook(template: Template): Promise<TemplateBook> {
  const root = await template.relationships('');
  const part = root.find(({ type }) => type === 'officeDocument')?.part;
  if (part === null || part === undefined) throw template.error(TEMPLATE_TEXTS.noWorkbook);
  const xml = await template.read(part);
  if (!/<workbook[\s>]/.test(xml)) throw template.error(TEMPLATE_TEXTS.otherForm(part));
  const relationships = await template.relationships(part);
  const sheets: TemplateSheet[] = [];
  const tables: TemplateTable[] = [];
  for (const tag of xml.match(/<sheet\s[^>]*>/g) ?? []) {
    const id = /\s[\w.-]+:id="([^"]*)"/.exec(tag)?.[1];
    const found = relationships.find((each) => each.id === id);
    if (found?.type !== 'worksheet' || found.part === null) continue;
    const sheet = { name: attribute(tag, 'name') ?? '', part: found.part };
    sheets.push(sheet);
    for (const own of await template.relationships(sheet.part))
      if (own.type === 'table' && own.part !== null)
        tables.push(await readTable(template, sheet.name, own.part));
  }
  return { part, xml, sheets, tables, relationships };
}

async function readTable(template: Template, sheet: string, part: string): Promise<TemplateTable> {
  const xml = await template.read(part);
  const tag = /<table\s[^>]*>/.exec(xml)?.[0];
  const range = rangeOf(attribute(tag ?? '', 'ref') ?? '', sheet);
  if (tag === undefined || range === null) throw template.error(TEMPLATE_TEXTS.otherForm(part));
  const count = (name: string, usual: number): number => Number(attribute(tag, name) ?? usual);
  return {
    name: attribute(tag, 'displayName') ?? attribute(tag, 'name') ?? '',
    sheet,
    part,
    columns: (xml.match(/<tableColumn\s[^>]*>/g) ?? []).map(
      (each) => attribute(each, 'name') ?? '',
    ),
    first: range.first + count('headerRowCount', 1),
    last: range.last - count('totalsRowCount', 0),
    column: range.column,
  };
}

interface CellArea {
  sheet: string;
  first: number;
  last: number;
  column: number;
  lastColumn: number;
  isCell: boolean;
}

/** The one range that a reference is; null where it is anything else. */
function rangeOf(reference: string, sheet: string): CellArea | null {
  const found = formulaTokens(reference, sheet).filter((token) => typeof token !== 'string');
  const [token] = found;
  if (found.length !== 1 || token === undefined || token.from.letters === '') return null;
  const { from, to } = token;
  const rest = reference.replace(/^(?:'(?:[^']|'')*'|[^'!]*)!/, '');
  if (!/^\$?[A-Za-z]+\$?\d+(?::\$?[A-Za-z]+\$?\d+)?$/.test(rest)) return null;
  const column = columnNumber(from.letters);
  return {
    sheet: token.sheet,
    first: from.row,
    last: to?.row ?? from.row,
    column,
    lastColumn: to === null ? column : columnNumber(to.letters),
    isCell: to === null,
  };
}

/** The names that the workbook gives to formulas, those of a sheet alone among them. */
function definedNames(xml: string): { name: string; refers: string }[] {
  return Array.from(
    xml.matchAll(/(<definedName\s[^>]*>)([^<]*)<\/definedName>/g),
    ([, tag, refers]) => ({ name: attribute(tag!, 'name') ?? '', refers: plainText(refers!) }),
  );
}

/** The workbook's own names for one range of cells on one of its sheets. */
export function namedRanges({ xml, sheets }: TemplateBook): { name: string; refers: string }[] {
  return definedNames(xml).filter(({ name, refers }) => {
    if (name.startsWith('_xlnm.')) return false;
    const area = rangeOf(refers, '');
    return area !== null && sheets.some((sheet) => isSame(sheet.name, area.sheet));
  });
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Where the data goes: a table by its name (columns by theirs), a defined name, a cell; the only table where none is given. */
export function findTarget(
  template: Template,
  { xml, sheets, tables }: TemplateBook,
  wanted: string,
  columns: readonly string[],
): TemplateTarget {
  const target = wanted.trim();
  const sheetOf = (name: string): TemplateSheet | undefined =>
    sheets.find((sheet) => isSame(sheet.name, name));
  if (target === '' && tables.length !== 1)
    throw template.error(
      TEMPLATE_TEXTS.chooseTarget(shorten(tables.map(({ name }) => name).join(', '), 200)),
    );
  const table = target === '' ? tables[0] : tables.find(({ name }) => isSame(name, target));
  if (table !== undefined) {
    const { first, column } = table;
    return {
      sheet: sheetOf(table.sheet)!,
      first,
      last: Math.max(first, table.last),
      places: columns.map((name, position) => {
        const exact = table.columns.indexOf(name);
        const at = exact >= 0 ? exact : table.columns.findIndex((each) => isSame(each, name));
        if (at >= 0) return { column: column + at, position };
        throw template.error(TEMPLATE_TEXTS.noColumn(shorten(table.name), shorten(name)));
      }),
      mayDrop: (at) => at >= column && at < column + table.columns.length,
    };
  }
  const named = definedNames(xml).find(({ name }) => isSame(name, target));
  const area = rangeOf(named ? named.refers : target, sheets[0]?.name ?? '');
  if (named && area === null) throw template.error(TEMPLATE_TEXTS.severalAreas(shorten(target)));
  const sheet = area === null ? undefined : sheetOf(area.sheet);
  if (area === null || sheet === undefined)
    throw template.error(TEMPLATE_TEXTS.noTarget(shorten(target)));
  const { first, last, column, lastColumn, isCell } = area;
  const width = lastColumn - column + 1;
  if (!isCell && width < columns.length)
    throw template.error(TEMPLATE_TEXTS.tooNarrow(shorten(target), width, columns.length));
  return {
    sheet,
    first,
    last,
    places: columns.map((_, position) => ({ column: column + position, position })),
    mayDrop: (at) => at >= column && at <= lastColumn,
  };
}
