// The styles of a workbook: cell formats and differential formats, each once, and the part that holds them (ECMA-376 part 1 §18.8).
import { cachedText, XML_HEAD } from './part-text.ts';
import type { NumberFormats } from './parts.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** How cells look. Colours are RRGGBB, sizes are points. */
export interface CellStyle {
  bold?: boolean | undefined;
  italic?: boolean | undefined;
  underline?: boolean | undefined;
  font?: string | undefined;
  size?: number | undefined;
  color?: string | undefined;
  fill?: string | undefined;
  align?: 'left' | 'center' | 'right' | undefined;
  valign?: 'top' | 'center' | 'bottom' | undefined;
  wrap?: boolean | undefined;
  /** Number format code; missing = General. */
  format?: string | undefined;
  /** Lines around the cell, or below it alone. */
  border?: 'all' | 'rows' | undefined;
  borderColor?: string | undefined;
  /** False: may be changed on a protected sheet. */
  locked?: boolean | undefined;
}

/** Formats that every reader knows by number (§18.8.30). */
const BUILT_IN = new Map([
  ['General', 0],
  ['0', 1],
  ['0.00', 2],
  ['#,##0', 3],
  ['#,##0.00', 4],
  ['0%', 9],
  ['0.00%', 10],
  ['0.00E+00', 11],
  ['@', 49],
]);
const FIRST_OWN = 164;

export interface StyleBook extends NumberFormats {
  /** Number of a cell format, for `s`. 0 is the plain one. */
  cell(style: CellStyle): number;
  /** The number format of a cell format by its number; undefined = General. */
  formatOf(cell: number): string | undefined;
  /** Number of a differential format, for rules. */
  differential(style: CellStyle): number;
  xml(): string;
}

/** Each text once, with its number. */
class Numbered {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(...first: string[]) {
    first.forEach((text) => this.of(text));
  }

  of(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.texts.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }

  list(element: string): string {
    return `<${element} count="${this.texts.length}">${this.texts.join('')}</${element}>`;
  }
}

const colorXml = (element: string, rgb: string): string =>
  `<${element} rgb="FF${rgb.toUpperCase()}"/>`;

function fontXml({ bold, italic, underline, font, size, color }: CellStyle, isWhole: boolean) {
  const marks = `${bold ? '<b/>' : ''}${italic ? '<i/>' : ''}${underline ? '<u/>' : ''}`;
  const ink = color === undefined ? '' : colorXml('color', color);
  if (!isWhole) return marks || ink ? `<font>${marks}${ink}</font>` : '';
  return `<font>${marks}<sz val="${size ?? 11}"/>${ink || '<color theme="1"/>'}<name val="${cachedText(font ?? 'Calibri')}"/><family val="2"/></font>`;
}

function borderXml({ border, borderColor }: CellStyle): string {
  const line = (side: string): string =>
    `<${side} style="thin">${colorXml('color', borderColor ?? 'D0D5DD')}</${side}>`;
  const side = (name: string): string => (border === 'all' ? line(name) : `<${name}/>`);
  return `<border>${side('left')}${side('right')}${side('top')}${border === undefined ? '<bottom/>' : line('bottom')}<diagonal/></border>`;
}

function alignmentXml({ align, valign, wrap }: CellStyle): string {
  if (align === undefined && valign === undefined && wrap !== true) return '';
  return `<alignment${align === undefined ? '' : ` horizontal="${align}"`}${valign === undefined ? '' : ` vertical="${valign}"`}${wrap === true ? ' wrapText="1"' : ''}/>`;
}

/** An empty book with the plain format. */
export function createStyleBook(): StyleBook {
  const formats = new Map<string, number>();
  const codes = new Map<number, string | undefined>();
  const fonts = new Numbered(fontXml({}, true));
  const fills = new Numbered(
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
  );
  const borders = new Numbered(borderXml({}));
  const cells = new Numbered();
  const differentials = new Numbered();

  const idOf = (code: string): number => {
    const known = BUILT_IN.get(code) ?? formats.get(code);
    if (known !== undefined) return known;
    const id = FIRST_OWN + formats.size;
    formats.set(code, id);
    return id;
  };
  const cell = (style: CellStyle): number => {
    const number = style.format === undefined ? 0 : idOf(style.format);
    const font = fonts.of(fontXml(style, true));
    const fill =
      style.fill === undefined
        ? 0
        : fills.of(
            `<fill><patternFill patternType="solid">${colorXml('fgColor', style.fill)}<bgColor indexed="64"/></patternFill></fill>`,
          );
    const border = borders.of(borderXml(style));
    const alignment = alignmentXml(style);
    const protection = style.locked === false ? '<protection locked="0"/>' : '';
    const inner = alignment + protection;
    const applied =
      (number === 0 ? '' : ' applyNumberFormat="1"') +
      (font === 0 ? '' : ' applyFont="1"') +
      (fill === 0 ? '' : ' applyFill="1"') +
      (border === 0 ? '' : ' applyBorder="1"') +
      (alignment === '' ? '' : ' applyAlignment="1"') +
      (protection === '' ? '' : ' applyProtection="1"');
    const head = `<xf numFmtId="${number}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${applied}`;
    const found = cells.of(inner === '' ? `${head}/>` : `${head}>${inner}</xf>`);
    codes.set(found, style.format);
    return found;
  };
  cell({});

  return {
    idOf,
    cell,
    formatOf: (number) => codes.get(number),
    differential(style) {
      const fill =
        style.fill === undefined
          ? ''
          : `<fill><patternFill patternType="solid">${colorXml('fgColor', style.fill)}${colorXml('bgColor', style.fill)}</patternFill></fill>`;
      return differentials.of(`<dxf>${fontXml(style, false)}${fill}</dxf>`);
    },
    xml() {
      const own = Array.from(
        formats,
        ([code, id]) => `<numFmt numFmtId="${id}" formatCode="${cachedText(code)}"/>`,
      );
      return (
        `${XML_HEAD}<styleSheet xmlns="${MAIN}">` +
        (own.length === 0 ? '' : `<numFmts count="${own.length}">${own.join('')}</numFmts>`) +
        fonts.list('fonts') +
        fills.list('fills') +
        borders.list('borders') +
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
        cells.list('cellXfs') +
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
        differentials.list('dxfs') +
        '<tableStyles count="0" defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/>' +
        '</styleSheet>'
      );
    },
  };
}
