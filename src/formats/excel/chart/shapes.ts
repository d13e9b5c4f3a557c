// The pieces that charts and their axes share: fills and titles.
import { drawnText } from '../part-text.ts';

export function fill(color: string): string {
  return `<a:solidFill><a:srgbClr val="${color}"/></a:solidFill>`;
}

/** A title of a chart or an axis; its size in hundredths of a point. `turn`: attributes of the text's body. */
export function titleXml(text: string, size: number, isBold: boolean, turn = ''): string {
  const look = `sz="${size}" b="${isBold ? 1 : 0}"`;
  return (
    `<c:title><c:tx><c:rich><a:bodyPr${turn}/><a:p><a:pPr><a:defRPr ${look}/></a:pPr>` +
    `<a:r><a:rPr lang="en-US" ${look}>${fill('404040')}</a:rPr><a:t>${drawnText(text)}</a:t></a:r></a:p></c:rich></c:tx>` +
    `<c:overlay val="0"/></c:title>`
  );
}
