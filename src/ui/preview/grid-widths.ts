// How wide a column of the grid is: as its head and its first cells ask, within bounds, and never another width later.
import type { PreviewCell } from '../../contract/verbs.ts';
import { MOST_DISTINCT } from './ColumnHead.tsx';
import { isNumber, shortType } from './TypeName.tsx';
import styles from './preview.module.css';
import type { GridColumn } from './grid-columns.ts';

export const LEAST_WIDTH = 84;
export const MOST_WIDTH = 200;
/** Both sides of a cell, and the hairline. */
const PADDING = 22;
/** Cells that are looked at: widths must be there before the first paint of 20,000 columns. */
const LOOKED_AT = 30;
/** In ems of the font, for what is no ASCII: CJK and emoji are a full em wide, the rest about a half. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u;

/** Widths by the column's key; kept as long as an input is open. */
export type Widths = Map<string, number>;

/** Width in px of a text, by the widths of its characters. */
export type Ruler = (text: string, isStrong: boolean) => number;

/** The width of each column; what is known already stays. */
export function widthsOf(
  columns: readonly GridColumn[],
  rows: readonly (readonly PreviewCell[])[],
  firstColumn: number,
  known: Widths,
  ruler: Ruler,
): number[] {
  return columns.map((column, i) => {
    const before = known.get(column.key);
    if (before !== undefined) return before;
    const cells = rows.slice(0, LOOKED_AT).map((row) => row[i - firstColumn] ?? '');
    const texts = cells.some((cell) => cell !== '') ? cells : (column.inspected?.examples ?? []);
    const facts = factsOf(column);
    const widest = Math.max(
      ruler(column.name, true),
      ruler(facts, false),
      ...texts.map((text) => ruler(text.slice(0, 60), false)),
    );
    // A number that is cut is another number.
    const most = isNumber(column.type) ? MOST_WIDTH + 40 : MOST_WIDTH;
    const width = Math.round(Math.min(most, Math.max(LEAST_WIDTH, widest + PADDING)));
    known.set(column.key, width);
    return width;
  });
}

/** The line under the name, with its widest figures. */
function factsOf({ type, inspected }: GridColumn): string {
  const isNull = (inspected?.nullCount ?? 0) > 0;
  const distinct = inspected?.isProfiled ? inspected.distinctCount : MOST_DISTINCT;
  const values = distinct < MOST_DISTINCT ? `, ${distinct} values` : '';
  return `${shortType(type)}${values}${isNull ? '    12.3 % null' : ''}`;
}

/** A ruler that adds up widths of characters, measured once. */
export function createRuler(measure: (character: string, isStrong: boolean) => number): Ruler {
  const tables = [false, true].map((isStrong) =>
    Array.from({ length: 128 }, (_, code) =>
      code < 32 ? 8 : measure(String.fromCharCode(code), isStrong),
    ),
  );
  const em = [false, true].map((isStrong) => measure('M', isStrong) * 1.2);
  return (text, isStrong) => {
    const table = tables[Number(isStrong)]!;
    const full = em[Number(isStrong)]!;
    let sum = 0;
    for (const character of text) {
      const code = character.codePointAt(0)!;
      sum += code < 128 ? table[code]! : WIDE.test(character) ? full : full * 0.62;
    }
    return sum;
  };
}

const rulers = new Map<string, Ruler>();

/** The ruler for the font of cells, taken from where they will stand: a host's page has its own. */
export function pageRuler(): Ruler {
  const place = document.querySelector(`.${styles.view}`) ?? document.documentElement;
  const family = getComputedStyle(place).fontFamily;
  const known = rulers.get(family);
  if (known !== undefined) return known;
  const context = document.createElement('canvas').getContext('2d');
  const ruler = createRuler((character, isStrong) => {
    if (context === null) return 7;
    context.font = `${isStrong ? 600 : 400} 12px ${family}`;
    return context.measureText(character).width;
  });
  rulers.set(family, ruler);
  return ruler;
}
