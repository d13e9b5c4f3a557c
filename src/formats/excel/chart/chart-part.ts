// Writes a chart as a part of its own (DrawingML charts, ECMA-376 part 1 §21.2), its elements in the order the schema asks for.
import { type AxisPair, axesXml } from './axes.ts';
import {
  type Chart,
  type ChartCells,
  type ChartGrouping,
  type ChartSeries,
  colorAt,
} from './model.ts';
import { fill, titleXml } from './shapes.ts';
import { cachedText, XML_HEAD } from '../part-text.ts';

const NAMESPACES =
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' +
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

/** Slices of a pie that get a colour of their own. */
const COLORED_SLICES = 200;

const FIRST: AxisPair = { category: 1001, value: 1002 };
const SECOND: AxisPair = { category: 1003, value: 1004 };

function pointsXml({ count, cached }: ChartCells): string {
  const points = cached.map((value, i) =>
    value === null ? '' : `<c:pt idx="${i}"><c:v>${cachedText(value)}</c:v></c:pt>`,
  );
  return `<c:ptCount val="${count}"/>${points.join('')}`;
}

function numbersXml(cells: ChartCells): string {
  return (
    `<c:numRef><c:f>${cachedText(cells.formula)}</c:f><c:numCache>` +
    `<c:formatCode>${cachedText(cells.format)}</c:formatCode>${pointsXml(cells)}</c:numCache></c:numRef>`
  );
}

function categoriesXml(cells: ChartCells | null, element: 'cat' | 'xVal'): string {
  if (cells === null) return '';
  const inner =
    cells.type === 'text'
      ? `<c:strRef><c:f>${cachedText(cells.formula)}</c:f><c:strCache>${pointsXml(cells)}</c:strCache></c:strRef>`
      : numbersXml(cells);
  return `<c:${element}>${inner}</c:${element}>`;
}

function nameXml({ name, nameFormula }: ChartSeries): string {
  if (nameFormula === null) return `<c:tx><c:v>${cachedText(name)}</c:v></c:tx>`;
  const cache = `<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${cachedText(name)}</c:v></c:pt></c:strCache>`;
  return `<c:tx><c:strRef><c:f>${cachedText(nameFormula)}</c:f>${cache}</c:strRef></c:tx>`;
}

/** Values beside the points; the share of the whole beside slices, unless a format says that the values are wanted. */
function labelsXml({ labels, format, kind, grouping }: Chart): string {
  const isShare = kind === 'pie' && format === '';
  const flags =
    `<c:showLegendKey val="0"/><c:showVal val="${labels && !isShare ? 1 : 0}"/><c:showCatName val="0"/>` +
    `<c:showSerName val="0"/><c:showPercent val="${labels && isShare ? 1 : 0}"/><c:showBubbleSize val="0"/>`;
  if (!labels) return `<c:dLbls>${flags}</c:dLbls>`;
  const code = isShare ? '0%' : format;
  const numbers =
    code === '' ? '' : `<c:numFmt formatCode="${cachedText(code)}" sourceLinked="0"/>`;
  if (kind === 'pie')
    return `<c:dLbls>${numbers}<c:dLblPos val="outEnd"/>${flags}<c:showLeaderLines val="1"/></c:dLbls>`;
  // On top of a colour.
  const isInside = grouping !== 'clustered' && (kind === 'bar' || kind === 'column');
  const white = `<c:spPr><a:noFill/></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">${fill('FFFFFF')}</a:defRPr></a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr>`;
  return `<c:dLbls>${numbers}${isInside ? white : ''}${flags}</c:dLbls>`;
}

/** The series' own look, which stands between its name and its values. */
function shapeXml(drawn: Drawn, color: string): string {
  const line = (width: number): string =>
    `<a:ln w="${width}" cap="rnd">${fill(color)}<a:round/></a:ln>`;
  switch (drawn) {
    case 'bars':
      return `<c:spPr>${fill(color)}</c:spPr><c:invertIfNegative val="0"/>`;
    case 'area':
      return `<c:spPr>${fill(color)}</c:spPr>`;
    case 'line':
      return `<c:spPr>${line(28575)}</c:spPr><c:marker><c:symbol val="none"/></c:marker>`;
    case 'points': {
      const look = `<c:spPr>${fill(color)}<a:ln w="9525">${fill(color)}</a:ln></c:spPr>`;
      return `<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="circle"/><c:size val="5"/>${look}</c:marker>`;
    }
    case 'slices':
      return '';
  }
}

type Drawn = 'bars' | 'area' | 'line' | 'points' | 'slices';

function slicesXml({ values }: ChartSeries): string {
  const count = Math.min(values.count, COLORED_SLICES);
  return Array.from(
    { length: count },
    (_, i) =>
      `<c:dPt><c:idx val="${i}"/><c:bubble3D val="0"/><c:spPr>${fill(colorAt(i))}<a:ln w="12700">${fill('FFFFFF')}</a:ln></c:spPr></c:dPt>`,
  ).join('');
}

