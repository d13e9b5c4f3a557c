// Lays the sums of a pivot table out as cells, the way a spreadsheet does when it refreshes it.
import type { Pivot } from './model.ts';
import {
  emptyMeasured,
  type Measured,
  merge,
  type PivotItem,
  resultOf,
  type Tallied,
} from './tally.ts';
import { PIVOT_WORDS } from './texts.ts';

/** A cell; `value`: of the pivot's values, whose number format it has. */
export interface GridCell {
  content: string | number | null;
  isBold: boolean;
  value: number | null;
}

/** One line along an axis: which values it is about, and what it is called. */
interface Line {
  /** Ranks of items from the outermost field on; shorter than the axis for totals. */
  prefix: readonly number[];
  kind: 'item' | 'head' | 'total' | 'grand';
}

const collator = (a: string, b: string): number => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x !== y) return x < y ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
};

/** Numbers, then texts, then null. */
export function compareItems(a: PivotItem, b: PivotItem): number {
  if (a.text === null || b.text === null) return Number(a.text === null) - Number(b.text === null);
  if (a.number !== null && b.number !== null) return a.number - b.number;
  if (a.number !== null || b.number !== null) return a.number !== null ? -1 : 1;
  return collator(a.text, b.text);
}

const keyOf = (row: readonly number[], column: readonly number[]): string =>
  `${row.join()}|${column.join()}`;

/** All groups and all totals by what they are about. */
function totalAll(tallied: Tallied, rowFields: number): Map<string, Measured[]> {
  const totals = new Map<string, Measured[]>();
  for (const { items, measured } of tallied.groups) {
    const row = items.slice(0, rowFields);
    const column = items.slice(rowFields);
    for (let r = 0; r <= row.length; r++)
      for (let c = 0; c <= column.length; c++) {
        const key = keyOf(row.slice(0, r), column.slice(0, c));
        let found = totals.get(key);
        if (found === undefined) totals.set(key, (found = measured.map(emptyMeasured)));
        for (const [v, one] of measured.entries()) merge(found[v]!, one);
      }
  }
  return totals;
}

/** The lines of an axis, sorted; `before`: whether totals stand above what they sum up. */
function linesOf(
  prefixes: readonly (readonly number[])[],
  items: readonly (readonly PivotItem[])[],
  subtotals: boolean,
  isOutline: boolean,
): Line[] {
  const depth = items.length;
  const lines: Line[] = [];
  const walk = (own: readonly (readonly number[])[], level: number): void => {
    const inside = new Map<number, (readonly number[])[]>();
    for (const prefix of own) {
      const known = inside.get(prefix[level]!);
      if (known === undefined) inside.set(prefix[level]!, [prefix]);
      else known.push(prefix);
    }
    const sorted = [...inside].sort(([a], [b]) =>
      compareItems(items[level]![a]!, items[level]![b]!),
    );
    for (const [, group] of sorted) {
      const prefix = group[0]!.slice(0, level + 1);
      if (level === depth - 1) lines.push({ prefix, kind: 'item' });
      else {
        if (isOutline) lines.push({ prefix, kind: 'head' });
        walk(group, level + 1);
        if (subtotals && !isOutline) lines.push({ prefix, kind: 'total' });
      }
    }
  };
  if (depth > 0) walk(prefixes, 0);
  return lines;
}

