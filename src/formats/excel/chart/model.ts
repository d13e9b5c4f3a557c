// What a chart is made of once its cells are known: the description that its part is written from.

export const CHART_KINDS = ['column', 'bar', 'line', 'area', 'pie', 'scatter', 'combined'] as const;

export type ChartKind = (typeof CHART_KINDS)[number];

/** Beside each other, on top of each other, or as shares of the whole. */
export const CHART_GROUPINGS = ['clustered', 'stacked', 'percent'] as const;

export type ChartGrouping = (typeof CHART_GROUPINGS)[number];

/** What rows of one category become: a point each, or one point of all. */
export const COMBINES = ['none', 'sum', 'count', 'average', 'min', 'max'] as const;

export const LEGEND_PLACES = ['right', 'left', 'top', 'bottom', 'none'] as const;

export type LegendPlace = (typeof LEGEND_PLACES)[number];

/** By position in the schema: the first values of the columns that charts read. */
export type CachedColumns = ReadonlyMap<number, readonly (string | null)[]>;

/** Cells of one column that a chart reads, and what stands in the first of them. */
export interface ChartCells {
  /** `'My sheet'!$B$2:$B$201`. */
  formula: string;
  /** How many cells. */
  count: number;
  /** Values of the first cells as a reader without its own calculation shows them; null = empty. Numbers as plain digits. */
  cached: readonly (string | null)[];
  /** Dates are numbers with a format of their own. */
  type: 'text' | 'number' | 'date';
  /** How the numbers are shown where nothing else is said. */
  format: string;
}

/** One line, or one row of columns, of a chart. */
export interface ChartSeries {
  /** The cell that holds its name, where one does. */
  nameFormula: string | null;
  name: string;
  values: ChartCells;
  /** RRGGBB. */
  color: string;
  /** In combined charts: as a line over the columns. */
  isLine: boolean;
  /** Measured on an axis of its own at the other side. */
  isSecond: boolean;
}

export interface Chart {
  kind: ChartKind;
  title: string;
  /** Missing: counted from 1. X values of a scatter chart. */
  categories: ChartCells | null;
  series: readonly ChartSeries[];
  grouping: ChartGrouping;
  categoryTitle: string;
  valueTitle: string;
  secondTitle: string;
  legend: LegendPlace;
  /** Values written beside the points. */
  labels: boolean;
  /** Number format of axis and labels; empty = as in the cells. */
  format: string;
}

/** Colours of series in their order; they begin again after the last. */
export const CHART_COLORS = [
  '2F6FDE',
  'F0882A',
  '2FA36B',
  'D6455D',
  '8A5CD1',
  '1FA3B8',
  '9AAE1F',
  'C9589F',
  '7A8699',
  'A57C2B',
] as const;

export function colorAt(position: number): string {
  return CHART_COLORS[position % CHART_COLORS.length]!;
}