function seriesXml(chart: Chart, series: ChartSeries, drawn: Drawn): string {
  const position = chart.series.indexOf(series);
  const isScatter = drawn === 'points';
  const values = numbersXml(series.values);
  return (
    `<c:ser><c:idx val="${position}"/><c:order val="${position}"/>${nameXml(series)}${shapeXml(drawn, series.color)}` +
    (drawn === 'slices' ? slicesXml(series) : '') +
    categoriesXml(chart.categories, isScatter ? 'xVal' : 'cat') +
    (isScatter ? `<c:yVal>${values}</c:yVal>` : `<c:val>${values}</c:val>`) +
    (drawn === 'line' || isScatter ? '<c:smooth val="0"/>' : '') +
    '</c:ser>'
  );
}

const GROUPINGS: Readonly<Record<ChartGrouping, string>> = {
  clustered: 'clustered',
  stacked: 'stacked',
  percent: 'percentStacked',
};

/** Series of one look on one pair of axes. */
function groupXml(
  chart: Chart,
  series: readonly ChartSeries[],
  drawn: Drawn,
  on: AxisPair,
): string {
  if (series.length === 0) return '';
  const all = series.map((one) => seriesXml(chart, one, drawn)).join('');
  const axes = `<c:axId val="${on.category}"/><c:axId val="${on.value}"/>`;
  const labels = labelsXml(chart);
  const grouping = GROUPINGS[chart.grouping];
  switch (drawn) {
    case 'bars':
      return (
        `<c:barChart><c:barDir val="${chart.kind === 'bar' ? 'bar' : 'col'}"/><c:grouping val="${grouping}"/>` +
        `<c:varyColors val="0"/>${all}${labels}<c:gapWidth val="80"/>` +
        `${grouping === 'clustered' ? '' : '<c:overlap val="100"/>'}${axes}</c:barChart>`
      );
    case 'line':
    case 'area': {
      // The lines of a combined chart are read one by one, whatever becomes of the columns.
      const own = grouping === 'clustered' || chart.kind === 'combined' ? 'standard' : grouping;
      const head = `<c:grouping val="${own}"/><c:varyColors val="0"/>${all}${labels}`;
      return drawn === 'line'
        ? `<c:lineChart>${head}<c:marker val="1"/>${axes}</c:lineChart>`
        : `<c:areaChart>${head}${axes}</c:areaChart>`;
    }
    case 'points':
      return `<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>${all}${labels}${axes}</c:scatterChart>`;
    case 'slices':
      return `<c:pieChart><c:varyColors val="1"/>${all}${labels}<c:firstSliceAng val="0"/></c:pieChart>`;
  }
}

function lookOf(chart: Chart, series: ChartSeries): Drawn {
  switch (chart.kind) {
    case 'column':
    case 'bar':
      return 'bars';
    case 'line':
      return 'line';
    case 'area':
      return 'area';
    case 'pie':
      return 'slices';
    case 'scatter':
      return 'points';
    case 'combined':
      return series.isLine ? 'line' : 'bars';
  }
}

function plotXml(chart: Chart): string {
  const groups: string[] = [];
  for (const isSecond of [false, true])
    for (const drawn of ['bars', 'area', 'line', 'points', 'slices'] as const) {
      const own = chart.series.filter(
        (series) => hasSecondAxis(chart, series) === isSecond && lookOf(chart, series) === drawn,
      );
      groups.push(groupXml(chart, own, drawn, isSecond ? SECOND : FIRST));
    }
  const second = chart.series.some((series) => hasSecondAxis(chart, series)) ? SECOND : null;
  return `<c:plotArea><c:layout/>${groups.join('')}${axesXml(chart, FIRST, second)}</c:plotArea>`;
}

/** Only where there is something left to measure on the first axis. */
function hasSecondAxis(chart: Chart, series: ChartSeries): boolean {
  return (
    series.isSecond && !['pie', 'bar'].includes(chart.kind) && chart.series.some((s) => !s.isSecond)
  );
}

const LEGENDS = { right: 'r', left: 'l', top: 't', bottom: 'b' } as const;

/** The text of a chart part. */
export function chartXml(chart: Chart): string {
  const title = chart.title === '' ? '' : titleXml(chart.title, 1400, true);
  const legend =
    chart.legend === 'none'
      ? ''
      : `<c:legend><c:legendPos val="${LEGENDS[chart.legend]}"/><c:overlay val="0"/></c:legend>`;
  const text = `<a:defRPr sz="900">${fill('595959')}<a:latin typeface="Calibri"/></a:defRPr>`;
  return (
    `${XML_HEAD}<c:chartSpace ${NAMESPACES}><c:roundedCorners val="0"/><c:chart>${title}` +
    `<c:autoTitleDeleted val="${title === '' ? 1 : 0}"/>${plotXml(chart)}${legend}` +
    `<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>` +
    `<c:spPr>${fill('FFFFFF')}<a:ln w="9525">${fill('D9D9D9')}</a:ln></c:spPr>` +
    `<c:txPr><a:bodyPr/><a:p><a:pPr>${text}</a:pPr><a:endParaRPr lang="en-US"/></a:p></c:txPr></c:chartSpace>`
  );
}
