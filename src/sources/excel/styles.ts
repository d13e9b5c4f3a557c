// The styles of a workbook, as far as they say what a number means.
import { kindOfBuiltIn, kindOfCode, type FormatKind } from './number-format.ts';
import type { XmlScan } from './xml-scan.ts';

/** The kind of each cell format, by the number that cells name it with. */
export function readStyles(scan: XmlScan): FormatKind[] {
  const codes = new Map<number, FormatKind>();
  const kinds: FormatKind[] = [];
  let isInCellFormats = false;
  for (let found = scan.next(); found !== 'more'; found = scan.next()) {
    if (scan.is('cellXfs')) isInCellFormats = found === 'open' && !scan.isEmpty;
    if (found !== 'open') continue;
    if (scan.is('numFmt')) {
      const id = scan.number('numFmtId');
      const code = scan.attribute('formatCode');
      // Formats in dxfs come behind and have numbers of their own use.
      if (id !== null && code !== null && !codes.has(id)) codes.set(id, kindOfCode(code));
    } else if (isInCellFormats && scan.is('xf')) {
      const id = scan.number('numFmtId') ?? 0;
      kinds.push(codes.get(id) ?? kindOfBuiltIn(id));
    }
  }
  return kinds;
}