/** The cells from the table's first row on, headings included. */
export function gridOf(
  pivot: Pivot,
  fieldNames: readonly string[],
  tallied: Tallied,
): GridCell[][] {
  const { rows, columns, values, layout, subtotals, grandTotals } = pivot;
  const isCompact = layout === 'compact';
  const labelColumns = isCompact ? 1 : Math.max(1, rows.length);
  const rowItems = tallied.items.slice(0, rows.length);
  const columnItems = tallied.items.slice(rows.length);
  const totals = totalAll(tallied, rows.length);
  const groups = tallied.groups.map(({ items }) => items);
  const down = linesOf(
    groups.map((items) => items.slice(0, rows.length)),
    rowItems,
    subtotals,
    layout !== 'tabular',
  );
  if (rows.length === 0 || grandTotals === 'both' || grandTotals === 'columns')
    down.push({ prefix: [], kind: rows.length === 0 ? 'item' : 'grand' });
  const across = linesOf(
    groups.map((items) => items.slice(rows.length)),
    columnItems,
    subtotals,
    false,
  );
  if (columns.length === 0 || grandTotals === 'both' || grandTotals === 'rows')
    across.push({ prefix: [], kind: columns.length === 0 ? 'item' : 'grand' });

  const text = (content: string | number | null, isBold = true): GridCell => ({
    content,
    isBold,
    value: null,
  });
  const blank = text(null, false);
  const labelOf = (items: readonly (readonly PivotItem[])[], { prefix }: Line): string | number => {
    const { text: own, number } = items[prefix.length - 1]![prefix.at(-1)!]!;
    return number ?? (own === null ? PIVOT_WORDS.blank : own);
  };
  const isSpread = values.length > 1;
  const slots = across.flatMap((line) => values.map((_, value) => ({ line, value })));

  /** Headings above the values, one row for each field across and one for the values' names. */
  const headings: GridCell[][] = [];
  let before: Line | null = null;
  for (const [level] of columns.entries()) {
    before = null;
    headings.push(
      slots.map(({ line, value }) => {
        if (value > 0) return blank;
        if (line.kind === 'grand')
          return level === 0 && !isSpread ? text(PIVOT_WORDS.grandTotal) : blank;
        if (line.kind === 'total')
          return line.prefix.length - 1 === level
            ? text(PIVOT_WORDS.total(labelOf(columnItems, line)))
            : blank;
        const own = line.prefix.slice(0, level + 1);
        const isSame =
          before !== null && before.kind === 'item' && own.every((n, i) => before!.prefix[i] === n);
        before = line;
        return isSame ? blank : text(labelOf(columnItems, { ...line, prefix: own }));
      }),
    );
  }
  if (isSpread || columns.length === 0)
    headings.push(
      slots.map(({ line, value }) =>
        text(
          line.kind === 'grand'
            ? PIVOT_WORDS.total(values[value]!.name, true)
            : values[value]!.name,
        ),
      ),
    );
  const rowNames: (string | null)[] = isCompact
    ? [rows.length === 0 ? null : PIVOT_WORDS.rowLabels]
    : rows.map((field) => fieldNames[field]!);
  while (rowNames.length < labelColumns) rowNames.push(null);
  const corner = isSpread ? PIVOT_WORDS.values : values[0]!.name;
  const caption = isCompact ? PIVOT_WORDS.columnLabels : fieldNames[columns[0]!];
  const grid: GridCell[][] = [];
  if (columns.length > 0)
    grid.push([
      text(corner),
      ...Array.from({ length: labelColumns - 1 }, () => blank),
      text(caption ?? null),
      ...slots.slice(1).map(() => blank),
    ]);
  headings.forEach((cells, i) => {
    const names =
      i === headings.length - 1 ? rowNames.map((name) => text(name)) : rowNames.map(() => blank);
    grid.push([...names, ...cells]);
  });

  let above: readonly number[] = [];
  for (const line of down) {
    const labels = Array.from({ length: labelColumns }, () => blank);
    const level = line.prefix.length - 1;
    const isTotal = line.kind === 'grand' || line.kind === 'total';
    if (line.kind === 'grand') labels[0] = text(PIVOT_WORDS.grandTotal);
    else if (line.kind === 'total')
      labels[level] = text(PIVOT_WORDS.total(labelOf(rowItems, line)));
    else if (rows.length === 0) labels[0] = text(isSpread ? PIVOT_WORDS.values : values[0]!.name);
    else if (isCompact) {
      const label = labelOf(rowItems, line);
      // There is no indent but by spaces in a cell that has to look the same without styles.
      labels[0] = text(level === 0 ? label : ' '.repeat(level * 3) + label, line.kind === 'head');
    } else
      for (let at = layout === 'outline' ? level : 0; at <= level; at++) {
        const own = line.prefix.slice(0, at + 1);
        if (at < level && own.every((n, i) => above[i] === n)) continue;
        labels[at] = text(labelOf(rowItems, { ...line, prefix: own }), line.kind === 'head');
      }
    above = line.prefix;
    const cells = slots.map(({ line: column, value }): GridCell => {
      const isBold = isTotal || line.kind === 'head' || column.kind !== 'item';
      const measured = totals.get(keyOf(line.prefix, column.prefix));
      if (measured === undefined || (line.kind === 'head' && !subtotals)) return blank;
      return { content: resultOf(values[value]!.function, measured[value]!), isBold, value };
    });
    grid.push([...labels, ...cells]);
  }
  return grid;
}
