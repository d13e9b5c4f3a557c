// Writes a drawing: the part of a sheet that says where its charts and images stand (ECMA-376 part 1 §20.5).
import { drawnText, XML_HEAD } from '../part-text.ts';

/** A chart or an image on a sheet. Cells count from 0; sizes are pixels of 1/96 inch. */
export interface Drawn {
  kind: 'chart' | 'image';
  /** What a reader lists it under; unique on the sheet. */
  name: string;
  /** What is read out in place of the picture. */
  description: string;
  column: number;
  row: number;
  widthPx: number;
  heightPx: number;
  /** The relationship to its part. */
  relationship: string;
}

const EMU_PER_PX = 9525;
const CHART = 'http://schemas.openxmlformats.org/drawingml/2006/chart';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const emu = (px: number): number => Math.round(px * EMU_PER_PX);

function chartXml(identity: string, { relationship }: Drawn): string {
  return (
    `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>${identity}<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>` +
    `<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>` +
    `<a:graphic><a:graphicData uri="${CHART}"><c:chart xmlns:c="${CHART}" xmlns:r="${RELATIONSHIPS}" r:id="${relationship}"/></a:graphicData></a:graphic>` +
    `</xdr:graphicFrame>`
  );
}

function imageXml(identity: string, { relationship, widthPx, heightPx }: Drawn): string {
  return (
    `<xdr:pic><xdr:nvPicPr>${identity}<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>` +
    `<xdr:blipFill><a:blip xmlns:r="${RELATIONSHIPS}" r:embed="${relationship}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>` +
    `<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${emu(widthPx)}" cy="${emu(heightPx)}"/></a:xfrm>` +
    `<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>`
  );
}

function anchorXml(drawn: Drawn, position: number): string {
  const { column, row, widthPx, heightPx, name, description } = drawn;
  const identity = `<xdr:cNvPr id="${position + 2}" name="${drawnText(name)}" descr="${drawnText(description)}"/>`;
  return (
    `<xdr:oneCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff>` +
    `<xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>` +
    `<xdr:ext cx="${emu(widthPx)}" cy="${emu(heightPx)}"/>` +
    (drawn.kind === 'chart' ? chartXml(identity, drawn) : imageXml(identity, drawn)) +
    '<xdr:clientData/></xdr:oneCellAnchor>'
  );
}

/** The text of a drawing part. */
export function drawingXml(drawn: readonly Drawn[]): string {
  return (
    `${XML_HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" ` +
    `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">${drawn.map(anchorXml).join('')}</xdr:wsDr>`
  );
}
