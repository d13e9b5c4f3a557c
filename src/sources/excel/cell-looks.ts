// The styles of a workbook as they look: font, fill, line, alignment and number format of each cell format (ECMA-376 part 1 §18.8).
import type { SheetStyle } from '../../contract/reread.ts';
import type { XmlScan } from './xml-scan.ts';

/** Cell formats by the number that cells name them with. */
export interface CellLooks {
  styles: SheetStyle[];
  /** Code of the number format. */
  codes: string[];
}

/** Formats that have no code in the file (§18.8.30), as an English Excel shows them. */
const BUILT_IN = new Map([
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  [14, 'm/d/yyyy'],
  [15, 'd-mmm-yy'],
  [16, 'd-mmm'],
  [17, 'mmm-yy'],
  [18, 'h:mm AM/PM'],
  [19, 'h:mm:ss AM/PM'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'm/d/yyyy h:mm'],
  [37, '#,##0;-#,##0'],
  [38, '#,##0;-#,##0'],
  [39, '#,##0.00;-#,##0.00'],
  [40, '#,##0.00;-#,##0.00'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss.0'],
  [49, '@'],
]);

/** Colours by number (§18.8.27), the first 8 twice; 64 and 65 are the window's own. */
const INDEXED = ['000000', 'FFFFFF', 'FF0000', '00FF00', '0000FF', 'FFFF00', 'FF00FF', '00FFFF'];

/** RRGGBB; undefined for the usual colour, and for those of a theme. */
function colorOf(scan: XmlScan): string | undefined {
  const rgb = scan.attribute('rgb');
  if (rgb !== null && /^[\dA-Fa-f]{8}$/.test(rgb)) return rgb.slice(2).toUpperCase();
  const index = scan.number('indexed');
  return index === null || index > 15 ? undefined : INDEXED[index % 8];
}

const SECTIONS = ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'dxfs'];

export function readLooks(scan: XmlScan): CellLooks {
  const formats = new Map<number, string>();
  const fonts: SheetStyle[] = [];
  const fills: (string | undefined)[] = [];
  const borders: SheetStyle['border'][] = [];
  const looks: CellLooks = { styles: [], codes: [] };
  let section = '';
  let isSolid = false;
  let lines = new Set<string>();
  for (let found = scan.next(); found !== 'more'; found = scan.next()) {
    const opened = SECTIONS.find((name) => scan.is(name));
    if (opened !== undefined) {
      section = found === 'open' && !scan.isEmpty ? opened : '';
      continue;
    }
    if (found === 'close') {
      if (section === 'borders' && scan.is('border')) borders.push(borderOf(lines));
      continue;
    }
    if (section === 'numFmts' && scan.is('numFmt'))
      formats.set(scan.number('numFmtId') ?? 0, scan.attribute('formatCode') ?? '');
    else if (section === 'fonts') readFont(scan, fonts);
    else if (section === 'fills') {
      if (scan.is('fill')) fills.push(undefined);
      else if (scan.is('patternFill')) isSolid = scan.attribute('patternType') === 'solid';
      else if (isSolid && scan.is('fgColor')) fills[fills.length - 1] = colorOf(scan);
    } else if (section === 'borders') {
      if (scan.is('border')) {
        lines = new Set();
        if (scan.isEmpty) borders.push(undefined);
      } else
        for (const side of ['left', 'right', 'top', 'bottom'])
          if (scan.is(side) && (scan.attribute('style') ?? 'none') !== 'none') lines.add(side);
    } else if (section === 'cellXfs') {
      if (scan.is('xf')) {
        const fill = fills[scan.number('fillId') ?? 0];
        const border = borders[scan.number('borderId') ?? 0];
        looks.styles.push({
          ...fonts[scan.number('fontId') ?? 0],
          ...(fill !== undefined && { fill }),
          ...(border !== undefined && { border }),
        });
        const id = scan.number('numFmtId') ?? 0;
        looks.codes.push(formats.get(id) ?? BUILT_IN.get(id) ?? 'General');
      } else if (scan.is('alignment')) Object.assign(looks.styles.at(-1) ?? {}, alignmentOf(scan));
    }
  }
  return looks;
}

function readFont(scan: XmlScan, fonts: SheetStyle[]): void {
  if (scan.is('font')) {
    fonts.push({});
    return;
  }
  const font = fonts.at(-1);
  if (font === undefined) return;
  const isOn = scan.flag('val', true);
  if (scan.is('b') && isOn) font.bold = true;
  else if (scan.is('i') && isOn) font.italic = true;
  else if (scan.is('u') && scan.attribute('val') !== 'none') font.underline = true;
  else if (scan.is('sz')) {
    const size = Number(scan.attribute('val'));
    if (size > 0 && size !== USUAL_SIZE) font.size = size;
  } else if (scan.is('color')) {
    const color = colorOf(scan);
    if (color !== undefined) font.color = color;
  } else if (scan.is('name')) {
    const name = scan.attribute('val');
    if (name !== null && name !== USUAL_FONT) font.font = name;
  }
}

const USUAL_SIZE = 11;
const USUAL_FONT = 'Calibri';

function borderOf(lines: ReadonlySet<string>): SheetStyle['border'] {
  if (lines.size >= 3) return 'all';
  return lines.has('bottom') ? 'bottom' : undefined;
}

function alignmentOf(scan: XmlScan): SheetStyle {
  const align = scan.attribute('horizontal');
  return {
    ...((align === 'left' || align === 'center' || align === 'right') && { align }),
    ...(scan.flag('wrapText') && { wrap: true }),
  };
}
