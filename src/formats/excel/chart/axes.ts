// Writes the axes of a chart: what stands along them, where, and which crosses which.
import type { Chart } from './model.ts';
import { fill, titleXml } from './shapes.ts';
import { cachedText } from '../part-text.ts';

/** The numbers of the two axes that a group of series stands on. */
export interface AxisPair {
  category: number;
  value: number;
}

interface Axis {
  element: 'catAx' | 'dateAx' | 'valAx';
  id: number;
  crosses: number;
  place: 'b' | 'l' | 'r';
  title: string;
  format: string;
  /** The cells' own format rules, and `format` stands for it where they are not read. */
  isLinked: boolean;
  /** Its labels stay at the edge where values below zero lie between. */
  isLow?: boolean;
  isHidden?: boolean;
  isReversed?: boolean;
  hasGrid?: boolean;
  /** Crosses the other axis at its far end. */
  isFar?: boolean;
  /** What follows the crossing, by kind of axis. */
  rest: string;
}

const GREY_LINE = `<c:spPr><a:ln w="9525">${fill('BFBFBF')}</a:ln></c:spPr>`;
const GRID = `<c:majorGridlines><c:spPr><a:ln w="9525">${fill('E3E6EA')}</a:ln></c:spPr></c:majorGridlines>`;

function axisXml(axis: Axis): string {
  const { element, id, place, title } = axis;
  const turn = place === 'b' ? '' : ' rot="-5400000" vert="horz"';
  const format = cachedText(axis.format === '' ? 'General' : axis.format);
  const numbers = `<c:numFmt formatCode="${format}" sourceLinked="${axis.isLinked ? 1 : 0}"/>`;
  return (
    `<c:${element}><c:axId val="${id}"/>` +
    `<c:scaling><c:orientation val="${axis.isReversed === true ? 'maxMin' : 'minMax'}"/></c:scaling>` +
    `<c:delete val="${axis.isHidden === true ? 1 : 0}"/><c:axPos val="${place}"/>` +
    (axis.hasGrid === true ? GRID : '') +
    (title === '' ? '' : titleXml(title, 1000, false, turn)) +
    `${numbers}<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="${axis.isLow === true ? 'low' : 'nextTo'}"/>${GREY_LINE}` +
    `<c:crossAx val="${axis.crosses}"/><c:crosses val="${axis.isFar === true ? 'max' : 'autoZero'}"/>` +
    `${axis.rest}</c:${element}>`
  );
}

/** The axis along which categories stand. */
function categoryAxis(chart: Chart, { category, value }: AxisPair, isHidden: boolean): Axis {
  const isBar = chart.kind === 'bar';
  const isDate = chart.categories?.type === 'date';
  return {
    element: isDate ? 'dateAx' : 'catAx',
    id: category,
    crosses: value,
    place: isBar ? 'l' : 'b',
    title: isHidden ? '' : chart.categoryTitle,
    format: chart.categories?.format ?? '',
    isLinked: true,
    isLow: !isBar,
    isHidden,
    // The first row on top, as in the sheet.
    isReversed: isBar,
    rest: isDate
      ? '<c:auto val="1"/><c:lblOffset val="100"/>'
      : '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/>',
  };
}

/** The axes of the plot, the second pair where series are measured on it. */
export function axesXml(chart: Chart, first: AxisPair, second: AxisPair | null): string {
  if (chart.kind === 'pie') return '';
  const isBar = chart.kind === 'bar';
  const isScatter = chart.kind === 'scatter';
  const isPercent = chart.grouping === 'percent' && !isScatter;
  const between = `<c:crossBetween val="${isScatter || chart.kind === 'area' ? 'midCat' : 'between'}"/>`;
  const pair = (on: AxisPair, isSecond: boolean): string => {
    const format = chart.format === '' && isPercent && !isSecond ? '0%' : chart.format;
    const along: Axis = isScatter
      ? {
          element: 'valAx',
          id: on.category,
          crosses: on.value,
          place: 'b',
          title: isSecond ? '' : chart.categoryTitle,
          format: chart.categories?.format ?? '',
          isLinked: true,
          isLow: true,
          isHidden: isSecond,
          rest: between,
        }
      : categoryAxis(chart, on, isSecond);
    return (
      axisXml(along) +
      axisXml({
        element: 'valAx',
        id: on.value,
        crosses: on.category,
        place: isSecond ? 'r' : isBar ? 'b' : 'l',
        title: isSecond ? chart.secondTitle : chart.valueTitle,
        format,
        isLinked: format === '',
        isLow: isScatter && !isSecond,
        hasGrid: !isSecond,
        isFar: isSecond || isBar,
        rest: between,
      })
    );
  };
  return pair(first, false) + (second === null ? '' : pair(second, true));
}
