// Notes at the names of columns: their texts (ECMA-376 part 1 §18.7) and the old drawing that shows them (part 4 §14.1).
import { findColumn, type SheetLayout } from './layout.ts';
import type { ExcelOptions } from './options.ts';
import { cachedText, XML_HEAD } from './part-text.ts';
import type { Part } from './parts.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'application/vnd.openxmlformats-officedocument.';

interface PlacedNote {
  column: number;
  letters: string;
  text: string;
}

/** The notes of a table, by column; of several for one column the last. */
export function notesOf({ schema, columns, headerRow }: SheetLayout, options: ExcelOptions) {
  if (headerRow === null) return [];
  const placed = new Map<number, PlacedNote>();
  for (const { column, text } of options.notes) {
    const position = findColumn(schema, column);
    if (position < 0) continue;
    placed.set(position, { column: position, letters: columns[position]!.letters, text });
  }
  return [...placed.values()].sort((a, b) => a.column - b.column);
}

const SHAPE_TYPE =
  '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>';

/** A box of some lines beside its cell, out of sight until it is pointed at. */
function shapeXml({ column, text }: PlacedNote, id: number, row: number): string {
  const lines = Math.min(20, 3 + Math.ceil(text.length / 25));
  const anchor = [column + 1, 15, row, 2, column + 3, 31, row + lines, 4].join(',');
  return (
    `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;width:144pt;height:${lines * 15}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">` +
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>' +
    `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`
  );
}

/** The two parts of a sheet's notes, whose file names carry its number; shapes are numbered through the workbook. */
export function noteParts(
  notes: readonly PlacedNote[],
  sheet: number,
  headerRow: number,
  author: string,
): { comments: Part; drawing: Part } {
  const list = notes.map(
    ({ letters, text }) =>
      `<comment ref="${letters}${headerRow}" authorId="0"><text><t xml:space="preserve">${cachedText(text)}</t></text></comment>`,
  );
  const shapes = notes.map((note, i) => shapeXml(note, sheet * 1024 + 1 + i, headerRow - 1));
  return {
    comments: {
      name: `xl/comments${sheet}.xml`,
      contentType: `${OFFICE}spreadsheetml.comments+xml`,
      relationships: [],
      content:
        `${XML_HEAD}<comments xmlns="${MAIN}"><authors><author>${cachedText(author || 'Export Studio')}</author></authors>` +
        `<commentList>${list.join('')}</commentList></comments>`,
    },
    drawing: {
      name: `xl/drawings/vmlDrawing${sheet}.vml`,
      contentType: `${OFFICE}vmlDrawing`,
      relationships: [],
      content:
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">' +
        `<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${sheet}"/></o:shapelayout>${SHAPE_TYPE}${shapes.join('')}</xml>`,
    },
  };
}
