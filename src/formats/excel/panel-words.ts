// The words of the forms for charts and pivot tables.
import type { ChartGrouping, ChartKind, COMBINES, LegendPlace } from './chart/model.ts';
import type { PivotFunction, PivotLayout } from './pivot/model.ts';

export const KIND_WORDS: Readonly<Record<ChartKind, string>> = {
  column: 'Columns',
  bar: 'Bars',
  line: 'Lines',
  area: 'Areas',
  pie: 'Pie',
  scatter: 'Scatter',
  combined: 'Columns and a line',
};

export const GROUPING_WORDS: Readonly<Record<ChartGrouping, string>> = {
  clustered: 'Side by side',
  stacked: 'Stacked',
  percent: 'Stacked to 100 %',
};

export const COMBINE_WORDS: Readonly<Record<(typeof COMBINES)[number], string>> = {
  none: 'A point for each row',
  sum: 'Their sum',
  count: 'Their number',
  average: 'Their average',
  min: 'The least',
  max: 'The greatest',
};

export const LEGEND_WORDS: Readonly<Record<LegendPlace, string>> = {
  right: 'Right',
  left: 'Left',
  top: 'Top',
  bottom: 'Bottom',
  none: 'None',
};

export const FUNCTION_WORDS: Readonly<Record<PivotFunction, string>> = {
  sum: 'Sum',
  count: 'Count',
  average: 'Average',
  min: 'Min',
  max: 'Max',
};

export const LAYOUT_WORDS: Readonly<Record<PivotLayout, string>> = {
  compact: 'Compact',
  outline: 'Outline',
  tabular: 'Tabular',
};

export const PANEL_WORDS = {
  chart: (number: number): string => `Chart ${number}`,
  pivot: (number: number): string => `Pivot table ${number}`,
  addChart: 'Add a chart',
  addPivot: 'Add a pivot table',
  noNumbers: 'A chart needs a column of numbers, and there is none.',
  noColumns: 'There are no columns yet.',
  kind: 'Kind',
  title: 'Title',
  noTitle: 'none',
  category: 'Categories',
  x: 'X values',
  countFromOne: 'Counted from 1',
  values: 'Values',
  combine: 'Same category',
  addValue: 'Add values',
  grouping: 'Arrangement',
  legend: 'Legend',
  legendAsNeeded: 'Where needed',
  place: 'Place',
  beside: 'Beside the rows',
  ownSheet: 'On a sheet of its own',
  sheet: 'Sheet',
  data: 'Data set',
  firstData: 'The first',
  asLine: 'Line',
  secondAxis: 'Second axis',
  labels: 'Values beside the points',
  rows: 'Rows',
  columns: 'Columns',
  filters: 'Filters',
  add: 'Add a field',
  function: 'Function',
  layout: 'Layout',
  subtotals: 'Subtotals',
  image: (number: number): string => `Image ${number}`,
  addImage: 'Add an image',
  file: 'File',
  cell: 'Cell',
  rightOfRows: 'right of the rows',
  width: 'Width in pixels',
  asItIs: 'as large as it is',
  description: 'Description',
  readOut: 'read out in its place',
  more: 'More',
  removeOf: (what: string): string => `Remove ${what}`,
  of: (what: string, whole: string): string => `${what} of ${whole.toLowerCase()}`,
  missing: (name: string): string => `${name} (not there)`,
} as const;
