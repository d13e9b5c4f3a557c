// Writes a drawing: the part of a sheet that says where its charts stand (ECMA-376 part 1 §20.5).
import { drawnText, XML_HEAD } from '../part-text.ts';

/** A chart on a sheet. Cells count from 0; sizes are pixels of 1/96 inch. */
export interface DrawnChart {
  /** What a reader lists it under; unique on the sheet. */
  name: string;
  /** What is read out in place of the picture. */
  description: string;
  column: number;
  row: number;
  widthPx: number;
  heightPx: number;
  /** The relationship to its chart part. */
  relationship: string;
}

const EMU_PER_PX = 9525;
const CHART = 'http://schemas.openxmlformats.org/drawingml/2006/chart';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function anchorXml(chart: DrawnChart, position: number): string {
  const { column, row, widthPx, heightPx, name, description } = chart;
  return (
    `<xdr:oneCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff>` +
    `<xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>` +
    `<xdr:ext cx="${widthPx * EMU_PER_PX}" cy="${heightPx * EMU_PER_PX}"/>` +
    `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>` +
    `<xdr:cNvPr id="${position + 2}" name="${drawnText(name)}" descr="${drawnText(description)}"/>` +
    `<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>` +
    `<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>` +
    `<a:graphic><a:graphicData uri="${CHART}"><c:chart xmlns:c="${CHART}" xmlns:r="${RELATIONSHIPS}" r:id="${chart.relationship}"/></a:graphicData></a:graphic>` +
    `</xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>`
  );
}

/** The text of a drawing part. */
export function drawingXml(charts: readonly DrawnChart[]): string {
  return (
    `${XML_HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" ` +
    `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">${charts.map(anchorXml).join('')}</xdr:wsDr>`
  );
}
